"""Histograms: numbers counted in bins, all traces of a plane in the same ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, floor

from tui.render.charts.axes import AxisKind, milliseconds_of
from tui.render.charts.figurejson import number_at, number_of, object_at, text_at, value_at
from tui.render.charts.marks import Layer
from tui.render.charts.ticks import nice_step
from tui.render.charts.trace import Space, Trace, colors_of_marks
from tui.render.charts.traces.bars import Bar, Series, draw_bars, mode_of

_MOST_BINS = 1000
_CATEGORY_GAP = 0.2


def draw_histogram(traces: Sequence[Trace], space: Space) -> Layer:
    """The bars of all traces."""
    columns = [_counted(trace, space) for trace in traces]
    everything = [value for column in columns for value, _ in column]
    if not everything:
        return Layer(())
    is_category = (space.y if traces[0].is_horizontal else space.x).kind is AxisKind.CATEGORY
    gap = _CATEGORY_GAP if is_category else 0.0
    start, size = (-0.5, 1.0) if is_category else _bins(traces[0], everything)
    series = [
        _series(trace, column, space, index, (start, size), 1 - gap)
        for index, (trace, column) in enumerate(zip(traces, columns, strict=True))
    ]
    return draw_bars(series, space, mode_of(space))


def _counted(trace: Trace, space: Space) -> list[tuple[float, float]]:
    """The values that are sorted into bins, each with what it counts there."""
    measure = space.y if trace.is_horizontal else space.x
    values, others = (trace.y, trace.x) if trace.is_horizontal else (trace.x, trace.y)
    weights = others if text_at(trace.data, "histfunc") in ("sum", "avg") and others else ()
    counted: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        place = measure.place(value)
        weight = (number_of(weights[index]) if index < len(weights) else None) if weights else 1.0
        if place is not None and weight is not None:
            counted.append((place, weight))
    return counted


def _bins(trace: Trace, values: Sequence[float]) -> tuple[float, float]:
    """Where the first bin starts and how wide all are."""
    axis = "y" if trace.is_horizontal else "x"
    own = object_at(trace.data, f"{axis}bins")
    size, start = number_of(value_at(own, "size")), milliseconds_of(value_at(own, "start"))
    low, high = min(values), max(values)
    wanted = number_at(trace.data, f"nbins{axis}", otherwise=0) or 2 * len(values) ** 0.4
    if size is None or size <= 0:
        size = nice_step((high - low) / min(_MOST_BINS, max(1.0, wanted))) if high > low else 1.0
    if (high - low) / size > _MOST_BINS:
        size = nice_step((high - low) / _MOST_BINS)
    if start is None or start > low or (low - start) / size > _MOST_BINS:
        start = floor(low / size) * size
    return start, size


def _series(
    trace: Trace,
    column: Sequence[tuple[float, float]],
    space: Space,
    index: int,
    bins: tuple[float, float],
    share: float,
) -> Series:
    """The bars of a trace; they take that share of their bins, of which the start and the size are given."""
    start, size = bins
    sums: defaultdict[int, float] = defaultdict(float)
    counts: defaultdict[int, int] = defaultdict(int)
    for value, weight in column:
        number = min(floor((value - start) / size), ceil(_MOST_BINS * 1.1))
        sums[number] += weight
        counts[number] += 1
    if text_at(trace.data, "histfunc") == "avg":
        sums = defaultdict(float, {number: total / counts[number] for number, total in sums.items()})
    factor = _norm(text_at(trace.data, "histnorm"), sum(sums.values()), size)
    color = colors_of_marks(trace, object_at(trace.data, "marker"), space, 1)[0]
    lengths = {number: total * factor for number, total in sums.items()}
    if value_at(trace.data, "cumulative", "enabled") is True and lengths:
        running = 0.0
        for number in range(min(lengths), max(lengths) + 1):
            running += lengths.get(number, 0.0)
            lengths[number] = running
    bars = [
        Bar(start + (number + 0.5) * size, length, None, color, width=size * share)
        for number, length in sorted(lengths.items())
    ]
    return Series(bars, trace.is_horizontal, text_at(trace.data, "offsetgroup") or str(index))


def _norm(written: str, total: float, size: float) -> float:
    """What the sums are multiplied with (`histnorm`)."""
    if not total:
        return 1.0
    match written:
        case "percent":
            return 100 / total
        case "probability":
            return 1 / total
        case "density":
            return 1 / size
        case "probability density":
            return 1 / (total * size)
        case _:
            return 1.0
