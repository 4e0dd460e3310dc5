"""Cells of two colours as rows."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from tui.render.picture.job import NOTHING, Cells, Form
from tui.render.rows import Row, Span, Style

_FULL: Final = 63
_LEFT: Final = 21
_RIGHT: Final = 42
_FIRST_SEXTANT: Final = 0x1FB00

HALF_BLOCKS: Final = " ▀"


def _sextant(pattern: int) -> str:
    """The character of a pattern: four are older than the block of sextants, which leaves them out."""
    older = {0: " ", _LEFT: "▌", _RIGHT: "▐", _FULL: "█"}
    if pattern in older:
        return older[pattern]
    return chr(_FIRST_SEXTANT + pattern - 1 - (pattern > _LEFT) - (pattern > _RIGHT))


SEXTANTS: Final = "".join(map(_sextant, range(_FULL + 1)))
"""By pattern: the first bit is the upper left pixel, the second the upper right."""


def rows_of_cells(cells: Cells, columns: int) -> list[Row]:
    """The rows; cells of the same colours side by side share a span."""
    symbols = HALF_BLOCKS if cells.form is Form.HALF_BLOCKS else SEXTANTS
    return [_row(cells, at, at + columns, symbols) for at in range(0, len(cells.patterns), columns)]


def _row(cells: Cells, start: int, end: int, symbols: str) -> Row:
    spans: list[Span] = []
    for (fg, bg, is_blank), same in groupby(range(start, end), lambda at: _colors(cells, at)):
        numbers = list(same)
        if is_blank:
            spans.append(Span(" " * len(numbers), Style(), len(numbers)))
        elif fg == bg:
            spans.append(Span(" " * len(numbers), Style(bg=(bg[0], bg[1], bg[2])), len(numbers)))
        else:
            text = "".join([symbols[cells.patterns[at]] for at in numbers])
            style = Style(fg=(fg[0], fg[1], fg[2]), bg=(bg[0], bg[1], bg[2]))
            spans.append(Span(text, style, len(numbers)))
    return tuple(spans)


def _colors(cells: Cells, at: int) -> tuple[bytes, bytes, bool]:
    is_blank = cells.patterns[at] == NOTHING
    at *= 3
    return cells.foregrounds[at : at + 3], cells.backgrounds[at : at + 3], is_blank
