"""A table in sight as rows: names of columns, a rule, and lines; the cursor's cell is marked."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.width import cell_width
from tui.sanitize import clean
from tui.screens.table.pages import Pages
from tui.screens.table.source import Arrangement, Kind
from tui.screens.table.window import Shown, TableWindow

_NAME = Style(Role.STRONG, bold=True)
_INDEX = Style(Role.MUTED)
_TEXT = Style()
_WAITING = Style(Role.FAINT)
_RULE = Style(Role.RULE)
_MOST_DECIMALS = 6
_UNREAD = "·"
_LOOKED_AT = 24
"""Columns that are looked at for their widths before it is known which are in sight."""


def draw_table(
    window: TableWindow, pages: Pages, arrangement: Arrangement, width: int, height: int
) -> list[Row]:
    """`height` rows, two of them for the names; columns are made as wide as what is to be shown needs."""
    body = max(0, height - 2)
    texts = _texts(window, pages, width, body)
    _measure(window, texts, arrangement)
    window.bring_into_sight(width, body)
    shown = list(window.shown(width))
    if any(each.place not in texts for each in shown) or window.top != texts.top:
        texts = _texts(window, pages, width, body)
        _measure(window, texts, arrangement)
        shown = list(window.shown(width))
    names = _joined(
        [(each, text_row(_heading(window, each.place, arrangement), _NAME)) for each in shown], window
    )
    used = max((each.start + each.width for each in shown), default=0)
    lines = (_line(window, texts, shown, at) for at in range(min(body, max(0, window.lines - window.top))))
    rule = text_row("─" * min(used, width), _RULE)
    return [crop(names, 0, width), rule, *(crop(line, 0, width) for line in lines)]


class _Texts(dict[int, list["str | None"]]):
    """By place, the texts of the lines in sight, from the line `top`."""

    top: int = 0


def _texts(window: TableWindow, pages: Pages, width: int, body: int) -> _Texts:
    window.bring_into_sight(width, body)
    lines = range(window.top, min(window.top + body, window.lines))
    columns = window.columns_in_sight(width)
    first = columns.start
    texts = _Texts()
    texts.top = window.top
    for level in range(window.levels):
        texts[level] = [
            None if index is None else clean(index[level])
            for index in (pages.index(line, first) for line in lines)
        ]
    last = min(max(columns.stop, first + _LOOKED_AT), len(window.shape.columns))
    for column in range(first, last):
        place = window.levels + column
        cells = [pages.cell(line, column) for line in lines]
        shown = [None if cell is None else clean(cell) for cell in cells]
        texts[place] = _with_same_decimals(shown) if window.column(place).kind is Kind.FLOAT else shown
    return texts


def _measure(window: TableWindow, texts: _Texts, arrangement: Arrangement) -> None:
    for place, cells in texts.items():
        window.see(place, cell_width(_heading(window, place, arrangement)))
        for text in cells:
            if text is not None:
                window.see(place, cell_width(text))


def _heading(window: TableWindow, place: int, arrangement: Arrangement) -> str:
    """The name, and whether the column is sorted by or filtered."""
    number = window.number(place)
    sort = arrangement.sort
    mark = "" if sort is None or sort.column != number else (" ↓" if sort.is_descending else " ↑")
    is_filtered = any(condition.column == number for condition in arrangement.conditions)
    return clean(window.column(place).name) + mark + (" ?" if is_filtered else "")


def _line(window: TableWindow, texts: _Texts, shown: Sequence[Shown], at: int) -> Row:
    cells: list[tuple[Shown, Row]] = []
    for each in shown:
        column = texts.get(each.place, ())
        text = column[at] if at < len(column) else None
        style = _INDEX if each.place < window.levels else _TEXT
        row = text_row(_UNREAD, _WAITING) if text is None else text_row(text, style)
        if window.top + at == window.line and each.place == window.place:
            row = _marked(window, each, row)
        cells.append((each, row))
    return _joined(cells, window)


def _marked(window: TableWindow, shown: Shown, row: Row) -> Row:
    """The cell over the whole width of its column, in reverse."""
    marked = Style(reverse=True)
    text = "".join(span.text for span in _cut(row, shown.width))
    free = shown.width - cell_width(text)
    is_right = window.column(shown.place).kind is not Kind.TEXT
    return text_row(" " * free + text if is_right else text + " " * free, marked)


def _joined(cells: Sequence[tuple[Shown, Row]], window: TableWindow) -> Row:
    row: Row = ()
    at = 0
    for shown, cell in cells:
        fitted = _cut(cell, shown.width)
        is_right = window.column(shown.place).kind is not Kind.TEXT
        before = shown.start - at + (shown.width - row_width(fitted) if is_right else 0)
        row = (*row, *text_row(" " * before), *fitted)
        at += before + row_width(fitted)
    return row


def _cut(row: Row, width: int) -> Row:
    if row_width(row) <= width:
        return row
    return (*crop(row, 0, width - 1), *text_row("…", row[-1].style))


def _with_same_decimals(texts: Sequence[str | None]) -> list[str | None]:
    """Floats with as many digits behind the point as the one that needs most, six at most."""
    shortened = [None if text is None else _shortened(text) for text in texts]
    most = max(
        (len(text.partition(".")[2]) for text in shortened if text is not None and "e" not in text), default=0
    )
    return [
        f"{text}{'' if '.' in text else '.'}{'0' * (most - len(text.partition('.')[2]))}"
        if text is not None and most and text[-1:].isdecimal() and "e" not in text
        else text
        for text in shortened
    ]


def _shortened(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    if not isfinite(value) or len(text.partition(".")[2]) <= _MOST_DECIMALS:
        return text
    if "e" in text or (value != 0 and abs(value) < 1e-3):
        return f"{value:.{_MOST_DECIMALS - 1}e}"
    return f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
