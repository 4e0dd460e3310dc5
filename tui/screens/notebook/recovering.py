"""Looking for what a tnb that was killed left unsaved of the notebook, as one opens it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.files.errors import shown
from tui.files.recoveryfolder import leftovers

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen


async def offer_leftovers(screen: NotebookScreen) -> None:
    """Look for what was left of the notebook, and ask what to do with it; the kernel is joined after that.

    A run is of a cell with the source that was run, which may be one of those that were not saved.
    """
    is_asked = False
    try:
        is_asked = await _offer_leftovers(screen)
    finally:
        if not is_asked:
            screen.kernel.notebook_is_settled()


async def _offer_leftovers(screen: NotebookScreen) -> bool:
    """Whether there is something, so that a person is asked."""
    if screen.file.read_only is not None:
        return False
    found = await asyncio.to_thread(leftovers, screen.file.place.identity)
    if found.damaged:
        screen.told(f"what was unsaved once cannot be read any more: {shown(found.damaged[0])}")
    if found.elsewhere:
        screen.told(f"{found.elsewhere[0]} holds unsaved changes of this notebook: open it there")
    if not found.found:
        return False
    from tui.screens.notebook.recovered import offer

    return any(offer(screen, left) for left in found.found)
