"""Tables: columns as wide as their text where there is room, else narrower with the text on several rows."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tui.render.markdown.flow import flow
from tui.render.markdown.inline import inline_lines
from tui.render.rowops import pad, row_width, text_row
from tui.render.rows import Role, Row, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.markdown.parsing import Block

_RULE: Final = Style(Role.RULE)
_HEADER: Final = Style(Role.STRONG, bold=True)
_BETWEEN: Final = text_row(" │ ", _RULE)
_CROSSING: Final = "─┼─"
_GAP: Final = 3  # cells of both
_NARROWEST: Final = 4  # cells of a column, where there is not room for more
_MORE: Final = (text_row("…", Style(Role.MUTED)),)


def draw_table(table: Block, width: int, base: Style) -> list[Row]:
    """The rows of a table block. Columns for which there is no room are left out, and `…` stands for them."""
    lines = [line for part in table.children for line in part.children]
    if not lines:
        return []
    aligns = [_alignment(cell) for cell in lines[0].children]
    cells = [
        [_cell(cell, _HEADER if not number else base) for cell in line.children]
        for number, line in enumerate(lines)
    ]
    natural = [max(row_width(row) for line in cells for row in line[column]) for column in range(len(aligns))]
    kept = _columns_in(natural, width)
    if kept < len(natural):
        aligns, natural = [*aligns[:kept], ""], [*natural[:kept], 1]
        cells = [[*line[:kept], _MORE] for line in cells]
    widths = _fitted(natural, width - _GAP * (len(natural) - 1))
    header, *body = (_line(line, widths, aligns) for line in cells)
    rule = text_row(_CROSSING.join("─" * column for column in widths), _RULE)
    return [*header, rule, *(row for line in body for row in line)]


def _cell(cell: Block, base: Style) -> Sequence[Row]:
    return [row for inner in cell.children for row in inline_lines(inner.token.children or (), base)] or [()]


def _alignment(cell: Block) -> str:
    return str(cell.token.attrs.get("style", "")).removeprefix("text-align:")


def _columns_in(natural: list[int], width: int) -> int:
    """How many columns there is room for: all, or as many as leave room for the sign that there are more."""
    ends = list(accumulate(min(wanted, _NARROWEST) + _GAP for wanted in natural))
    if ends[-1] - _GAP <= width:
        return len(natural)
    return bisect_right(ends, width - 1)


def _fitted(natural: list[int], room: int) -> list[int]:
    """Widths that add up to `room` at most: narrow columns keep theirs, the others share what is left."""
    widths = [0] * len(natural)
    left = max(room, len(natural))
    for done, (wanted, column) in enumerate(
        sorted((wanted, column) for column, wanted in enumerate(natural))
    ):
        widths[column] = max(min(wanted, left // (len(natural) - done)), 1)
        left -= widths[column]
    return widths


def _line(cells: Sequence[Sequence[Row]], widths: Sequence[int], aligns: Sequence[str]) -> list[Row]:
    """One line of the table, on as many rows as its highest cell needs."""
    columns = [
        [piece for row in cell for piece in flow(row, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    rows: list[Row] = []
    for number in range(max(map(len, columns))):
        row: Row = ()
        for column, (pieces, width, align) in enumerate(zip(columns, widths, aligns, strict=True)):
            piece = pieces[number] if number < len(pieces) else ()
            row += (_BETWEEN if column else ()) + _aligned(piece, width, align)
        rows.append(row)
    return rows


def _aligned(row: Row, width: int, align: str) -> Row:
    free = max(width - row_width(row), 0)
    before = {"right": free, "center": free // 2}.get(align, 0)
    return pad(pad((), before) + row, width)
