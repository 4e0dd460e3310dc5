"""The lines above and below a table: what is shown of what, and the cell under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.table.conditions import text_of

if TYPE_CHECKING:
    from tui.screens.table.opentable import OpenTable
    from tui.screens.table.source import Condition
    from tui.screens.table.window import TableWindow

_MUTED = Style(Role.MUTED)
_TITLE = Style(Role.HEADING, bold=True)


def title_row(table: OpenTable, waits_for: str, width: int) -> Row:
    """How many lines and columns, from where, of what they are left; and where the cursor is."""
    window, shape = table.window, table.window.shape
    lines = f"{window.lines:,} of {shape.lines:,}" if window.lines != shape.lines else f"{shape.lines:,}"
    told = [f"{_name(window, each)} {text_of(each)}" for each in table.arrangement.conditions]
    told += [
        part for part in (f"{table.doing}…" if table.doing else "", table.source.origin, waits_for) if part
    ]
    title = text_row(f" {lines} rows × {len(shape.columns):,} columns", _TITLE)
    left = (*title, *text_row("".join(f" · {clean(part)}" for part in told), _MUTED))
    right = text_row(f"{min(window.line + 1, window.lines):,}/{window.lines:,} ", _MUTED)
    room = max(0, width - row_width(right) - 1)
    filler = " " * (room + 1 - min(row_width(left), room))
    return (*crop(left, 0, room), *text_row(filler), *right)


def value_row(table: OpenTable, width: int) -> Row:
    """What the cell under the cursor holds, as far as it was read, and of which line and column it is."""
    window = table.window
    if not window.lines:
        return crop(text_row(" no rows are left · x shows all", _MUTED), 0, width)
    if not window.places:
        return ()
    column, number = window.column(window.place), window.number(window.place)
    index = table.pages.index(window.line, max(number, 0))
    if number < 0:
        text = None if index is None else index[window.place]
    else:
        text = table.pages.cell(window.line, number)
    label = " · ".join(clean(part) for part in index or ())
    name = clean(f"{column.name} {column.type_name}".strip())
    where = " · ".join(part for part in (label, name) if part)
    shown = "not read yet" if text is None else clean(text)
    return crop((*text_row(f" {where}  ", _MUTED), *text_row(shown)), 0, width)


def _name(window: TableWindow, condition: Condition) -> str:
    number = condition.column
    return window.column(-1 - number if number < 0 else window.levels + number).name or "index"
