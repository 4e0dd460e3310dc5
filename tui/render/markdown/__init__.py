"""Markdown cells as text on the page: parsed by markdown-it, drawn by rows of our own.

Nothing in a cell is refused: what cannot be laid out in reasonable time is shown as its source, and says so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.render.drawing import Pending
from tui.render.markdown.source import draw_source, printable_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.canvas import Canvas
    from tui.render.content import Content
    from tui.render.drawing import Drawing
    from tui.render.markdown.pictures import Attachments
    from tui.render.rows import Row

__all__ = ["draw_markdown", "markdown_pictures"]

_NARROWEST = 2


def draw_markdown(
    source: str, canvas: Canvas, attachments: Attachments = MappingProxyType({})
) -> Sequence[Row] | Pending:
    """The rows of a markdown cell, none wider than the canvas; none where there is no text.

    CommonMark with tables, strike-through, task lists, footnotes, alerts, front matter, mathematics, and the
    tags of HTML that people write in text.
    Where it shows pictures of its own, they come later.
    """
    from tui.render.markdown.blocks import draw_blocks
    from tui.render.markdown.parsing import NotParsed, parse
    from tui.render.markdown.pictures import Hanger, made, with_data_apart

    width = max(canvas.width, _NARROWEST)
    source, attachments = with_data_apart(source, attachments)
    text = printable_source(source)
    parsed = parse(text)
    if isinstance(parsed, NotParsed):
        return draw_source(text, parsed.reason, width)
    waiting: list[Drawing] = []

    def meanwhile(drawing: Drawing) -> Sequence[Row]:
        if not isinstance(drawing, Pending):
            return drawing
        waiting.append(drawing)
        return drawing.placeholder

    Hanger(attachments, canvas, meanwhile).hang(parsed)
    rows = draw_blocks(parsed, width)
    if not waiting:
        return rows

    def draw() -> Sequence[Row]:
        Hanger(attachments, canvas, made).hang(parsed)
        return draw_blocks(parsed, width)

    return Pending(rows, draw)


def markdown_pictures(source: str, attachments: Attachments) -> Sequence[Content]:
    """The pictures of its own that a markdown cell shows, in their order."""
    from tui.render.markdown.parsing import NotParsed, parse
    from tui.render.markdown.pictures import pictures_of, with_data_apart

    source, attachments = with_data_apart(source, attachments)
    parsed = parse(printable_source(source))
    return [] if isinstance(parsed, NotParsed) else pictures_of(parsed, attachments)
