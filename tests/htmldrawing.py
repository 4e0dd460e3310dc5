"""HTML drawn to text, for tests."""

from __future__ import annotations

from tui.render.canvas import Canvas, Ground
from tui.render.drawing import Pending
from tui.render.html import draw_html
from tui.render.rowops import plain
from tui.render.rows import Row, Style


def drawn(html: str, width: int = 80, ground: Ground = Ground.DARK) -> list[Row]:
    drawing = draw_html(html, Canvas(width, ground=ground, table_key="T"))
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def text(html: str, width: int = 80) -> str:
    """The rows, without the blanks behind them, with a line break before the first to be read below it."""
    return "\n" + "\n".join(plain(row).rstrip() for row in drawn(html, width)) + "\n"


def style_of(html: str, word: str, ground: Ground = Ground.DARK) -> Style:
    """The style of the span that holds a word."""
    return next(span.style for row in drawn(html, 80, ground) for span in row if word in span.text)
