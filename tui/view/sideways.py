"""Rows that are wider than there is room, of which a part is shown, with marks where they are cut."""

from __future__ import annotations

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style

_MARK = Style(Role.ACCENT)
_CUT_LEFT = text_row("‹", _MARK)
_CUT_RIGHT = text_row("›", _MARK)


def part_of(row: Row, column: int, width: int) -> Row:
    """The cells of a row from `column` on, `width` at most; the outermost give way to marks where more is."""
    whole = row_width(row)
    if column == 0 and whole <= width:
        return row
    left = _CUT_LEFT if column and whole else ()
    right = _CUT_RIGHT if whole > column + width else ()
    shown = crop(row, column + row_width(left), column + width - row_width(right))
    return (*left, *shown, *right)
