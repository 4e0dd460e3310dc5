"""The newest results of runs, by cell, kept also while the notebook cannot hold them.

A run goes on for a cell that was deleted or turned into markdown; when the cell is back it has what came
meanwhile, and no step of the history that is older than a result takes that result away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.document.edits import InsertCells, ReplaceCell, SetOutputs
from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kernelbridge.outputs import Output
    from tui.document.edits import Edit
    from tui.document.notebook import Cell, CellKey, Notebook


@dataclass(frozen=True, slots=True)
class Results:
    """What a run has brought so far."""

    outputs: tuple[Output, ...]
    execution_count: int | None
    at: int
    """The document's count when they came."""


class RunResults:
    """The newest results of every cell that was run."""

    __slots__ = ("_newest", "_waiting")

    def __init__(self) -> None:
        self._newest: dict[CellKey, Results] = {}
        self._waiting: set[CellKey] = set()
        """Cells that could not take their newest results."""

    def keep(self, key: CellKey, results: Results, *, waiting: bool) -> None:
        """Takes in newer results; `waiting` when the notebook cannot hold them now."""
        self._newest[key] = results
        if waiting:
            self._waiting.add(key)

    def delivered_into(self, edit: Edit) -> Edit:
        """A new edit that brings cells, with the results that wait for them."""
        return self._completed(edit, lambda key: key in self._waiting)

    def preserved_by(self, edit: Edit, since: int) -> Edit:
        """An edit of the history, done at the document's count `since`, with the results that came later."""

        def is_newer(key: CellKey) -> bool:
            return key in self._newest and self._newest[key].at > since

        if isinstance(edit, SetOutputs) and is_newer(edit.key):
            newest = self._newest[edit.key]
            return SetOutputs(edit.key, newest.outputs, newest.execution_count)
        return self._completed(edit, is_newer)

    def settle(self, notebook: Notebook) -> None:
        """Notes which cells have their results by now."""
        self._waiting = {key for key in self._waiting if not can_hold_results(notebook, key)}

    def settle_after(self, notebook: Notebook, since: int) -> None:
        """As `settle`, after a step of the history, which takes away nothing that came after it was done."""
        self._waiting |= {key for key, newest in self._newest.items() if newest.at > since}
        self.settle(notebook)

    def newest_at(self, keys: Iterable[CellKey], notebook: Notebook) -> int:
        """When the newest results of those of the cells came that hold any; 0 when none did."""
        return max(
            (self._newest[key].at for key in keys if key in self._newest and can_hold_results(notebook, key)),
            default=0,
        )

    def _completed(self, edit: Edit, applies: Callable[[CellKey], bool]) -> Edit:
        match edit:
            case InsertCells(index, cells):
                return InsertCells(index, tuple(self._with_newest(cell, applies) for cell in cells))
            case ReplaceCell(cell):
                return ReplaceCell(self._with_newest(cell, applies))
            case _:
                return edit

    def _with_newest(self, cell: Cell, applies: Callable[[CellKey], bool]) -> Cell:
        if cell.kind is not CellKind.CODE or not applies(cell.key):
            return cell
        newest = self._newest[cell.key]
        return replace(cell, outputs=newest.outputs, execution_count=newest.execution_count)


def can_hold_results(notebook: Notebook, key: CellKey) -> bool:
    """Whether there is such a cell and it is a code cell."""
    return key in notebook and notebook.cell(key).kind is CellKind.CODE
