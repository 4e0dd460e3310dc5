"""Heat maps; contours and two-dimensional histograms are drawn as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from math import floor

from kernelbridge.outputs import JsonValue
from tui.render.charts.axes import AxisKind, Measure
from tui.render.charts.colors import Rgba
from tui.render.charts.figurejson import items_at, number_of, text_at, value_at
from tui.render.charts.marks import Extent, Layer, Mark, Mesh, Point, Word
from tui.render.charts.ticks import formatted, nice_step, number_label
from tui.render.charts.trace import Space, Trace
from tui.render.charts.typedarrays import table_of
from tui.render.drawing import CannotDrawError

_BINS = 20
_MOST_LINES = 400
_MOST_NUMBERS = 400
_FORMAT = re.compile(r"%\{z:([^{}]{1,10})\}")


def draw_heatmap(traces: Sequence[Trace], space: Space) -> Layer:
    """The meshes of all traces."""
    pairs = [(trace, mesh) for trace in traces if (mesh := _mesh(trace, space)) is not None]
    meshes = [mesh for _, mesh in pairs]
    if not meshes:
        return Layer(())
    xs = [edge for mesh in meshes for edge in (mesh.x_edges[0], mesh.x_edges[-1])]
    ys = [edge for mesh in meshes for edge in (mesh.y_edges[0], mesh.y_edges[-1])]
    marks: list[Mark] = [*meshes]
    for trace, mesh in pairs:
        marks += _numbers(trace, mesh)
    return Layer(marks, Extent(min(xs), max(xs), roomy=False), Extent(min(ys), max(ys), roomy=False))


def _mesh(trace: Trace, space: Space) -> Mesh | None:
    if trace.kind == "image":
        return _pixels(trace)
    if trace.kind.startswith("histogram2d"):
        return _counted(trace, space)
    rows = [[number_of(value) for value in row] for row in table_of(value_at(trace.data, "z"))]
    columns = max(map(len, rows), default=0)
    if not columns:
        return None
    x_edges, x_order = _edges(trace.x, space.x, columns)
    y_edges, y_order = _edges(trace.y, space.y, len(rows))
    ordered = [
        [row[index] if index < len(row) else None for index in x_order]
        for row in (rows[at] for at in y_order)
    ]
    return _colored(trace, space, *_thinned(x_edges, y_edges, ordered))


def _thinned(
    x_edges: Sequence[float], y_edges: Sequence[float], rows: Sequence[Sequence[float | None]]
) -> tuple[Sequence[float], Sequence[float], Sequence[Sequence[float | None]]]:
    """Of very many rows and columns some, evenly: more than any chart here has places for."""
    across, down = (-(-(len(edges) - 1) // _MOST_LINES) for edges in (x_edges, y_edges))
    if across == down == 1:
        return x_edges, y_edges, rows
    return (
        [*x_edges[:-1:across], x_edges[-1]],
        [*y_edges[:-1:down], y_edges[-1]],
        [row[::across] for row in rows[::down]],
    )


def _colored(
    trace: Trace,
    space: Space,
    x_edges: Sequence[float],
    y_edges: Sequence[float],
    rows: Sequence[Sequence[float | None]],
) -> Mesh | None:
    known = [value for value in chain.from_iterable(rows) if value is not None]
    if not known:
        return None
    scale, opacity = space.scaling(trace.data, known), trace.opacity
    return Mesh(
        x_edges,
        y_edges,
        [[None if value is None else scale.color(value).faded(opacity) for value in row] for row in rows],
    )


def _numbers(trace: Trace, mesh: Mesh) -> list[Mark]:
    """The numbers in the rectangles, where the figure wants them written."""
    template = text_at(trace.data, "texttemplate")
    columns, rows = len(mesh.x_edges) - 1, len(mesh.rows)
    if "%{z" not in template or columns * rows > _MOST_NUMBERS or trace.kind not in ("heatmap", "contour"):
        return []
    found = _FORMAT.search(template)
    table = table_of(value_at(trace.data, "z"))
    numbers: list[Mark] = []
    for row in range(min(rows, len(table))):
        for column in range(min(columns, len(table[row]))):
            value = number_of(table[row][column])
            if value is not None:
                x, y = (
                    (edges[at] + edges[at + 1]) / 2
                    for edges, at in ((mesh.x_edges, column), (mesh.y_edges, row))
                )
                text = formatted(value, found[1] if found is not None else "") or number_label(
                    value, abs(value) / 100
                )
                numbers.append(Word(Point(x, y), text))
    return numbers


def _edges(column: Sequence[JsonValue], measure: Measure, count: int) -> tuple[list[float], list[int]]:
    """The edges of the rectangles, ascending, and which row or column of the data is between them.

    What is given may be their middles or, one more, their edges.
    """
    places = [place for place in measure.places(column[: count + 1]) if place is not None]
    if len(places) == count + 1:
        return sorted(places), list(range(count)) if places[0] <= places[-1] else list(reversed(range(count)))
    if len(places) != count:
        places = [float(index) for index in range(count)]
    order = sorted(range(count), key=lambda index: places[index])
    middles = [places[index] for index in order]
    if count == 1:
        return [middles[0] - 0.5, middles[0] + 0.5], order
    between = [(a + b) / 2 for a, b in pairwise(middles)]
    return [2 * middles[0] - between[0], *between, 2 * middles[-1] - between[-1]], order


def _counted(trace: Trace, space: Space) -> Mesh | None:
    pairs = [
        (x, y)
        for x, y in zip(space.x.places(trace.x), space.y.places(trace.y), strict=False)
        if x is not None and y is not None
    ]
    if not pairs:
        return None
    x_edges = _bins([x for x, _ in pairs], space.x, number_of(value_at(trace.data, "nbinsx")))
    y_edges = _bins([y for _, y in pairs], space.y, number_of(value_at(trace.data, "nbinsy")))
    rows: list[list[float | None]] = [[None] * (len(x_edges) - 1) for _ in y_edges[1:]]
    for x, y in pairs:
        column, row = (
            min(len(edges) - 2, floor((value - edges[0]) / (edges[1] - edges[0])))
            for value, edges in ((x, x_edges), (y, y_edges))
        )
        rows[row][column] = (rows[row][column] or 0) + 1
    return _colored(trace, space, x_edges, y_edges, rows)


def _bins(values: Sequence[float], measure: Measure, wanted: float | None) -> list[float]:
    low, high = min(values), max(values)
    if measure.kind is AxisKind.CATEGORY or high <= low:
        return [low - 0.5 + index for index in range(int(high - low) + 2)]
    size = nice_step((high - low) / min(500.0, max(1.0, wanted or _BINS)))
    start = floor(low / size) * size
    return [start + index * size for index in range(floor((high - start) / size) + 2)]


def _pixels(trace: Trace) -> Mesh | None:
    """An image trace, whose rows go down; only pixels given as numbers are drawn."""
    table = items_at(trace.data, "z")
    if not table:
        raise CannotDrawError("a picture inside a figure is not drawn")
    if sum(len(row) for row in table if isinstance(row, list)) > 500_000:
        raise CannotDrawError("its values are too many to draw")
    has_alpha = text_at(trace.data, "colormodel").startswith("rgba")
    rows = [[_pixel(value, has_alpha=has_alpha) for value in row] for row in table if isinstance(row, list)]
    columns = max(map(len, rows), default=0)
    if not columns:
        return None
    squared = [[*row, *[None] * (columns - len(row))] for row in rows]
    return Mesh(
        [index - 0.5 for index in range(columns + 1)],
        [index - 0.5 for index in range(len(rows) + 1)],
        squared,
    )


def _pixel(value: JsonValue, *, has_alpha: bool) -> Rgba | None:
    if not isinstance(value, list) or len(value) < 3:
        return None
    red, green, blue = (int(min(255.0, max(0.0, number_of(level) or 0.0))) for level in value[:3])
    alpha = number_of(value[3]) if has_alpha and len(value) > 3 else 1
    return Rgba(red, green, blue, min(1.0, max(0.0, 1 if alpha is None else alpha)))
