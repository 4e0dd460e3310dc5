"""Tables of HTML as text, to do more than draw them: a name for each column, a text for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.html.flow import one_line
from tui.render.html.grid import Grid, GridCell, grid_of
from tui.render.html.numbers import is_numeric
from tui.render.html.scan import too_costly
from tui.render.html.tree import Element, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 8_000_000
"""Characters that are read of a longer text."""
_MOST_CELLS: Final = 1_000_000
"""Cells with those that others span."""
_BETWEEN_LEVELS: Final = " · "


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a table."""

    index: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table. Its texts are printable."""

    index: tuple[str, ...]
    """The names of the columns that name lines; often empty ones."""
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    """By column, whether it holds numbers."""
    lines: Sequence[TextLine]


def read_largest_table(html: str) -> TableText | None:
    """The table with most cells; None where there is none with any, or the text is too costly to be read."""
    text = html[:_LONGEST]
    if too_costly(text) is not None:
        return None
    grids = [grid_of(table) for table in _tables(parse(text).root)]
    largest = max(grids, key=lambda grid: len(grid.body) * grid.width, default=None)
    return _text_of(largest) if largest is not None and largest.body else None


def _tables(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.tag == "table":
            yield child
        yield from _tables(child)


def _text_of(grid: Grid) -> TableText:
    most = max(1, _MOST_CELLS // max(1, grid.width))
    head = _filled(grid.head, grid.width)
    body = _filled(grid.body[:most], grid.width)
    leading = _leading(grid.body, grid.width)
    names = [_name(level[column] for level in head) for column in range(grid.width)]
    lines = [TextLine(tuple(line[:leading]), tuple(line[leading:])) for line in body]
    numeric = [is_numeric([line[column] for line in body]) for column in range(leading, grid.width)]
    columns = [name or f"column {number + 1}" for number, name in enumerate(names[leading:])]
    return TableText(tuple(names[:leading]), tuple(columns), tuple(numeric), lines)


def _name(levels: Iterator[str]) -> str:
    return _BETWEEN_LEVELS.join(dict.fromkeys(level for level in levels if level))


def _leading(lines: Sequence[Sequence[GridCell]], width: int) -> int:
    leading = width
    for line in lines:
        first = next((cell.column for cell in line if not cell.is_header), width)
        leading = min(leading, first)
    return leading if leading < width else 0


def _filled(lines: Sequence[Sequence[GridCell]], width: int) -> list[list[str]]:
    """The text of each place; that of a cell over several in all of them."""
    filled: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    """By column, how many lines a cell from above still takes, and its text."""
    for line in lines:
        texts = [""] * width
        for column, (left, text) in list(below.items()):
            texts[column] = text
            if left > 1:
                below[column] = left - 1, text
            else:
                del below[column]
        for cell in line:
            text = one_line(text_of(cell.element)).strip().replace("\xa0", " ").strip()
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                texts[column] = text
                if cell.lines > 1:
                    below[column] = cell.lines - 1, text
        filled.append(texts)
    return filled
