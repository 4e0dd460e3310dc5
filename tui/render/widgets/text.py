"""Labels and HTML."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.rowops import row_width, text_row, wrap
from tui.render.rows import Role, Style
from tui.render.widgets.block import Block
from tui.render.widgets.htmltext import text_of_html
from tui.render.widgets.surface import Surface, long
from tui.sanitize import clean_lines

_MOST_LINES = 200


def draw_label(model: Model, surface: Surface) -> Block:
    """Its text."""
    return _drawn(model, surface, long(model.text("value")))


def draw_html(model: Model, surface: Surface) -> Block:
    """The text of its HTML."""
    return _drawn(model, surface, text_of_html(long(model.text("value"))))


def _drawn(model: Model, surface: Surface, text: str) -> Block:
    label = surface.label(model)
    indent = row_width(label)
    rows = [
        row
        for line in clean_lines(text)[:_MOST_LINES]
        for row in wrap(text_row(line, Style(Role.TEXT)), max(2, surface.width - indent))
    ]
    if not rows:
        return Block([label] if indent else ())
    blank = text_row(" " * indent)
    return Block([(*(label if at == 0 else blank), *row) for at, row in enumerate(rows)])
