"""Results carried over from one notebook to another that was written without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from tui.document.notebook import Cell, Notebook


def with_results_of(notebook: Notebook, other: Notebook) -> Notebook:
    """The notebook with the other's outputs and counts, for code cells that say the same, by key."""
    return notebook.with_cells(tuple(_with_results(cell, other) for cell in notebook.cells))


def _with_results(cell: Cell, other: Notebook) -> Cell:
    if cell.key not in other or cell.kind is not CellKind.CODE:
        return cell
    ran = other.cell(cell.key)
    if (ran.kind, ran.source) != (cell.kind, cell.source):
        return cell
    return replace(cell, outputs=ran.outputs, execution_count=ran.execution_count)
