"""Candlesticks, and bars of open, high, low and close."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import value_at
from tui.render.charts.marks import Box, Extent, Layer, Line, Mark, Point
from tui.render.charts.trace import Space, Trace, filled
from tui.render.charts.typedarrays import column_of

_RISING, _FALLING = (
    Rgba(0x3D, 0x99, 0x70),
    Rgba(0xFF, 0x41, 0x36),
)  # plotly.js, components/color/attributes.js
_WIDTH = 0.7


def draw_candlestick(traces: Sequence[Trace], space: Space) -> Layer:
    """The candles or bars of all traces."""
    marks: list[Mark] = []
    everything: list[Point] = []
    slot = 1.0
    for trace in traces:
        columns = [
            space.y.places(column_of(value_at(trace.data, name))) for name in ("open", "high", "low", "close")
        ]
        places = space.x.places(filled(trace.x, trace, "x0", "dx", min(map(len, columns))))
        known = sorted({place for place in places if place is not None})
        slot = min((b - a for a, b in itertools.pairwise(known)), default=1.0)
        for place, opened, high, low, closed in zip(places, *columns, strict=False):
            if place is None or opened is None or high is None or low is None or closed is None:
                continue
            color = (
                _color(trace, "increasing", _RISING)
                if closed >= opened
                else _color(trace, "decreasing", _FALLING)
            )
            half = slot * _WIDTH / 2
            marks.append(Line([Point(place, low), Point(place, high)], color, 1.5))
            if trace.kind == "ohlc":
                marks.append(Line([Point(place - half, opened), Point(place, opened)], color, 1.5))
                marks.append(Line([Point(place, closed), Point(place + half, closed)], color, 1.5))
            else:
                marks.append(Box(Point(place - half, opened), Point(place + half, closed), color))
            everything += [Point(place, low), Point(place, high)]
    if not everything:
        return Layer(())
    xs, ys = [point.x for point in everything], [point.y for point in everything]
    return Layer(marks, Extent(min(xs) - slot / 2, max(xs) + slot / 2, roomy=False), Extent(min(ys), max(ys)))


def _color(trace: Trace, direction: str, otherwise: Rgba) -> Rgba:
    return color_of(value_at(trace.data, direction, "line", "color")) or otherwise
