"""What other programs did to the file, cell by cell, and taken as far as one wants it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.carrying import with_results_of
from tui.document.comparison import chosen, compare, edits_between, key_of
from tui.document.history import Place
from tui.document.rekeying import with_keys_of
from tui.files.errors import FileError
from tui.files.notebookfile import read_at
from tui.screens.differencerows import Sides
from tui.screens.differences import Answer, Decision, DifferencesScreen, Subject
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from tui.document.notebook import CellKey
    from tui.files.notebookfile import NotebookFile
    from tui.screens.notebook.screen import NotebookScreen


async def compare_with_disk(screen: NotebookScreen) -> None:
    """Show how the file on the disk differs from the notebook here."""
    try:
        found = await asyncio.to_thread(read_at, screen.file.place)
    except FileError as error:
        screen.say(str(error), Severity.ERROR)
        return
    if found.notebook.nbformat != screen.notebook.nbformat:
        screen.say("the file is now of another version of the format: open it anew", Severity.WARNING)
        return
    theirs = with_keys_of(found.notebook, screen.file.notebook)
    if not found.form.holds_outputs:
        theirs = with_results_of(theirs, screen.notebook)
    file = screen.file.read_again(found, theirs)
    differences = compare(screen.notebook, theirs)
    if not differences:
        _take(screen, file, frozenset())
        screen.say("the file on the disk is the same")
        return
    mine = screen.notebook

    def answered(answer: Answer) -> None:
        if answer.decision is Decision.LATER or screen.notebook is not mine:
            return
        taken = answer.taken if answer.decision is Decision.TAKE else frozenset(map(key_of, differences))
        _take(screen, file, taken)

    subject = Subject(
        f"{screen.file.path.name}: here, and on the disk",
        differences,
        Sides("the notebook here", "the file"),
        frozenset(key for key in map(key_of, differences) if _is_untouched(screen, key)),
        "take the marked",
        "take all of the file",
    )
    screen.program.lay_over(DifferencesScreen(subject, screen.palette), answered)


def _is_untouched(screen: NotebookScreen, key: CellKey) -> bool:
    """Whether the cell is here as it was read: then what the file has now is newer."""
    base, mine = screen.file.notebook, screen.notebook
    if key not in base or key not in mine:
        return (key in base) == (key in mine)
    return base.cell(key) is mine.cell(key)


def _take(screen: NotebookScreen, file: NotebookFile, taken: frozenset[CellKey]) -> None:
    """Go on from the file as it is on the disk now, with some of its cells in the notebook."""
    mine = screen.notebook
    wanted = chosen(mine, file.notebook, taken)
    if mine.metadata == screen.file.notebook.metadata:
        wanted = replace(wanted, metadata=file.notebook.metadata)
    edits = edits_between(mine, wanted)
    if edits and not screen.is_editable():
        return
    screen.file = file
    screen.file_watch.change = None
    place = Place(screen.state.focus, None)
    if edits:
        screen.controller.perform(edits, place, place)
        screen.say("took it from the file; undo brings yours back")
    document = screen.controller.document
    now = document.notebook
    if compare(now, file.notebook) or now.metadata != file.notebook.metadata:
        document.mark_unsaved()
    else:
        document.mark_saved(document.revision)
    screen.refresh_status()
