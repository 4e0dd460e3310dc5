"""The clusters, over the notebook; what connects to one becomes a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.cells import new_cell
from tui.document.edits import InsertCells
from tui.document.history import Place
from tui.document.notebook import CellKind
from tui.screens.clusters import ClustersScreen

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tui.screens.notebook.screen import NotebookScreen


def show_clusters(screen: NotebookScreen) -> None:
    """Show them until they are closed."""

    def insert(code: str) -> None:
        if not screen.is_editable():
            return
        cell = new_cell(screen.notebook, CellKind.CODE, code)
        before = Place(screen.state.focus, None)
        screen.controller.perform(
            [InsertCells(screen.focus_index + 1, (cell,))], before, Place(cell.key, None)
        )
        screen.focus_cell(cell.key)

    def begin(work: Coroutine[None, None, None]) -> None:
        screen.run_worker(work, group="clusters")

    screen.program.lay_over(ClustersScreen(screen.palette, begin), insert)
