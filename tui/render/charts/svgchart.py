"""A chart as SVG, on the same field of cells as its text: for terminals that show pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from tui.render.canvas import CellSize, Ground
from tui.render.charts.arrangement import Arrangement, Field, Planted, Text
from tui.render.charts.colors import GROUND, Rgba, mixed, seen_on
from tui.render.charts.marks import Area, Box, Dots, Line, Mark, Mesh, Point, Word
from tui.render.rows import Rgb, Role
from tui.render.width import cell_width

_FONT: Final = "DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"
_FONT_SIZE: Final = 0.72
"""Of a cell's height."""
_BEYOND: Final = 4.0
"""How far outside of its area, in sizes of it, a place may be: renderers dislike numbers without bounds."""
_MOST_POINTS: Final = 20_000
_MOST_TILES: Final = 20_000


def chart_svg(arrangement: Arrangement, cell: CellSize, ground: Ground) -> str:
    """The SVG document of an arrangement: a cell of it is as large as one of the terminal."""
    return "\n".join(_document(arrangement, cell, ground))


def _document(arrangement: Arrangement, cell: CellSize, ground: Ground) -> Iterator[str]:
    width, height = arrangement.columns * cell.width, arrangement.rows * cell.height
    font_size = cell.height * _FONT_SIZE
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" font-size="{font_size:.1f}">'
    )
    yield f'<rect width="{width}" height="{height}" fill="{_hex(GROUND[ground])}"/>'
    for number, field in enumerate(arrangement.fields):
        yield from _field(field, number, cell, ground)
    for swatch in arrangement.swatches:
        for index, color in enumerate(swatch.colors):
            x, y = (swatch.column + index) * cell.width, swatch.row * cell.height
            size = f'width="{cell.width + 0.5}" height="{cell.height - 4}"'
            yield f'<rect x="{x}" y="{y + 2}" {size} {_fill(color)}/>'
    for text in arrangement.texts:
        yield _text(text, cell, ground)
    yield "</svg>"


def _ink(ground: Ground, role: Role) -> str:
    base = GROUND[ground]
    ink: Rgb = (236, 236, 240) if ground is Ground.DARK else (30, 32, 38)
    return _hex(mixed(ink, base, {Role.MUTED: 0.25, Role.RULE: 0.7, Role.FAINT: 0.85}.get(role, 0.0)))


def _text(text: Text, cell: CellSize, ground: Ground) -> str:
    x, y = text.column * cell.width, (text.row + 0.78) * cell.height
    width = cell_width(text.text) * cell.width
    if text.text == "■" and text.color is not None:
        side = cell.width
        return f'<rect x="{x}" y="{y - side}" width="{side}" height="{side}" {_fill(text.color)}/>'
    weight = ' font-weight="bold"' if text.bold or text.role is Role.STRONG else ""
    # Words stand in the middle of their cells, as letters here are narrower than cells.
    return (
        f'<text x="{x + width / 2:.1f}" y="{y:.1f}" text-anchor="middle"{weight} '
        f'fill="{_ink(ground, text.role)}">{escape(text.text)}</text>'
    )


def _field(field: Field, number: int, cell: CellSize, ground: Ground) -> Iterator[str]:
    left, top = field.left * cell.width, field.top * cell.height
    width, height = field.columns * cell.width, field.rows * cell.height
    yield f'<clipPath id="area{number}"><rect width="{width}" height="{height}"/></clipPath>'
    yield f'<g transform="translate({left} {top})">'
    if field.framed:
        faint, rule = _ink(ground, Role.FAINT), _ink(ground, Role.RULE)
        for share in field.y_ticks:
            yield _stroke(faint, 1, f"M0 {(1 - share) * height:.1f}H{width}")
        for share in field.x_ticks:
            yield _stroke(faint, 1, f"M{share * width:.1f} 0V{height}")
        yield _stroke(rule, 1, f"M0 0V{height}H{width}" + (f"V0M{width} 0" if field.right_ticks else ""))
    yield f'<g clip-path="url(#area{number})">'
    for plane in field.planes:
        area = _Area(plane, width, height)
        for mark in plane.marks:
            yield from area.draw(mark, ground)
    yield "</g></g>"


class _Area:
    """Marks of a plane in pixels."""

    def __init__(self, plane: Planted, width: int, height: int) -> None:
        self._plane = plane
        self._width = width
        self._height = height

    def draw(self, mark: Mark, ground: Ground) -> Iterator[str]:
        match mark:
            case Line(points, color, width, dashed):
                dash = f' stroke-dasharray="{3 * width:.1f} {2 * width:.1f}"' if dashed else ""
                yield _stroke(
                    _hex(seen_on(color.over(GROUND[ground]), ground)), width, self._path(points), dash
                )
            case Area(points, color):
                yield f'<path d="{self._path(points)}Z" fill-rule="evenodd" {_fill(color)}/>'
            case Box(first, second, color):
                (x0, y0), (x1, y1) = self._place(first), self._place(second)
                yield self._rectangle(x0, y0, x1, y1, color)
            case Dots():
                yield from self._dots(mark)
            case Mesh():
                yield from self._mesh(mark)
            case Word(at, text, color):
                x, y = self._place(at)
                ink = _ink(ground, Role.TEXT) if color is None else _hex(color.over(GROUND[ground]))
                place = f'x="{x:.1f}" y="{y:.1f}" dy="0.35em" text-anchor="middle"'
                yield f'<text {place} fill="{ink}">{escape(text)}</text>'

    def _place(self, point: Point) -> tuple[float, float]:
        x, y = self._plane.x.share(point.x), 1 - self._plane.y.share(point.y)
        return (
            min(max(x, -_BEYOND), 1 + _BEYOND) * self._width,
            min(max(y, -_BEYOND), 1 + _BEYOND) * self._height,
        )

    def _path(self, points: Sequence[Point]) -> str:
        stride = max(1, len(points) // _MOST_POINTS)
        places = [self._place(point) for point in points[::stride]]
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) if places else "M0 0"

    def _dots(self, dots: Dots) -> Iterator[str]:
        stride = max(1, len(dots.points) // _MOST_POINTS)
        for index in range(0, len(dots.points), stride):
            x, y = self._place(dots.points[index])
            color = dots.colors[index if len(dots.colors) > 1 else 0]
            size = dots.sizes[index if len(dots.sizes) > 1 else 0]
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2:.1f}" {_fill(color)}/>'

    def _mesh(self, mesh: Mesh) -> Iterator[str]:
        rows, columns = _strided(len(mesh.rows)), _strided(len(mesh.x_edges) - 1)
        for row in range(0, len(mesh.rows), rows):
            behind = min(row + rows, len(mesh.rows))
            for column in range(0, len(mesh.x_edges) - 1, columns):
                color = mesh.rows[row][column]
                if color is not None:
                    after = min(column + columns, len(mesh.x_edges) - 1)
                    first = self._place(Point(mesh.x_edges[column], mesh.y_edges[row]))
                    second = self._place(Point(mesh.x_edges[after], mesh.y_edges[behind]))
                    yield self._rectangle(*first, *second, color)

    @staticmethod
    def _rectangle(x0: float, y0: float, x1: float, y1: float, color: Rgba) -> str:
        left, top = min(x0, x1), min(y0, y1)
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(abs(x1 - x0), 0.5):.1f}" '
            f'height="{max(abs(y1 - y0), 0.5):.1f}" shape-rendering="crispEdges" {_fill(color)}/>'
        )


def _strided(count: int) -> int:
    """Every which row or column of a mesh is drawn, so that there are not too many rectangles."""
    return max(1, -(-count // int(_MOST_TILES**0.5)))


def _stroke(color: str, width: float, path: str, more: str = "") -> str:
    look = f'stroke="{color}" stroke-width="{min(width, 20.0):.1f}" stroke-linejoin="round"{more}'
    return f'<path d="{path}" fill="none" {look}/>'


def _fill(color: Rgba) -> str:
    opacity = f' fill-opacity="{color.alpha:.3f}"' if color.alpha < 1 else ""
    return f'fill="{_hex((color.red, color.green, color.blue))}"{opacity}'


def _hex(color: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
