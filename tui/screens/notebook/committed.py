"""What is new in the notebook since git's last commit: shown cell by cell, and taken back where one wants."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.document.carrying import with_results_of
from tui.document.comparison import Moved, chosen, compare, edits_between, key_of
from tui.document.history import Place
from tui.document.rekeying import with_keys_of
from tui.files.committed import read_committed
from tui.files.errors import FileError
from tui.files.place import Here
from tui.screens.differencerows import Sides
from tui.screens.differences import Answer, Decision, DifferencesScreen, Subject
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from tui.document.notebook import CellKey, Notebook
    from tui.screens.notebook.screen import NotebookScreen


async def compare_with_head(screen: NotebookScreen) -> None:
    """Show how the notebook differs from git's last commit, and bring back what one marks."""
    place = screen.file.place
    if not isinstance(place, Here):
        screen.say("git is only asked for notebooks of this machine", Severity.WARNING)
        return
    try:
        found = await asyncio.to_thread(read_committed, place.path)
    except FileError as error:
        screen.say(str(error), Severity.ERROR)
        return
    mine = screen.notebook
    committed = with_keys_of(found, mine)
    if not screen.file.form.holds_outputs:
        committed = with_results_of(committed, mine)
    differences = compare(committed, mine)
    if not differences:
        screen.say("the cells are those of git's last commit")
        return
    every = frozenset(map(key_of, differences))

    def answered(answer: Answer) -> None:
        if answer.decision is not Decision.LATER and screen.notebook is mine:
            _revert(screen, committed, answer.taken if answer.decision is Decision.TAKE else every)

    subject = Subject(
        f"{place.path.name}: in git's last commit, and here",
        differences,
        Sides("the commit", "the notebook here"),
        frozenset(),
        "revert the marked",
        "revert all",
    )
    screen.program.lay_over(DifferencesScreen(subject, screen.palette), answered)


def reverted(mine: Notebook, committed: Notebook, cells: frozenset[CellKey]) -> Notebook:
    """The notebook with some of its cells as they were committed."""
    # Which of two cells moved past the other depends on the side one looks from: both are meant.
    moved = {key_of(each) for each in compare(committed, mine) if isinstance(each, Moved)}
    moved_here = {key_of(each) for each in compare(mine, committed) if isinstance(each, Moved)}
    return chosen(mine, committed, cells | moved_here if cells & moved else cells)


def _revert(screen: NotebookScreen, committed: Notebook, cells: frozenset[CellKey]) -> None:
    mine = screen.notebook
    edits = edits_between(mine, reverted(mine, committed, cells))
    if not edits or not screen.is_editable():
        return
    place = Place(screen.state.focus, None)
    screen.controller.perform(edits, place, place)
    count = len(cells)
    screen.say(f"{count} cell{'s are' if count != 1 else ' is'} as committed; undo brings yours back")
