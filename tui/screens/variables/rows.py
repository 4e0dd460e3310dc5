"""Variables as rows: a heading, and one of each; where it is narrow, type and shape share a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.width import cell_width
from tui.sanitize import clean
from tui.variables.variable import Arrangement, Kind, Order, Variable

_HEADING = Style(Role.MUTED)
_NAMES: Final = {
    Kind.DATA: Style(Role.STRONG, bold=True),
    Kind.FUNCTION: Style(Role.NAME_FUNCTION),
    Kind.CLASS: Style(Role.NAME_CLASS),
    Kind.MODULE: Style(Role.MUTED),
}
_STYLES: Final = {
    Order.TYPE: Style(Role.MUTED),
    Order.SHAPE: Style(),
    Order.SIZE: Style(Role.MUTED),
    Order.VALUE: Style(Role.CODE),
}
_WIDE: Final = 60
"""Cells from which shape and size have columns of their own."""
_NARROW: Final = 48
_GAP: Final = 2
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class _Column:
    order: Order
    widest: int


_COLUMNS = (
    _Column(Order.NAME, 24),
    _Column(Order.TYPE, 16),
    _Column(Order.SHAPE, 18),
    _Column(Order.SIZE, 8),
    _Column(Order.VALUE, 1_000),
)
_NARROW_COLUMNS = (_Column(Order.NAME, 14), _Column(Order.TYPE, 18), _Column(Order.VALUE, 1_000))
_NARROWEST_COLUMNS = (_Column(Order.NAME, 10), _Column(Order.TYPE, 12), _Column(Order.VALUE, 1_000))


def rows_of(variables: Sequence[Variable], how: Arrangement, width: int) -> tuple[Row, list[Row]]:
    """The heading, and a row of each variable, none wider than `width` cells."""
    is_narrow = width < _WIDE
    narrow = _NARROW_COLUMNS if width >= _NARROW else _NARROWEST_COLUMNS
    columns = narrow if is_narrow else _COLUMNS
    headings = [_heading(column.order, how) for column in columns]
    texts = [[_text(each, column.order, is_narrow=is_narrow) for column in columns] for each in variables]
    widths = [
        min(column.widest, max([cell_width(headings[at]), *(cell_width(line[at]) for line in texts)]))
        for at, column in enumerate(columns)
    ]
    heading = _joined([text_row(text, _HEADING) for text in headings], columns, widths)
    rows = [
        _joined(
            [
                text_row(text, _NAMES[each.kind] if column.order is Order.NAME else _STYLES[column.order])
                for text, column in zip(line, columns, strict=True)
            ],
            columns,
            widths,
        )
        for each, line in zip(variables, texts, strict=True)
    ]
    return crop(heading, 0, width), [_cut(row, width) for row in rows]


def size_text(size: int | None) -> str:
    """Bytes as a person reads them."""
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {_UNITS[unit]}" if amount >= 99.5 or not unit else f"{amount:.1f} {_UNITS[unit]}"


def _heading(order: Order, how: Arrangement) -> str:
    mark = "" if order is not how.order else (" ↑" if how.is_reversed else " ↓")
    return f"{order.value}{mark}"


def _text(variable: Variable, order: Order, *, is_narrow: bool) -> str:
    match order:
        case Order.NAME | Order.MADE:
            text = variable.name
        case Order.TYPE:
            text = f"{variable.type_name} {variable.shape}".strip() if is_narrow else variable.type_name
        case Order.SHAPE:
            text = variable.shape
        case Order.SIZE:
            text = size_text(variable.size)
        case Order.VALUE:
            text = variable.value
    return clean(text.replace("\n", "↵"))


def _joined(cells: Sequence[Row], columns: Sequence[_Column], widths: Sequence[int]) -> Row:
    row: Row = text_row(" ")
    for cell, column, width in zip(cells, columns, widths, strict=True):
        fitted = _cut(cell, width)
        if column.order is Order.SIZE:
            row = (*row, *text_row(" " * (width - row_width(fitted))), *fitted, *text_row(" " * _GAP))
        elif column is columns[-1]:
            row = (*row, *fitted)
        else:
            row = (*row, *pad(fitted, width + _GAP))
    return row


def _cut(row: Row, width: int) -> Row:
    if row_width(row) <= width or not row:
        return row
    return (*crop(row, 0, width - 1), *text_row("…", row[-1].style))
