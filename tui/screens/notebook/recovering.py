"""Looking for what a tnb that was killed left unsaved of the notebook, as one opens it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.files.errors import shown
from tui.files.recoveryfolder import leftovers

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen


async def offer_leftovers(screen: NotebookScreen) -> None:
    """Look for what was left of the notebook, and ask what to do with it."""
    if screen.file.read_only is not None:
        return
    found = await asyncio.to_thread(leftovers, screen.file.place.identity)
    if found.damaged:
        screen.told(f"what was unsaved once cannot be read any more: {shown(found.damaged[0])}")
    if found.elsewhere:
        screen.told(f"{found.elsewhere[0]} holds unsaved changes of this notebook: open it there")
    if not found.found:
        return
    from tui.screens.notebook.recovered import offer

    for left in found.found:
        if offer(screen, left):
            return
