"""Bar traces."""

from __future__ import annotations

from collections.abc import Sequence

from kernelbridge.outputs import JsonValue
from tui.render.charts.figurejson import number_of, object_at, text_at, text_of, value_at
from tui.render.charts.marks import Layer
from tui.render.charts.trace import Space, Trace, at, colors_of_marks, filled
from tui.render.charts.traces.bars import Bar, Series, draw_bars, mode_of
from tui.render.charts.typedarrays import column_of

_MOST_LABELLED = 60


def draw_bar(traces: Sequence[Trace], space: Space) -> Layer:
    """The bars of all traces."""
    return draw_bars(
        [_series(trace, space, index) for index, trace in enumerate(traces)], space, mode_of(space)
    )


def _series(trace: Trace, space: Space, index: int) -> Series:
    is_horizontal = trace.is_horizontal
    length = max(len(trace.x), len(trace.y))
    along = space.x if is_horizontal else space.y
    if is_horizontal:
        places = space.y.places(filled(trace.y, trace, "y0", "dy", length))
        lengths = space.x.places(trace.x)
    else:
        places = space.x.places(filled(trace.x, trace, "x0", "dx", length))
        lengths = space.y.places(trace.y)
    colors = colors_of_marks(trace, object_at(trace.data, "marker"), space, length)
    bases, widths, texts = (_column(trace, name) for name in ("base", "width", "text"))
    bars = [
        Bar(
            place,
            reach,
            along.coordinate(_at(bases, number)),
            at(colors, number),
            text_of(_at(texts, number)) if length <= _MOST_LABELLED else "",
            number_of(_at(widths, number)),
        )
        for number, (place, reach) in enumerate(zip(places, lengths, strict=False))
        if place is not None and reach is not None
    ]
    group = text_at(trace.data, "offsetgroup") or str(index)
    return Series(bars, is_horizontal, group)


def _column(trace: Trace, name: str) -> Sequence[JsonValue]:
    """A column; of one value for all, that value as often as there are bars with labels."""
    value = value_at(trace.data, name)
    if isinstance(value, dict | list):
        return column_of(value)
    return () if value is None else [value] * max(len(trace.x), len(trace.y))


def _at(column: Sequence[JsonValue], index: int) -> JsonValue:
    return column[index] if index < len(column) else None
