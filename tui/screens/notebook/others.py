"""What is done with a run that belongs to no cell: it becomes one, or nobody wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.cells import new_cell
from tui.document.edits import InsertCells
from tui.document.history import Place
from tui.document.notebook import CellKind
from tui.otherruns import Whose
from tui.screens.others import OthersAnswer

if TYPE_CHECKING:
    from tui.otherruns import OtherRun
    from tui.screens.notebook.screen import NotebookScreen


def answer(screen: NotebookScreen, run: OtherRun, wanted: OthersAnswer) -> None:
    """Insert the run as a cell below the focused one, or discard it."""
    if wanted is OthersAnswer.INSERT:
        if not screen.is_editable():
            return
        _insert(screen, run)
    screen.controller.others.remove(run.id)
    if run.status is not None and run.whose is not Whose.OTHER_NOTEBOOK:
        screen.controller.let_go_of(run.id)
    screen.refresh_status()


def _insert(screen: NotebookScreen, run: OtherRun) -> None:
    fresh = new_cell(screen.notebook, CellKind.CODE, run.code)
    cell = replace(fresh, outputs=run.outputs.items, execution_count=run.execution_count)
    before = Place(screen.state.focus, None)
    screen.controller.perform([InsertCells(screen.focus_index + 1, (cell,))], before, Place(cell.key, None))
    screen.focus_cell(cell.key)
    screen.say("made it a cell")
