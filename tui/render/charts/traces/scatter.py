"""Scatter traces: lines, markers, areas, error bars, text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise

from kernelbridge.outputs import JsonValue
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import number_at, number_of, object_at, text_at, text_of, value_at
from tui.render.charts.marks import Area, Dots, Extent, Layer, Line, Mark, Point, Word
from tui.render.charts.trace import Space, Trace, colors_of_marks, filled
from tui.render.charts.typedarrays import column_of

_FEW = 20  # up to so many points have markers where the figure does not say (plotly.js, scatter/defaults.js)
_MOST_WORDS = 200
_MANY = 20_000
"""Points of a line that are all drawn."""
_FILL_OPACITY = 0.5


def draw_scatter(traces: Sequence[Trace], space: Space) -> Layer:
    """The lines and markers of all traces, the first at the bottom."""
    marks: list[Mark] = []
    stacks: defaultdict[str, dict[float, float]] = defaultdict(dict)
    before: Sequence[Point] = ()
    everything: list[Point] = []
    roomy = False
    for trace in traces:
        runs = _runs(trace, space)
        group = text_at(trace.data, "stackgroup")
        lower: Sequence[Point] = ()
        if group:
            runs, lower = _stacked(runs, stacks[group])
        points = list(chain.from_iterable(runs))
        modes = _modes(trace, len(points), is_stacked=bool(group))
        roomy = roomy or "markers" in modes or "text" in modes
        areas = _areas(trace, runs, lower, before)
        marks += areas
        if "lines" in modes:
            marks += _lines(trace, runs, is_edge=bool(areas))
        bars = _errors(trace, points)
        marks += bars
        if "markers" in modes:
            part = object_at(trace.data, "marker")
            marks.append(
                Dots(points, colors_of_marks(trace, part, space, len(points)), _sizes(trace, len(points)))
            )
        if "text" in modes:
            marks += _words(trace, points)
        everything += points
        everything += lower
        everything += [end for bar in bars for end in bar.points]
        if text_at(trace.data, "fill") == "tozeroy" or group:
            everything += [Point(point.x, 0) for point in points[:1]]
        before = points
    if not everything:
        return Layer(marks)
    xs, ys = [point.x for point in everything], [point.y for point in everything]
    return Layer(marks, Extent(min(xs), max(xs), roomy), Extent(min(ys), max(ys)))


def _runs(trace: Trace, space: Space) -> list[list[Point]]:
    """The points, cut where there is a gap."""
    length = max(len(trace.x), len(trace.y))
    xs = space.x.places(filled(trace.x, trace, "x0", "dx", length))
    ys = space.y.places(filled(trace.y, trace, "y0", "dy", length))
    runs: list[list[Point]] = [[]]
    for x, y in zip(xs, ys, strict=False):
        if x is not None and y is not None:
            runs[-1].append(Point(x, y))
        elif runs[-1] and value_at(trace.data, "connectgaps") is not True:
            runs.append([])
    return [thinned(run) for run in runs if run]


def thinned(run: list[Point]) -> list[Point]:
    """Of very many points those that are seen: the lowest and the highest of each few."""
    if len(run) <= _MANY:
        return run
    size = 2 * -(-len(run) // _MANY)
    kept: list[Point] = []
    for start in range(0, len(run), size):
        few = run[start : start + size]
        ends = {few.index(min(few, key=_height)), few.index(max(few, key=_height))}
        kept += [few[index] for index in sorted(ends)]
    return kept


def _height(point: Point) -> float:
    return point.y


def _modes(trace: Trace, count: int, *, is_stacked: bool) -> set[str]:
    written = text_at(trace.data, "mode")
    if written:
        return set(written.split("+"))
    return {"lines", "markers"} if count < _FEW and not is_stacked else {"lines"}


def _stacked(
    runs: list[list[Point]], heights: dict[float, float]
) -> tuple[list[list[Point]], Sequence[Point]]:
    """The points on top of those of the traces before, and what they stand on."""
    points = sorted(chain.from_iterable(runs))
    lower = [Point(point.x, heights.get(point.x, 0.0)) for point in points]
    for point in points:
        heights[point.x] = heights.get(point.x, 0.0) + point.y
    return [[Point(point.x, heights[point.x]) for point in points]], lower


def _areas(
    trace: Trace, runs: Sequence[Sequence[Point]], lower: Sequence[Point], before: Sequence[Point]
) -> list[Mark]:
    fill = text_at(trace.data, "fill")
    own = color_of(value_at(trace.data, "fillcolor"))
    line = color_of(value_at(trace.data, "line", "color"))
    color = own or (line or trace.color).faded(_FILL_OPACITY)
    areas: list[Mark] = []
    for run in runs:
        points = _shaped(trace, run)
        if lower:
            areas.append(Area([*points, *reversed(_shaped(trace, lower))], color))
        elif fill == "toself" or (fill == "tonext" and not before):
            areas.append(Area(points, color))
        elif fill in ("tonexty", "tonextx", "tonext") and before:
            areas.append(Area([*points, *reversed(before)], color))
        elif fill in ("tozeroy", "tonexty"):
            areas.append(Area([Point(points[0].x, 0), *points, Point(points[-1].x, 0)], color))
        elif fill in ("tozerox", "tonextx"):
            areas.append(Area([Point(0, points[0].y), *points, Point(0, points[-1].y)], color))
    return areas


def _lines(trace: Trace, runs: Sequence[Sequence[Point]], *, is_edge: bool) -> list[Mark]:
    color = (color_of(value_at(trace.data, "line", "color")) or _marker_color(trace) or trace.color).faded(
        trace.opacity
    )
    width = number_at(trace.data, "line", "width", otherwise=2)
    if width <= 0:
        return []
    dashed = text_at(trace.data, "line", "dash") not in ("", "solid")
    return [Line(_shaped(trace, run), color, width, dashed, is_edge) for run in runs]


def _marker_color(trace: Trace) -> Rgba | None:
    return color_of(value_at(trace.data, "marker", "color"))


def _shaped(trace: Trace, run: Sequence[Point]) -> Sequence[Point]:
    """The points of a line that goes in steps where the figure says so."""
    shape = text_at(trace.data, "line", "shape")
    if shape not in ("hv", "vh", "hvh", "vhv"):
        return run
    points = list(run[:1])
    for before, point in pairwise(run):
        match shape:
            case "hv":
                corners = [Point(point.x, before.y)]
            case "vh":
                corners = [Point(before.x, point.y)]
            case "hvh":
                middle = (before.x + point.x) / 2
                corners = [Point(middle, before.y), Point(middle, point.y)]
            case _:
                middle = (before.y + point.y) / 2
                corners = [Point(before.x, middle), Point(point.x, middle)]
        points += [*corners, point]
    return points


def _errors(trace: Trace, points: Sequence[Point]) -> list[Line]:
    """Error bars of both directions, without their caps."""
    marks: list[Line] = []
    for name in ("error_x", "error_y"):
        part = object_at(trace.data, name)
        if not part or value_at(part, "visible") is False:
            continue
        color = (color_of(value_at(part, "color")) or _marker_color(trace) or trace.color).faded(
            trace.opacity
        )
        above, below = column_of(value_at(part, "array")), column_of(value_at(part, "arrayminus"))
        constant = number_of(value_at(part, "value")) or 0.0
        percent = text_at(part, "type") == "percent"
        for index, point in enumerate(points):
            base = point.y if name == "error_y" else point.x
            fixed = abs(base) * constant / 100 if percent else constant
            up = (number_of(above[index]) if index < len(above) else None) or (0.0 if above else fixed)
            down = (number_of(below[index]) if index < len(below) else None) or (0.0 if below else up)
            ends = (
                [Point(point.x, base - down), Point(point.x, base + up)]
                if name == "error_y"
                else [Point(base - down, point.y), Point(base + up, point.y)]
            )
            marks.append(Line(ends, color, 1))
    return marks


def _sizes(trace: Trace, count: int) -> Sequence[float]:
    """Diameters in pixels: Plotly scales a column of sizes by `sizeref`, as areas or as diameters."""
    size = value_at(trace.data, "marker", "size")
    if not isinstance(size, dict | list):
        return [number_of(size) or 6]
    column = column_of(size)
    reference = number_at(trace.data, "marker", "sizeref", otherwise=1) or 1
    least = number_at(trace.data, "marker", "sizemin", otherwise=0)
    as_area = text_at(trace.data, "marker", "sizemode") == "area"
    sizes: list[float] = []
    for value in column[:count]:
        scaled = max(0.0, (number_of(value) or 0.0) / reference)
        sizes.append(min(200.0, max(scaled**0.5 if as_area else scaled, least)))
    return sizes + [6.0] * (count - len(sizes)) or [6]


def _words(trace: Trace, points: Sequence[Point]) -> list[Mark]:
    text: JsonValue = value_at(trace.data, "text")
    texts = [text_of(one) for one in column_of(text)[:_MOST_WORDS]] if isinstance(text, list) else []
    return [Word(point, one) for point, one in zip(points, texts, strict=False) if one]
