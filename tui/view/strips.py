"""Rows as Textual strips: roles become colours of the theme, and the row is filled up to the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tui.render.rowops import crop, plain, row_width
from tui.render.rows import Span, Style
from tui.view.lastgate import sent_text

if TYPE_CHECKING:
    from rich.style import Style as RichStyle

    from tui.render.rows import Row
    from tui.theme import Palette

_PLAIN = Style()


def strip_of(row: Row, width: int, palette: Palette, base: RichStyle) -> Strip:
    """The row at exactly `width` cells, cut or filled, over a base style that gives the background."""
    used = row_width(row)
    if used > width:
        row, used = crop(row, 0, width), width
    segments = [Segment(sent_text(span), base + palette.style(span.style)) for span in row]
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    return Strip(segments, width)


def highlighted(strip: Strip, start: int, end: int, style: RichStyle) -> Strip:
    """The strip with another style laid over the cells from `start` to `end`; graphemes stay in one piece."""
    if start >= end:
        return strip
    segments: list[Segment] = []
    at = 0
    for segment in strip:
        behind = at + segment.cell_length
        for left, right in ((at, start), (max(at, start), min(behind, end)), (end, behind)):
            first, last = max(left, at), min(right, behind)
            if first < last:
                over = style if start <= first < end else None
                segments.append(_piece(segment, first - at, last - at, over))
        at = behind
    return Strip(segments, strip.cell_length)


def _piece(segment: Segment, start: int, end: int, over: RichStyle | None) -> Segment:
    """The cells of a segment from `start` up to `end`, with a style laid over."""
    text, width = segment.text, segment.cell_length
    if end - start < width:
        text = plain(crop((Span(text, _PLAIN, width),), start, end))
    return Segment(text, segment.style if over is None or segment.style is None else segment.style + over)
