"""Plotly figures for tests, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas, Ground
from tui.render.charts.plotly import draw_plotly
from tui.render.content import Content
from tui.render.drawing import Pending
from tui.render.rowops import plain
from tui.render.rows import Row

PLOTLY = "application/vnd.plotly.v1+json"


def figure(*traces: Mapping[str, JsonValue], **layout: JsonValue) -> JsonValue:
    """A figure as Plotly's library writes it."""
    return {"data": list(traces), "layout": layout}


def drawn(value: JsonValue, width: int = 72, ground: Ground = Ground.DARK) -> list[Row]:
    """Its rows."""
    drawing = draw_plotly(Content(PLOTLY, value), Canvas(width, ground=ground))
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def text(value: JsonValue, width: int = 72) -> str:
    """Its rows as text."""
    return "\n".join(plain(row).rstrip() for row in drawn(value, width))
