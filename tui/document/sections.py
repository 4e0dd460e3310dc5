"""Sections of a notebook: a cell that begins with a heading, and those below up to the next of its rank."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.headings import first_heading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tui.document.notebook import Cell, CellKey, Notebook


def section_below(notebook: Notebook, index: int) -> range:
    """The cells of the section that the cell at `index` heads, without itself; empty where it heads none."""
    heading = first_heading(notebook.cells[index])
    stop = index + 1
    if heading is None:
        return range(stop, stop)
    while stop < len(notebook.cells):
        other = first_heading(notebook.cells[stop])
        if other is not None and other.level <= heading.level:
            break
        stop += 1
    return range(index + 1, stop)


def head_above(notebook: Notebook, index: int) -> int | None:
    """Where the heading is under which the cell at `index` stands; of a heading, the one of higher rank."""
    own = first_heading(notebook.cells[index])
    for at in range(index - 1, -1, -1):
        heading = first_heading(notebook.cells[at])
        if heading is not None and (own is None or heading.level < own.level):
            return at
    return None


def heads(notebook: Notebook) -> list[CellKey]:
    """The cells that have a section below them."""
    found: list[CellKey] = []
    levels = [None if (heading := first_heading(cell)) is None else heading.level for cell in notebook.cells]
    for cell, level, below in zip(notebook.cells, levels, levels[1:], strict=False):
        if level is not None and (below is None or below > level):
            found.append(cell.key)
    return found


def hidden_by(notebook: Notebook, folded: Collection[CellKey]) -> Mapping[CellKey, int]:
    """How many cells each folded section hides, by the cell that heads it; none is hidden twice."""
    hidden: dict[CellKey, int] = {}
    index = 0
    while index < len(notebook.cells):
        cell = notebook.cells[index]
        section = section_below(notebook, index) if cell.key in folded else range(0)
        if section:
            hidden[cell.key] = len(section)
        index += 1 + len(section)
    return hidden


def without_hidden(notebook: Notebook, hidden: Mapping[CellKey, int]) -> Notebook:
    """The notebook as it is seen: the same object where nothing is hidden."""
    if not hidden:
        return notebook
    seen: list[Cell] = []
    index = 0
    while index < len(notebook.cells):
        cell = notebook.cells[index]
        seen.append(cell)
        index += 1 + hidden.get(cell.key, 0)
    return replace(notebook, cells=tuple(seen))
