"""A chart that is arranged, drawn as the terminal can: as a picture, or in cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.render.canvas import Canvas, Pictures
from tui.render.charts.svgchart import chart_svg
from tui.render.charts.textchart import chart_rows
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Pending

if TYPE_CHECKING:
    from tui.render.charts.arrangement import Arrangement
    from tui.render.rows import Row

_AS_PICTURE = (Pictures.KITTY, Pictures.SIXEL)


def rows_of_chart(arrangement: Arrangement, canvas: Canvas) -> Sequence[Row]:
    """The rows, which may take a while to make."""
    if canvas.gallery is not None and canvas.pictures in _AS_PICTURE:
        from tui.render.picture.draw import draw_svg

        svg = chart_svg(arrangement, canvas.cell, canvas.ground)
        try:
            drawing = draw_svg(Content("image/svg+xml", svg), canvas)
            return drawing.draw() if isinstance(drawing, Pending) else drawing
        except CannotDrawError:  # too large a picture, or nobody to draw it: cells need neither
            pass
    return chart_rows(arrangement, canvas.ground)
