"""Markdown cells as text on the page: parsed by markdown-it, drawn by rows of our own.

Nothing in a cell is refused: what cannot be laid out in reasonable time is shown as its source, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.markdown.source import draw_source, printable_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.canvas import Canvas
    from tui.render.rows import Row

__all__ = ["draw_markdown"]

_NARROWEST = 2


def draw_markdown(source: str, canvas: Canvas) -> Sequence[Row]:
    """The rows of a markdown cell, none wider than the canvas; none where there is no text.

    CommonMark with tables, strike-through, task lists, footnotes, alerts, front matter, mathematics, and the
    tags of HTML that people write in text.
    """
    from tui.render.markdown.blocks import draw_blocks
    from tui.render.markdown.parsing import NotParsed, parse

    width = max(canvas.width, _NARROWEST)
    text = printable_source(source)
    parsed = parse(text)
    if isinstance(parsed, NotParsed):
        return draw_source(text, parsed.reason, width)
    return draw_blocks(parsed, width)
