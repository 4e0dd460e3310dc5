"""Plotly's figures as charts: which traces stand on which axes, and what those show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.annotations import notes_of, shapes_of, titles_of, words_of
from tui.render.charts.axes import AxisKind, Measure, measure_of
from tui.render.charts.chart import Axis, Chart, Domain, LegendEntry, Panel, Plane, Round
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import (
    USUAL_HEIGHT,
    USUAL_WIDTH,
    items_at,
    number_at,
    number_of,
    text_at,
    text_of,
    title_of,
    value_at,
)
from tui.render.charts.marks import Extent, Layer, Mark
from tui.render.charts.theming import Theming
from tui.render.charts.ticks import Range
from tui.render.charts.trace import Space, Trace
from tui.render.charts.traces.bar import draw_bar
from tui.render.charts.traces.box import draw_box
from tui.render.charts.traces.candlestick import draw_candlestick
from tui.render.charts.traces.heatmap import draw_heatmap
from tui.render.charts.traces.histogram import draw_histogram
from tui.render.charts.traces.pie import draw_pie
from tui.render.charts.traces.scatter import draw_scatter
from tui.render.charts.traces.violin import draw_violin
from tui.render.charts.typedarrays import column_of
from tui.render.drawing import CannotDrawError
from tui.render.foreign import OPENING

_DRAWERS: Final[Mapping[str, Callable[[Sequence[Trace], Space], Layer]]] = {
    "heatmap": draw_heatmap,
    "bar": draw_bar,
    "histogram": draw_histogram,
    "box": draw_box,
    "violin": draw_violin,
    "candlestick": draw_candlestick,
    "scatter": draw_scatter,
}
"""In the order in which they lie upon each other."""
_KINDS: Final = {
    **{name: name for name in _DRAWERS},
    "scattergl": "scatter",
    "ohlc": "candlestick",
    "heatmapgl": "heatmap",
    "contour": "heatmap",
    "histogram2d": "heatmap",
    "histogram2dcontour": "heatmap",
    "image": "heatmap",
}
_AXIS: Final = re.compile(r"[xy]([2-9]|[1-9][0-9]{1,2})?")
_MOST_TRACES: Final = 500
_MOST_PANELS: Final = 64
_MOST_PIES: Final = 16
_LONGEST_LIST: Final = 60
_MOST_VALUES: Final = 500_000
_MARGIN: Final = 0.05
_EMPTY: Final = Extent(0, 1)

_Pair = tuple[str, str]


def chart_of(figure: JsonValue) -> Chart:
    """The chart of a figure.

    Raises CannotDrawError, with the reason, when nothing in it can be drawn.
    """
    traces = [trace for trace in items_at(figure, "data")[:_MOST_TRACES] if isinstance(trace, dict)]
    layout = value_at(figure, "layout")
    theming = Theming(layout if isinstance(layout, dict) else {}, traces)
    colorway = theming.colorway()
    found = _sorted(traces, colorway)
    refused = ", ".join(sorted(found.refused))[:_LONGEST_LIST]
    if not found.drawn and not found.pies:
        raise CannotDrawError(f"Plotly's {refused} · {OPENING}" if refused else "nothing in it is visible")
    legend = _legend(found.drawn, theming)
    rounds: list[Round] = []
    for pie in found.pies[:_MOST_PIES]:
        one, entries = draw_pie(pie, colorway)
        rounds.append(one)
        legend += [entry for entry in entries if entry not in legend]
    panels = titles_of(theming.layout, [*_panels(found.drawn, theming), *rounds])
    return Chart(
        title_of(theming.layout),
        legend,
        theming.gradients(),
        panels,
        [*notes_of(theming.layout), *([f"not drawn: {refused}"] if refused else [])],
        number_at(theming.layout, "width", otherwise=USUAL_WIDTH),
        number_at(theming.layout, "height", otherwise=USUAL_HEIGHT),
    )


@dataclass(slots=True)
class _Sorted:
    """The traces of a figure by how they are drawn."""

    drawn: dict[_Pair, list[Trace]] = field(default_factory=dict[_Pair, list[Trace]])
    pies: list[Trace] = field(default_factory=list[Trace])
    refused: set[str] = field(default_factory=set[str])


def _sorted(traces: Sequence[JsonObject], colorway: Sequence[Rgba]) -> _Sorted:
    found = _Sorted()
    values = 0
    for index, data in enumerate(traces):
        kind = text_at(data, "type") or "scatter"
        if value_at(data, "visible") not in (None, True):
            continue
        if kind not in _KINDS and kind != "pie":
            found.refused.add(kind)
            continue
        color = color_of(value_at(data, "marker", "color")) or colorway[index % len(colorway)]
        x, y = (_column(value_at(data, name)) for name in "xy")
        values += len(x) + len(y) + _cells(value_at(data, "z"))
        if values > _MOST_VALUES:
            raise CannotDrawError(f"more than {_MOST_VALUES:,} values are too many to draw")
        trace = Trace(data, kind, text_at(data, "name") or f"trace {index}", color, x, y)
        if kind == "pie":
            found.pies.append(trace)
        else:
            pair = _axis_name(data, "xaxis", "x"), _axis_name(data, "yaxis", "y")
            found.drawn.setdefault(pair, []).append(trace)
    return found


def _cells(table: JsonValue) -> int:
    """About how many values a table has."""
    encoded = value_at(table, "bdata")
    if isinstance(encoded, str):
        return len(encoded) * 3 // 4 // 8
    return sum(len(items_at(row)) for row in items_at(table))


def _column(value: JsonValue) -> Sequence[JsonValue]:
    """A column; of categories within categories, which are two columns, the names joined."""
    column = column_of(value)
    if len(column) != 2:
        return column
    outer, inner = items_at(column[0]), items_at(column[1])
    joined = [f"{text_of(one)} / {text_of(other)}" for one, other in zip(outer, inner, strict=False)]
    return joined or column


def _axis_name(trace: JsonObject, key: str, otherwise: str) -> str:
    name = text_at(trace, key)
    return name if _AXIS.fullmatch(name) and name[0] == otherwise else otherwise


def _legend(drawn: Mapping[_Pair, Sequence[Trace]], theming: Theming) -> list[LegendEntry]:
    """The traces that have a name to tell them apart by."""
    if value_at(theming.layout, "showlegend") is False:
        return []
    traces = [trace for group in drawn.values() for trace in group if not _is_mesh(trace)]
    asked = value_at(theming.layout, "showlegend") is True
    entries: dict[str, LegendEntry] = {}
    for trace in traces:
        wanted = value_at(trace.data, "showlegend")
        if wanted is False or (len(traces) == 1 and not asked and wanted is not True):
            continue
        parts = (("line", "color"), ("marker", "color"), ("fillcolor",))
        line = next((color for part in parts if (color := color_of(value_at(trace.data, *part)))), None)
        entries.setdefault(trace.name, LegendEntry((line or trace.color)._replace(alpha=1), trace.name))
    return list(entries.values())


def _is_mesh(trace: Trace) -> bool:
    return _KINDS[trace.kind] == "heatmap"


def _panels(drawn: Mapping[_Pair, Sequence[Trace]], theming: Theming) -> list[Panel]:
    measures = _measures(drawn, theming)
    layers = {pair: _layers(traces, pair, measures, theming) for pair, traces in drawn.items()}
    ranges = _ranges(layers, measures, theming)
    gathered: defaultdict[_Pair, list[Plane]] = defaultdict(list)
    for (x, y), found in layers.items():
        axes = [_axis(name, measures[name], ranges[name], theming) for name in (x, y)]
        marks: list[Mark] = [mark for layer in found for mark in layer.marks]
        below, above = shapes_of(theming.layout, (x, y), (axes[0], axes[1]))
        plane = Plane(
            axes[0], axes[1], [*below, *marks, *above, *words_of(theming.layout, (x, y), (axes[0], axes[1]))]
        )
        gathered[_base(x, theming), _base(y, theming)].append(plane)
    return [Panel(_domain(pair, theming), planes) for pair, planes in list(gathered.items())[:_MOST_PANELS]]


def _measures(drawn: Mapping[_Pair, Sequence[Trace]], theming: Theming) -> dict[str, Measure]:
    columns: defaultdict[str, list[Sequence[JsonValue]]] = defaultdict(list)
    for (x, y), traces in drawn.items():
        for trace in traces:
            xs, ys = trace.x, trace.y
            if trace.kind in ("box", "violin"):
                named: list[JsonValue] = [trace.name]
                xs, ys = (xs, ys or named) if trace.is_horizontal else (xs or named, ys)
            columns[x].append(xs)
            columns[y].append(ys)
    measures = {name: measure_of(theming.axis(_long(name)), found) for name, found in columns.items()}
    for name, measure in measures.items():
        if measure.kind is AxisKind.CATEGORY:
            _order(measure, columns[name], text_at(theming.axis(_long(name)), "categoryorder"))
    return measures


def _order(measure: Measure, columns: Sequence[Sequence[JsonValue]], written: str) -> None:
    """Give the categories their places, those of all traces, sorted where the figure wants that."""
    for column in columns:
        measure.places(column)
    if written.startswith("category "):
        names = sorted(measure.categories, reverse=written.endswith("descending"))
        measure.categories.update({name: index for index, name in enumerate(names)})


def _long(name: str) -> str:
    """The key of an axis in the layout: `yaxis2` of `y2`."""
    return f"{name[0]}axis{name[1:]}"


def _layers(
    traces: Sequence[Trace], pair: _Pair, measures: Mapping[str, Measure], theming: Theming
) -> list[Layer]:
    space = Space(measures[pair[0]], measures[pair[1]], theming.layout, theming.scaling)
    layers: list[Layer] = []
    for kind, draw in _DRAWERS.items():
        group = [trace for trace in traces if _KINDS[trace.kind] == kind]
        if group:
            layers.append(draw(group, space))
    return layers


def _ranges(
    layers: Mapping[_Pair, Sequence[Layer]], measures: Mapping[str, Measure], theming: Theming
) -> dict[str, Range]:
    """What each axis shows; axes that match each other show the same."""
    extents: defaultdict[str, list[Extent]] = defaultdict(list)
    for pair, found in layers.items():
        for layer in found:
            for name, extent in zip(pair, (layer.x, layer.y), strict=True):
                if extent is not None:
                    extents[_matched(name, theming)].append(extent)
    return {
        name: _range(theming.axis(_long(name)), measure, extents[_matched(name, theming)])
        for name, measure in measures.items()
    }


def _matched(name: str, theming: Theming) -> str:
    target = text_at(theming.axis(_long(name)), "matches")
    return target if _AXIS.fullmatch(target) else name


def _range(options: JsonObject, measure: Measure, extents: Sequence[Extent]) -> Range:
    written = [measure.coordinate(value) for value in items_at(options, "range")[:2]]
    found = _found_range(measure, extents)
    if text_at(options, "rangemode") == "tozero" and measure.kind is AxisKind.LINEAR:
        found = Range(min(found.start, 0.0), max(found.end, 0.0))
    is_reversed = "reversed" in text_at(options, "autorange")
    if len(written) == 2 and value_at(options, "autorange") is not True:
        start = found.start if written[0] is None else written[0]
        end = found.end if written[1] is None else written[1]
        found = Range(start, end) if start != end else found
    return Range(found.end, found.start) if is_reversed else found


def _found_range(measure: Measure, extents: Sequence[Extent]) -> Range:
    extents = extents or [_EMPTY]
    low, high = min(one.low for one in extents), max(one.high for one in extents)
    if measure.kind is AxisKind.CATEGORY:
        return Range(min(low, -0.5), max(high, len(measure.categories) - 0.5))
    if low == high:
        half = abs(low) / 2 or 1.0
        return Range(low - half, high + half)
    margin = (high - low) * _MARGIN
    # Bars stand on their axis: what begins at zero keeps it as its edge.
    below = margin if any(one.roomy and one.low == low for one in extents) and low != 0 else 0.0
    above = margin if any(one.roomy and one.high == high for one in extents) and high != 0 else 0.0
    return Range(low - below, high + above)


def _axis(name: str, measure: Measure, shown: Range, theming: Theming) -> Axis:
    options = theming.axis(_long(name))
    return Axis(options, measure, shown, title_of(options))


def _base(name: str, theming: Theming) -> str:
    """The axis that another one lies over, or itself."""
    target = text_at(theming.axis(_long(name)), "overlaying")
    return target if _AXIS.fullmatch(target) and target[0] == name[0] else name


def _domain(pair: _Pair, theming: Theming) -> Domain:
    left, right = _span(theming.axis(_long(pair[0])))
    bottom, top = _span(theming.axis(_long(pair[1])))
    return Domain(left, right, bottom, top)


def _span(options: JsonObject) -> tuple[float, float]:
    found = [number_of(value) for value in items_at(options, "domain")[:2]]
    if len(found) == 2 and found[0] is not None and found[1] is not None:
        low, high = max(0.0, found[0]), min(1.0, found[1])
        if low < high:
            return low, high
    return 0.0, 1.0
