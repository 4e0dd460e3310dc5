"""Saving under another name: notebook and kernel go on there; of a read-only notebook a copy is kept."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.files.errors import ChangedOutside, FileError, shown
from tui.files.notebookfile import Overwrite, save
from tui.screens.lineprompt import LinePrompt
from tui.screens.notebook.files import in_turn, keep_trust_of, offer_another_place, save_notebook
from tui.widgets.hintline import Question, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.files.notebookfile import NotebookFile
    from tui.files.place import Place
    from tui.screens.notebook.screen import Handler, NotebookScreen


def _ask_where(screen: NotebookScreen) -> None:
    def chosen(path: str) -> None:
        in_turn(screen, partial(_save_at, screen, path))

    prompt = LinePrompt("Save as", screen.palette, screen.file.path.name, "a name, or a path")
    screen.program.lay_over(prompt, chosen)


async def _save_at(screen: NotebookScreen, path: str) -> None:
    """Save where a person said, unless there is something already: then ask first."""
    try:
        place = await asyncio.to_thread(screen.file.place.another, path)
        found = await asyncio.to_thread(place.look)
    except FileError as error:
        screen.say(f"{shown(Path(error.path.name))}: {error.problem}", Severity.ERROR)
        return
    if place.identity == screen.file.place.identity and screen.file.read_only is None:
        await save_notebook(screen)
    elif found.exists:
        _ask_to_overwrite(screen, place)
    else:
        await _save(screen, place, Overwrite.IF_UNCHANGED)


def _ask_to_overwrite(screen: NotebookScreen, place: Place) -> None:
    def answered(answer: str) -> None:
        if answer:
            in_turn(screen, partial(_save, screen, place, Overwrite.ANYWAY))

    screen.ask(Question(f"{shown(Path(place.path.name))} exists", {"o": "overwrite it"}), answered)


async def _save(screen: NotebookScreen, place: Place, overwrite: Overwrite) -> None:
    document, is_copy = screen.controller.document, not screen.may_write
    seq = screen.kernel.settle()
    snapshot = document.snapshot()
    notebook = snapshot.notebook if screen.file.read_only is None else screen.file.notebook
    try:
        file = await asyncio.to_thread(save, screen.file.at(place), notebook, overwrite=overwrite)
    except ChangedOutside:
        _ask_to_overwrite(screen, place)
        return
    except FileError as error:
        offer_another_place(screen, error)
        return
    if is_copy:
        await _keep_copy(screen, file)
        return
    named, before = _named(screen, file), screen.file
    await _go_on_there(screen, file)
    screen.run_worker(partial(keep_trust_of, screen, before), group="trust")
    document.mark_saved(snapshot.revision)
    screen.controller.saved(seq)
    await screen.backup.saved_elsewhere(file.place.identity)
    if file.warning:
        screen.say(file.warning, Severity.WARNING)
    else:
        screen.say(f"saved {named}")


async def _keep_copy(screen: NotebookScreen, file: NotebookFile) -> None:
    """What can only be looked at here is edited there; what others edit goes on here."""
    read_only = screen.file.read_only
    if read_only is not None and read_only.is_of_place:
        await screen.kernel.close()
        screen.program.reopen(file.path)
    else:
        screen.say(f"kept a copy as {_named(screen, file)}")


def _named(screen: NotebookScreen, file: NotebookFile) -> str:
    """A new file as a person sees it from the folder of the present one."""
    folder = file.path.parent
    return file.path.name if folder == screen.file.path.parent else f"{file.path.name} in {shown(folder)}"


async def _go_on_there(screen: NotebookScreen, file: NotebookFile) -> None:
    """What belongs to the notebook belongs to its new place from here on."""
    screen.file = file
    screen.file_watch.change = None
    screen.controller.path = file.place.identity
    screen.breakpoints.note_change()
    await screen.kernel.note_new_place(file.path)


HANDLERS: Mapping[str, Handler] = {"file.save-as": _ask_where}
