"""Breakpoints as they outlive tnb: of which cells and lines they were, told so that these are found again.

Lines are known by digests of what they say, so that nothing of the code is written down.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
    from tui.document.notebook import Cell, CellKey, Notebook

Lines: TypeAlias = "Mapping[CellKey, frozenset[int]]"
"""The lines of cells where code is to stop, from 0."""


class DamagedBreakpointsError(Exception):
    """What was kept cannot be read."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a cell."""

    number: int
    """From 0."""
    digest: str
    """Of its text without the blanks around it, so that an indentation does not matter."""

    def to_json(self) -> JsonObject:
        """As it stands in the file."""
        return {"number": self.number, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell, and its lines."""

    id: str | None
    """nbformat's, where it has one."""
    place: int
    """Which of the notebook's cells it was, from 0."""
    digest: str
    """Of its source."""
    lines: tuple[KeptLine, ...]

    def to_json(self) -> JsonObject:
        """As it stands in the file."""
        lines = [line.to_json() for line in self.lines]
        return {"id": self.id, "place": self.place, "digest": self.digest, "lines": lines}


def kept(notebook: Notebook, breakpoints: Lines) -> tuple[KeptCell, ...]:
    """What is to be kept of breakpoints; of cells that are gone nothing."""
    cells: list[KeptCell] = []
    for place, cell in enumerate(notebook.cells):
        if numbers := breakpoints.get(cell.key):
            digests = _line_digests(cell)
            lines = tuple(KeptLine(each, digests[each]) for each in sorted(numbers) if each < len(digests))
            cells.append(KeptCell(cell.id, place, _digest(cell.source), lines))
    return tuple(cells)


def found(notebook: Notebook, cells: Sequence[KeptCell]) -> Lines:
    """Where breakpoints are in the notebook by now; those whose cell or line is gone are left out."""
    places = {each.key: _lines_in(each, mark) for mark in cells if (each := _cell_of(notebook, mark))}
    return {key: lines for key, lines in places.items() if lines}


def _cell_of(notebook: Notebook, mark: KeptCell) -> Cell | None:
    """By nbformat's id; without one by all that it says, and of several the one that is where it was."""
    code = [cell for cell in notebook.cells if cell.kind is CellKind.CODE]
    if mark.id is not None:
        named = [cell for cell in code if cell.id == mark.id]
        if len(named) == 1:
            return named[0]
    same = [cell for cell in code if _digest(cell.source) == mark.digest]
    if mark.id is not None:
        same = [cell for cell in same if cell.id is None]
    here = [cell for cell in same if notebook.index_of(cell.key) == mark.place]
    return here[0] if here else same[0] if len(same) == 1 else None


def _lines_in(cell: Cell, mark: KeptCell) -> frozenset[int]:
    digests = _line_digests(cell)
    lines = (_line_in(digests, line) for line in mark.lines)
    return frozenset(line for line in lines if line is not None)


def _line_in(digests: Sequence[str], line: KeptLine) -> int | None:
    """The line that says the same, and of several the one that is nearest to where it was."""
    same = (number for number, digest in enumerate(digests) if digest == line.digest)
    return min(same, key=lambda number: abs(number - line.number), default=None)


def _line_digests(cell: Cell) -> list[str]:
    return [_digest(line.strip()) for line in cell.source.split("\n")]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_kept(value: JsonValue) -> tuple[KeptCell, ...]:
    """Cells as they stand in a file. Raises DamagedBreakpointsError."""
    match value:
        case [*cells]:
            return tuple(_read_cell(each) for each in cells)
        case _:
            raise DamagedBreakpointsError


def _read_cell(value: JsonValue) -> KeptCell:
    match value:
        case {"id": None | str() as cell_id, "place": int(place), "digest": str(digest), "lines": [*lines]}:
            return KeptCell(cell_id, place, digest, tuple(_read_line(each) for each in lines))
        case _:
            raise DamagedBreakpointsError


def _read_line(value: JsonValue) -> KeptLine:
    match value:
        case {"number": int(number), "digest": str(digest)}:
            return KeptLine(number, digest)
        case _:
            raise DamagedBreakpointsError
