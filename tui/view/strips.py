"""Rows as Textual strips: roles become colours of the theme, and the row is filled up to the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tui.render.rowops import crop, row_width

if TYPE_CHECKING:
    from rich.style import Style as RichStyle

    from tui.render.rows import Row
    from tui.theme import Palette


def strip_of(row: Row, width: int, palette: Palette, base: RichStyle) -> Strip:
    """The row at exactly `width` cells, cut or filled, over a base style that gives the background."""
    used = row_width(row)
    if used > width:
        row, used = crop(row, 0, width), width
    segments = [Segment(span.text, base + palette.style(span.style)) for span in row]
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    return Strip(segments, width)


def highlighted(strip: Strip, start: int, end: int, style: RichStyle) -> Strip:
    """The strip with another style laid over the cells from `start` to `end`."""
    if start >= end:
        return strip
    before, inside, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
    return Strip.join([before, inside.apply_style(style), after])
