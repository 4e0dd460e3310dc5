"""Violins: the density of values as the width of a shape."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from statistics import pstdev

from tui.render.charts.colors import color_of
from tui.render.charts.figurejson import text_at, value_at
from tui.render.charts.marks import Area, Layer, Line, Mark
from tui.render.charts.trace import Space, Trace
from tui.render.charts.traces.box import five_of
from tui.render.charts.traces.groups import Sample, layer_of, samples_of

_STEPS = 60
_MOST = 500
"""Values that the density is computed from; of more, evenly chosen ones."""


def draw_violin(traces: Sequence[Trace], space: Space) -> Layer:
    """The violins of all traces."""
    samples = samples_of(traces, space, text_at(space.layout, "violinmode"))
    marks: list[Mark] = []
    reach: list[float] = []
    for sample in samples:
        bandwidth = _bandwidth(sample.values)
        low, high = sample.values[0] - 2 * bandwidth, sample.values[-1] + 2 * bandwidth
        if text_at(sample.trace.data, "spanmode") == "hard":
            low, high = sample.values[0], sample.values[-1]
        marks += _drawn(sample, low, high, bandwidth)
        reach += (low, high)
    return layer_of(marks, samples, reach)


def _bandwidth(values: Sequence[float]) -> float:
    """Silverman's rule of thumb."""
    five = five_of(values)
    spread = min(pstdev(values) or 1.0, (five.third - five.first) / 1.34 or pstdev(values) or 1.0)
    return 0.9 * spread * len(values) ** -0.2 or 1.0


def _drawn(sample: Sample, low: float, high: float, bandwidth: float) -> list[Mark]:
    stride = max(1, len(sample.values) // _MOST)
    values = sample.values[::stride]
    places = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    densities = [sum(exp(-0.5 * ((place - value) / bandwidth) ** 2) for value in values) for place in places]
    most = max(densities) or 1.0
    halves = [density / most * sample.width / 2 for density in densities]
    side = text_at(sample.trace.data, "side")
    left = [
        sample.point(-half if side != "positive" else 0, place)
        for half, place in zip(halves, places, strict=True)
    ]
    right = [
        sample.point(half if side != "negative" else 0, place)
        for half, place in zip(halves, places, strict=True)
    ]
    outline = [*left, *reversed(right), left[0]]
    color = sample.color
    fill = color_of(value_at(sample.trace.data, "fillcolor")) or color.faded(0.5)
    marks: list[Mark] = [Area(outline, fill), Line(outline, color, 1.5, is_edge=True)]
    if value_at(sample.trace.data, "box", "visible") is True:
        five, half = five_of(sample.values), sample.width / 10
        marks.append(
            Area(
                [
                    sample.point(side_of, value)
                    for side_of, value in (
                        (-half, five.first),
                        (half, five.first),
                        (half, five.third),
                        (-half, five.third),
                    )
                ],
                color,
            )
        )
    return marks
