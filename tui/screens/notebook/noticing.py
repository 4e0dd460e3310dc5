"""What other programs did to the file: noticed as one comes back to the terminal, and told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.files.errors import FileError, OutsideChange
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen


async def look_again(screen: NotebookScreen) -> None:
    """Tell what happened to the file since it was looked at last."""
    if not screen.file.on_disk:
        return
    try:
        has_news = await asyncio.to_thread(screen.file_watch.look, screen.file)
    except FileError as error:
        screen.say(str(error), Severity.ERROR)
        return
    screen.refresh_status()
    if has_news and screen.file_watch.change is OutsideChange.REMOVED:
        screen.told(f"{screen.file.path.name} is no longer on the disk: saving writes it anew")
    elif has_news:
        labels = screen.keymap.labels("file.compare", screen.mode)
        how = f"{labels[0]} shows" if labels else "compare shows"
        screen.told(f"another program changed {screen.file.path.name}: {how} how, and takes what you want")
