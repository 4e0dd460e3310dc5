"""Plotly's figures (`application/vnd.plotly.v1+json`), drawn without Plotly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas, CellSize, Ground
from tui.render.charts.figurejson import USUAL_HEIGHT, USUAL_WIDTH, items_at, number_at
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Style

if TYPE_CHECKING:
    from tui.render.charts.chart import Chart

_LEAST_COLUMNS: Final = 20
_NARROWEST, _WIDEST = 60, 110
_LARGEST: Final = 10_000.0  # pixels
_LEAST_ROWS, _MOST_ROWS = 12, 28
_PANEL_ROWS: Final = 9
_MOST_ROWS_OF_PANELS: Final = 60
_SVG_CELL: Final = CellSize(10, 20)
_PIXELS: Final = 8
"""Of a figure, a cell's width; a cell is twice as high."""


def draw_plotly(content: Content, canvas: Canvas) -> Drawing:
    """The chart of a figure, drawn off the screen's thread.

    Raises CannotDrawError where it is no figure or there is no room; the drawing raises it with the reason
    when there is nothing in it that can be drawn.
    """
    figure = content.data
    if not items_at(figure, "data"):
        raise CannotDrawError("a Plotly figure without traces")
    if canvas.width < _LEAST_COLUMNS:
        raise CannotDrawError("too narrow for a chart")
    width = number_at(figure, "layout", "width", otherwise=USUAL_WIDTH)
    height = number_at(figure, "layout", "height", otherwise=USUAL_HEIGHT)
    rows = _rows(width, height, canvas)
    note = text_row("Plotly figure, being drawn", Style(Role.MUTED, italic=True))
    return Pending([note, *[()] * (rows - 1)], partial(_draw, content, canvas))


def plotly_svg(figure: JsonValue, ground: Ground) -> str:
    """The chart of a figure as an SVG document. Raises CannotDrawError when there is nothing to draw."""
    from tui.render.charts.arrangement import arrange
    from tui.render.charts.figure import chart_of
    from tui.render.charts.svgchart import chart_svg

    chart = chart_of(figure)
    columns, rows = _size(chart, Canvas(_WIDEST))
    return chart_svg(arrange(chart, columns, rows), _SVG_CELL, ground)


def _columns(width: float, canvas: Canvas) -> int:
    return min(canvas.width, _WIDEST, max(_NARROWEST, int(min(max(width, 0.0), _LARGEST)) // _PIXELS))


def _rows(width: float, height: float, canvas: Canvas) -> int:
    """As high as the figure is for its width, within bounds; a cell is twice as high as wide."""
    height, width = (min(max(length, 1.0), _LARGEST) for length in (height, width))
    return max(_LEAST_ROWS, min(_MOST_ROWS, round(_columns(width, canvas) * height / width / 2)))


def _draw(content: Content, canvas: Canvas) -> Sequence[Row]:
    # All of this is loaded with the first chart.
    from tui.render.charts.arrangement import arrange
    from tui.render.charts.drawing import rows_of_chart
    from tui.render.charts.figure import chart_of

    chart = chart_of(content.data)
    columns, rows = _size(chart, canvas)
    return rows_of_chart(arrange(chart, columns, rows), canvas)


def _size(chart: Chart, canvas: Canvas) -> tuple[int, int]:
    """Columns and rows of a chart."""
    rows = max(_rows(chart.width, chart.height, canvas), _rows_of_panels(chart))
    return _columns(chart.width, canvas), rows


def _rows_of_panels(chart: Chart) -> int:
    """Rows that panels above each other need to be read."""
    tiers = len({panel.domain.top for panel in chart.panels})
    return min(_MOST_ROWS_OF_PANELS, _PANEL_ROWS * tiers) if tiers > 1 else 0
