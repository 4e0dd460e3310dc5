"""Pies and donuts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, pi, sin

from tui.render.charts.chart import Domain, LegendEntry, Round
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import items_at, number_at, number_of, text_of, title_of, value_at
from tui.render.charts.marks import Area, Mark, Point, Word
from tui.render.charts.trace import Trace
from tui.render.charts.typedarrays import column_of
from tui.render.drawing import CannotDrawError

_MOST_SLICES = 200
_LEAST_LABELLED = 0.04
_ARC = 2 * pi / 240


def draw_pie(trace: Trace, colorway: Sequence[Rgba]) -> tuple[Round, list[LegendEntry]]:
    """The pie, and what its colours stand for, the share of each with it.

    Raises CannotDrawError when it has no values above zero.
    """
    slices = _slices(trace)
    total = sum(slices.values())
    if not slices or not total > 0:
        raise CannotDrawError("a pie without values")
    order = list(slices)
    if value_at(trace.data, "sort") is not False:
        order.sort(key=lambda label: -slices[label])
    own = [color_of(color) for color in column_of(value_at(trace.data, "marker", "colors"))]
    given = {label: own[index] for index, label in enumerate(slices) if index < len(own)}
    hole = min(0.95, max(0.0, number_at(trace.data, "hole", otherwise=0)))
    marks: list[Mark] = []
    words: list[Mark] = []
    legend: list[LegendEntry] = []
    start = 0.0
    for index, label in enumerate(order):
        share = slices[label] / total
        color = given.get(label) or colorway[index % len(colorway)]
        marks.append(Area(_wedge(start, start + share, hole), color))
        if share >= _LEAST_LABELLED:
            middle = 2 * pi * (start + share / 2)
            reach = (1 + hole) / 2 if hole else 0.65
            words.append(Word(Point(reach * sin(middle), reach * cos(middle)), f"{share:.1%}"))
        legend.append(LegendEntry(color, f"{label or '(no name)'} {share:.1%}"))
        start += share
    return Round(_domain(trace), [*marks, *words], title_of(trace.data)), legend


def _slices(trace: Trace) -> dict[str, float]:
    """Labels with their values, added up where a label comes again."""
    labels, values = column_of(value_at(trace.data, "labels")), column_of(value_at(trace.data, "values"))
    sums: defaultdict[str, float] = defaultdict(float)
    for index in range(max(len(labels), len(values))):
        value = number_of(values[index]) if index < len(values) else (None if values else 1.0)
        label = text_of(labels[index]) if index < len(labels) else str(index)
        if value is not None and value > 0 and (label in sums or len(sums) < _MOST_SLICES):
            sums[label] += value
    return sums


def _wedge(start: float, end: float, hole: float) -> list[Point]:
    """A slice between two shares of the circle, clockwise from the top."""
    steps = max(2, int((end - start) * 2 * pi / _ARC))
    angles = [2 * pi * (start + (end - start) * step / steps) for step in range(steps + 1)]
    outer = [Point(sin(angle), cos(angle)) for angle in angles]
    inner = (
        [Point(hole * sin(angle), hole * cos(angle)) for angle in reversed(angles)] if hole else [Point(0, 0)]
    )
    return outer + inner


def _domain(trace: Trace) -> Domain:
    left, right = _pair(trace, "x")
    bottom, top = _pair(trace, "y")
    return Domain(left, right, bottom, top)


def _pair(trace: Trace, name: str) -> tuple[float, float]:
    found = [number_of(value) for value in items_at(trace.data, "domain", name)[:2]]
    if len(found) == 2 and found[0] is not None and found[1] is not None and 0 <= found[0] < found[1] <= 1:
        return found[0], found[1]
    return 0.0, 1.0
