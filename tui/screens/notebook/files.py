"""Saving, and leaving with nothing lost that was not meant to be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.files.errors import ChangedOutside, FileError
from tui.files.notebookfile import Overwrite, save
from tui.widgets.hintline import Question, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen


async def save_notebook(screen: NotebookScreen, overwrite: Overwrite = Overwrite.IF_UNCHANGED) -> bool:
    """Write the notebook as it is now, off the screen's thread; whether it is on disk."""
    if not screen.is_editable():
        return False
    if not screen.controller.document.is_modified and screen.file.on_disk:
        screen.say("nothing has changed since it was saved")
        return True
    snapshot = screen.controller.document.snapshot()
    try:
        screen.file = await asyncio.to_thread(save, screen.file, snapshot.notebook, overwrite=overwrite)
    except ChangedOutside as error:
        _ask_about_other_writer(screen, error)
        return False
    except FileError as error:
        screen.say(str(error), Severity.ERROR)
        return False
    screen.controller.document.mark_saved(snapshot.revision)
    if screen.file.warning:
        screen.say(screen.file.warning, Severity.WARNING)
    else:
        screen.say(f"saved {screen.file.path.name}")
    return True


def _ask_about_other_writer(screen: NotebookScreen, error: ChangedOutside) -> None:
    def answered(answer: str) -> None:
        if answer == "o":
            screen.run_worker(save_notebook(screen, Overwrite.ANYWAY), exclusive=True, group="save")

    screen.ask(Question(str(error), {"o": "overwrite it with mine"}), answered)


def _save(screen: NotebookScreen) -> None:
    screen.run_worker(save_notebook(screen), exclusive=True, group="save")


def _quit(screen: NotebookScreen) -> None:
    """Leave; with unsaved changes or a run going on, ask first."""
    running = bool(screen.controller.runs.active())
    modified = screen.controller.document.is_modified and screen.file.read_only is None
    if not running and not modified:
        screen.program.leave()
        return
    if modified:
        text = f"Save {screen.file.path.name} before leaving?"
        answers = {"s": "save and quit", "d": "discard and quit"}
        if running:
            text = f"Cells are running. {text}"
    else:
        text, answers = "Cells are running and will be stopped.", {"q": "quit"}

    def answered(answer: str) -> None:
        if answer == "s":
            screen.run_worker(_save_and_quit(screen), exclusive=True, group="save")
        elif answer:
            screen.program.leave()

    screen.ask(Question(text, answers), answered)


async def _save_and_quit(screen: NotebookScreen) -> None:
    if await save_notebook(screen):
        screen.program.leave()


HANDLERS: Mapping[str, Handler] = {
    "file.save": _save,
    "app.quit": _quit,
}
