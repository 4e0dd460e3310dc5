"""Markdown as it is written: made printable before it is parsed, and shown so where it is not parsed."""

from __future__ import annotations

from typing import Final

from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean, clean_lines

_TAB: Final = 4  # columns from one tab stop to the next, CommonMark 2.2
_NOTE: Final = Style(Role.MUTED, italic=True)


def printable_source(source: str) -> str:
    """The source without escape sequences and controls, with blanks for tabs and line feeds between lines."""
    return "\n".join(clean_lines(source.expandtabs(_TAB)))


def draw_source(text: str, reason: str, width: int) -> list[Row]:
    """Rows of a printable source, below the reason why it is not laid out."""
    note = wrap(text_row(clean(f"Shown as its source: {reason}."), _NOTE), width)
    return [*note, *(row for line in text.split("\n") for row in wrap(text_row(line), width))]
