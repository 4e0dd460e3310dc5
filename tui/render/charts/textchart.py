"""A chart as rows of text: words as they are, the plot areas by block characters and Braille dots."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import groupby
from math import cos, pi, sin
from typing import Final

from tui.render.canvas import Ground
from tui.render.charts.arrangement import Arrangement, Field, Planted
from tui.render.charts.cellraster import CellRaster, Glyph, Place
from tui.render.charts.colors import GROUND, Rgba, seen_on
from tui.render.charts.marks import Area, Box, Dots, Line, Mesh, Point, Word
from tui.render.charts.ticks import Range
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width, graphemes

_RULE: Final = Style(Role.RULE)
_BLANK: Final = Glyph(" ", Style())
_PIXELS: Final = 8
"""Of the figure, a cell's width."""
_BUBBLE: Final = 16  # pixels from which a marker is drawn as a disc
_CELLS_A_MARKER: Final = 5
"""Cells of the area for each marker, if they are to be drawn as characters."""
_CORNERS: Final = 24


def chart_rows(arrangement: Arrangement, ground: Ground) -> list[Row]:
    """The rows of an arrangement, all of its width."""
    cells = [[_BLANK] * arrangement.columns for _ in range(arrangement.rows)]
    for rule in arrangement.rules:
        _put(cells, rule.column, rule.row, rule.text, Style(rule.role))
    for field in arrangement.fields:
        _draw_field(cells, field, ground)
    for swatch in arrangement.swatches:
        for index, color in enumerate(swatch.colors):
            _put(cells, swatch.column + index, swatch.row, " ", Style(bg=color.over(GROUND[ground])))
    for text in arrangement.texts:
        color = None if text.color is None else seen_on(text.color.over(GROUND[ground]), ground)
        _put(cells, text.column, text.row, text.text, Style(text.role, fg=color, bold=text.bold))
    return [_row(line) for line in cells]


def _put(cells: list[list[Glyph]], column: int, row: int, text: str, style: Style) -> None:
    """Write in the cells, cut at the edges."""
    if not 0 <= row < len(cells):
        return
    line = cells[row]
    for grapheme in graphemes(text):
        if column >= 0 and column + grapheme.width <= len(line):
            line[column] = Glyph(text[grapheme.start : grapheme.end], style)
            for behind in range(column + 1, column + grapheme.width):
                line[behind] = Glyph("", style)
        column += grapheme.width


def _row(line: Sequence[Glyph]) -> Row:
    spans: list[Span] = []
    for style, group in groupby(line, key=lambda glyph: glyph.style):
        text = "".join(glyph.text for glyph in group)
        spans.append(Span(text, style, cell_width(text)))
    return tuple(spans)


def _draw_field(cells: list[list[Glyph]], field: Field, ground: Ground) -> None:
    if field.framed:
        _draw_frame(cells, field)
    raster = CellRaster(field.columns, field.rows, GROUND[ground])
    markers = sum(
        len(mark.points) for plane in field.planes for mark in plane.marks if isinstance(mark, Dots)
    )
    are_few = markers * _CELLS_A_MARKER <= field.columns * field.rows
    for plane in field.planes:
        for mark in plane.marks:
            if isinstance(mark, Dots):
                _draw_dots(raster, plane, mark, ground, are_few=are_few)
            else:
                _draw(raster, plane, mark, ground)
    for row in range(field.rows):
        for column in range(field.columns):
            glyph = raster.glyph(column, row)
            if glyph.text != " " or glyph.style.bg is not None:
                cells[field.top + row][field.left + column] = glyph


def _draw_frame(cells: list[list[Glyph]], field: Field) -> None:
    """The two axes with a mark at each tick, and faint lines across from those of the left one."""
    left, bottom = field.left - 1, field.top + field.rows
    for row in range(field.rows):
        _put(cells, left, field.top + row, "│", _RULE)
    _put(cells, left, bottom, "└" + "─" * field.columns, _RULE)
    for share in field.x_ticks:
        _put(cells, field.left + min(field.columns - 1, int(share * field.columns)), bottom, "┴", _RULE)
    for share in field.y_ticks:
        row = field.top + min(field.rows - 1, max(0, int((1 - share) * field.rows)))
        _put(cells, left, row, "┤" + "┈" * field.columns, _RULE)
    if field.right_ticks:
        for row in range(field.rows + 1):
            _put(cells, field.left + field.columns, field.top + row, "│" if row < field.rows else "┘", _RULE)
        for share in field.right_ticks:
            row = field.top + min(field.rows - 1, max(0, int((1 - share) * field.rows)))
            _put(cells, field.left + field.columns, row, "├", _RULE)


def _place(raster: CellRaster, plane: Planted, point: Point) -> Place:
    return Place(plane.x.share(point.x) * raster.columns, (1 - plane.y.share(point.y)) * raster.rows)


def _draw(raster: CellRaster, plane: Planted, mark: Line | Area | Box | Mesh | Word, ground: Ground) -> None:
    place = partial(_place, raster, plane)
    match mark:
        case Line(is_edge=True):
            pass
        case Line(points, color, _, dashed):
            raster.draw_line([place(point) for point in points], _seen(color, ground), dashed=dashed)
        case Area(points, color):
            raster.fill_polygon([place(point) for point in points], color)
        case Box(first, second, color):
            raster.fill_box(place(first), place(second), color)
        case Mesh():
            _draw_mesh(raster, plane, mark)
        case Word(at, text, color):
            where = place(at)
            if 0 <= where.x <= raster.columns and 0 <= where.y <= raster.rows:
                column, row = int(where.x - cell_width(text) / 2 + 0.5), min(raster.rows - 1, int(where.y))
                raster.write(column, row, text, None if color is None else _seen(color, ground))


@lru_cache(maxsize=4096)
def _seen(color: Rgba, ground: Ground) -> Rgba:
    """An opaque colour that can be told from the ground."""
    return Rgba(*seen_on(color.over(GROUND[ground]), ground))


def _draw_dots(raster: CellRaster, plane: Planted, dots: Dots, ground: Ground, *, are_few: bool) -> None:
    """Markers: large ones as discs, others as characters where there are few, else as dots."""
    places = [_place(raster, plane, point) for point in dots.points]
    for index, at in enumerate(places):
        color = dots.colors[index if len(dots.colors) > 1 else 0]
        size = dots.sizes[index if len(dots.sizes) > 1 else 0]
        if not (-2 <= at.x <= raster.columns + 2 and -2 <= at.y <= raster.rows + 2):
            continue
        if size >= _BUBBLE:
            raster.fill_polygon(_disc(at, size / 2 / _PIXELS), color.faded(0.85))
        elif are_few and 0 <= at.x <= raster.columns and 0 <= at.y <= raster.rows:
            column, row = min(raster.columns - 1, int(at.x)), min(raster.rows - 1, int(at.y))
            raster.write(column, row, "●" if size >= 4 else "•", _seen(color, ground))
        else:
            raster.draw_dot(at, _seen(color, ground))


def _disc(at: Place, radius: float) -> list[Place]:
    """A circle of a radius in cells' widths; a cell is twice as high as wide."""
    angles = [2 * pi * index / _CORNERS for index in range(_CORNERS)]
    return [Place(at.x + radius * cos(angle), at.y + radius * sin(angle) / 2) for angle in angles]


def _draw_mesh(raster: CellRaster, plane: Planted, mesh: Mesh) -> None:
    """Each half of a cell takes the colour at its middle."""
    columns = [
        _between(mesh.x_edges, plane.x, (column + 0.5) / raster.columns) for column in range(raster.columns)
    ]
    for half in range(raster.rows * 2):
        row = _between(mesh.y_edges, plane.y, 1 - (half + 0.5) / (raster.rows * 2))
        if row is None:
            continue
        colors = mesh.rows[row]
        for column, index in enumerate(columns):
            color = colors[index] if index is not None else None
            if color is not None:
                raster.fill_half_cell(column, half, color)


def _between(edges: Sequence[float], shown: Range, share: float) -> int | None:
    """Between which of the edges a share of the area is."""
    value = shown.start + share * (shown.end - shown.start)
    index = bisect_right(edges, value) - 1
    return index if 0 <= index < len(edges) - 1 else None
