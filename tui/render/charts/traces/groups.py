"""Values gathered by place, as boxes and violins show them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kernelbridge.outputs import JsonValue
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import text_at, value_at
from tui.render.charts.marks import Extent, Layer, Mark, Point
from tui.render.charts.trace import Space, Trace

_GAP = 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """Values that belong together."""

    trace: Trace
    at: float
    """The middle of its place across."""
    width: float
    values: Sequence[float]
    """Sorted."""

    @property
    def color(self) -> Rgba:
        """The colour of its outline."""
        own = color_of(value_at(self.trace.data, "line", "color")) or color_of(
            value_at(self.trace.data, "marker", "color")
        )
        return own or self.trace.color

    def point(self, across: float, along: float) -> Point:
        """A place `across` from its middle and `along` the values."""
        place = self.at + across
        return Point(along, place) if self.trace.is_horizontal else Point(place, along)


def samples_of(traces: Sequence[Trace], space: Space, mode: str) -> list[Sample]:
    """The samples of all traces: one for each place; `mode` is group or overlay, as `boxmode`."""
    groups = list(dict.fromkeys(_group(trace, index) for index, trace in enumerate(traces)))
    named = all(not _positions(trace) for trace in traces)
    beside = 1 if mode != "group" or named else len(groups)
    gathered: list[tuple[Trace, int, float, list[float]]] = []
    for index, trace in enumerate(traces):
        number = groups.index(_group(trace, index)) if beside > 1 else 0
        gathered += [(trace, number, place, sorted(values)) for place, values in _by_place(trace, space)]
    places = sorted({place for _, _, place, _ in gathered})
    slot = min((b - a for a, b in itertools.pairwise(places) if b > a), default=1.0)
    width = slot * (1 - _GAP)
    return [
        Sample(trace, place + ((number + 0.5) / beside - 0.5) * width, width / beside * 0.9, values)
        for trace, number, place, values in gathered
    ]


def layer_of(marks: Sequence[Mark], samples: Sequence[Sample], reach: Sequence[float]) -> Layer:
    """The marks with the extents of the samples; `reach` is what must be seen along the values."""
    if not samples:
        return Layer(())
    across = Extent(
        min(sample.at - sample.width for sample in samples),
        max(sample.at + sample.width for sample in samples),
        roomy=False,
    )
    along = Extent(min(reach), max(reach)) if reach else None
    return Layer(marks, along, across) if samples[0].trace.is_horizontal else Layer(marks, across, along)


def _group(trace: Trace, index: int) -> str:
    return text_at(trace.data, "offsetgroup") or str(index)


def _positions(trace: Trace) -> Sequence[JsonValue]:
    return trace.y if trace.is_horizontal else trace.x


def _by_place(trace: Trace, space: Space) -> list[tuple[float, list[float]]]:
    across, along = (space.y, space.x) if trace.is_horizontal else (space.x, space.y)
    column = trace.x if trace.is_horizontal else trace.y
    positions = _positions(trace) or [trace.name] * max(1, len(column))
    found: defaultdict[float, list[float]] = defaultdict(list)
    for position, value in zip(positions, column, strict=False):
        place, number = across.place(position), along.place(value)
        if place is not None and number is not None:
            found[place].append(number)
    return list(found.items())
