"""Which cell of a table stands in which line and column, cells that span several among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.render.html.tree import Element

MOST_COLUMNS: Final = 2000
"""Columns that are kept of a wider table."""
_MOST_STEPS: Final = 2_000_000
"""Cells, and cells that spans take from later lines: behind as many, lines are left out."""
_LONGEST_NUMBER: Final = 6


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and where it begins."""

    element: Element
    column: int
    columns: int
    """How many it takes."""
    lines: int
    """How many it takes."""

    @property
    def is_header(self) -> bool:
        """Whether it names what is in a line or a column."""
        return self.element.tag == "th"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Lines hold the cells that begin in them, by column."""

    head: tuple[tuple[GridCell, ...], ...]
    body: tuple[tuple[GridCell, ...], ...]
    width: int
    """Columns that are kept."""
    columns: int
    """All columns."""
    left_out: int
    """Lines that are not kept."""
    caption: Element | None
    is_frame: bool
    """Whether it says that it is a dataframe, or a view of one."""


def grid_of(table: Element, left_out: int = 0) -> Grid:
    """The cells of a table element, of which `left_out` lines are not there already."""
    parts = list(_lines(table))
    placed = _Placing()
    lines: list[tuple[str, tuple[GridCell, ...]]] = []
    for part, line in parts:
        if placed.is_full:
            left_out += 1
        else:
            cells = placed.place(line)
            if cells:
                lines.append((part, cells))
    head = sum(part == "thead" for part, _ in lines)
    ordered = sorted(lines, key=lambda line: ("thead", "tbody", "tfoot").index(line[0]))
    every = [line for _, line in ordered]
    if not head:
        head = _leading_headers(every)
    return Grid(
        tuple(every[:head]),
        tuple(every[head:]),
        placed.width,
        placed.columns,
        left_out,
        next((child for child in table.elements if child.tag == "caption"), None),
        "dataframe" in table.classes or table.attribute("id").startswith("T_"),
    )


def _lines(table: Element) -> Iterator[tuple[str, Element]]:
    for child in table.elements:
        if child.tag == "tr":
            yield "tbody", child
        elif child.tag in ("thead", "tbody", "tfoot"):
            for line in child.elements:
                if line.tag == "tr":
                    yield child.tag, line


def _leading_headers(lines: list[tuple[GridCell, ...]]) -> int:
    """How many lines at the top hold nothing but names of columns."""
    count = 0
    for line in lines[:-1]:
        named = [cell for cell in line if cell.element.children]
        if not named or not all(cell.is_header for cell in named):
            break
        if len(line) == 1 and not count:
            break  # a title, or the only column's first name: below it nothing may be a header
        count += 1
    return count


class _Placing:
    """Gives cells their columns, line by line (HTML standard, 4.9.12.1)."""

    def __init__(self) -> None:
        self.width = 0
        self.columns = 0
        self._line = 0
        self._taken: list[int] = []
        """By column, the line from which on it is free."""
        self._steps = 0

    @property
    def is_full(self) -> bool:
        return self._steps > _MOST_STEPS

    def place(self, line: Element) -> tuple[GridCell, ...]:
        cells: list[GridCell] = []
        column = 0
        for element in line.elements:
            if element.tag not in ("td", "th"):
                continue
            while column < len(self._taken) and self._taken[column] > self._line:
                column += 1
                self._steps += 1
            if column >= MOST_COLUMNS or self.is_full:
                column += 1
                continue
            columns = lines = 1
            if element.attributes:
                columns = min(_span(element, "colspan"), MOST_COLUMNS - column)
                lines = _span(element, "rowspan")
            cells.append(GridCell(element, column, columns, lines))
            self._take(column, columns, lines)
            column += columns
        self.columns = max(self.columns, column)
        self._line += 1
        return tuple(cells)

    def _take(self, column: int, columns: int, lines: int) -> None:
        self._steps += columns
        end = column + columns
        if end > len(self._taken):
            self._taken += [0] * (end - len(self._taken))
            self.width = end
        if lines > 1:
            self._taken[column:end] = [self._line + lines] * columns


def _span(element: Element, name: str) -> int:
    written = element.attribute(name).strip()
    if not written.isdecimal() or len(written) > _LONGEST_NUMBER:
        return 1 if not written.isdecimal() else MOST_COLUMNS
    return max(1, min(int(written), MOST_COLUMNS))
