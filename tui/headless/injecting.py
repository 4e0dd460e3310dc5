"""The cell that gives parameters their values, put where papermill puts it."""

from __future__ import annotations

import os
from dataclasses import replace

from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key
from tui.headless.tags import INJECTED, PARAMETERS, tags_of


def with_parameters(notebook: Notebook, code: str) -> tuple[Notebook, CellKey]:
    """The notebook with the code in a cell tagged for that, and which one that is.

    In place of the one that an earlier run put in, else behind the cell of the defaults, else first.
    """
    index = _tagged(notebook, INJECTED)
    if index is not None:
        changed = replace(notebook.cells[index], source=code)
        return notebook.with_cell(index, changed), changed.key
    defaults = _tagged(notebook, PARAMETERS)
    at = 0 if defaults is None else defaults + 1
    cell = _cell(notebook, code)
    return notebook.with_cells((*notebook.cells[:at], cell, *notebook.cells[at:])), cell.key


def _tagged(notebook: Notebook, tag: str) -> int | None:
    """Where the first code cell of that tag is."""
    for index, cell in enumerate(notebook.cells):
        if cell.kind is CellKind.CODE and tag in tags_of(cell):
            return index
    return None


def _cell(notebook: Notebook, code: str) -> Cell:
    has_ids = (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    name = os.urandom(4).hex() if has_ids else None
    return Cell(new_key(), CellKind.CODE, code, metadata={"tags": [INJECTED]}, id=name)
