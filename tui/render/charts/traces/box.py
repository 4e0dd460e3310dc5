"""Box plots: quartiles, whiskers to the last value within 1.5 times their distance, outliers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kernelbridge.outputs import JsonValue
from tui.render.charts.colors import color_of
from tui.render.charts.figurejson import number_of, text_at, value_at
from tui.render.charts.marks import Box, Dots, Layer, Line, Mark
from tui.render.charts.trace import Space, Trace
from tui.render.charts.traces.groups import Sample, layer_of, samples_of
from tui.render.charts.typedarrays import column_of

_WHISKER = 1.5
_MOST_OUTLIERS = 2000


class _Five(NamedTuple):
    low: float
    first: float
    median: float
    third: float
    high: float
    outliers: Sequence[float] = ()


def draw_box(traces: Sequence[Trace], space: Space) -> Layer:
    """The boxes of all traces: of their values, or of quartiles that the figure gives."""
    samples = samples_of([_with_medians(trace) for trace in traces], space, text_at(space.layout, "boxmode"))
    marks: list[Mark] = []
    reach: list[float] = []
    given: dict[int, int] = {}
    for sample in samples:
        index = given[id(sample.trace)] = given.get(id(sample.trace), -1) + 1
        five = _given(sample.trace, index) or five_of(sample.values)
        marks += _drawn(sample, five)
        reach += (five.low, five.high, *five.outliers)
    return layer_of(marks, samples, reach)


def _with_medians(trace: Trace) -> Trace:
    """A trace of quartiles as one of values, one a box."""
    medians = column_of(value_at(trace.data, "median"))
    if not medians or (trace.x if trace.is_horizontal else trace.y):
        return trace
    empty: Sequence[JsonValue] = ()
    x, y = (medians, trace.y or empty) if trace.is_horizontal else (trace.x or empty, medians)
    return Trace(trace.data, trace.kind, trace.name, trace.color, x, y)


def _given(trace: Trace, index: int) -> _Five | None:
    columns = [
        column_of(value_at(trace.data, name)) for name in ("lowerfence", "q1", "median", "q3", "upperfence")
    ]
    numbers = [number_of(column[index]) if index < len(column) else None for column in columns]
    low, first, median, third, high = numbers
    if first is None or median is None or third is None:
        return None
    return _Five(first if low is None else low, first, median, third, third if high is None else high)


def five_of(values: Sequence[float]) -> _Five:
    """Whiskers, quartiles and median of sorted values, with what lies outside."""
    first, median, third = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    reach = _WHISKER * (third - first)
    inside = [value for value in values if first - reach <= value <= third + reach] or [median]
    outliers = [value for value in values if not first - reach <= value <= third + reach]
    return _Five(inside[0], first, median, third, inside[-1], outliers[:_MOST_OUTLIERS])


def quantile(values: Sequence[float], share: float) -> float:
    """A quantile of sorted values (method 5 of Hyndman and Fan, which Plotly takes)."""
    at = min(max(share * len(values) - 0.5, 0.0), len(values) - 1.0)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (at - below)


def _drawn(sample: Sample, five: _Five) -> list[Mark]:
    half, color = sample.width / 2, sample.color
    fill = color_of(value_at(sample.trace.data, "fillcolor")) or color.faded(0.5)
    corners = [
        sample.point(-half, five.first),
        sample.point(half, five.first),
        sample.point(half, five.third),
        sample.point(-half, five.third),
        sample.point(-half, five.first),
    ]
    marks: list[Mark] = [
        Box(corners[0], corners[2], fill),
        Line(corners, color, 1.5, is_edge=True),
        Line([sample.point(-half, five.median), sample.point(half, five.median)], color, 3),
    ]
    for start, end in ((five.first, five.low), (five.third, five.high)):
        marks.append(Line([sample.point(0, start), sample.point(0, end)], color, 1.5))
        marks.append(Line([sample.point(-half / 2, end), sample.point(half / 2, end)], color, 1.5))
    if five.outliers and value_at(sample.trace.data, "boxpoints") is not False:
        marks.append(Dots([sample.point(0, value) for value in five.outliers], [color], [5]))
    return marks
