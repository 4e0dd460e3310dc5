"""Vega's scene graphs in cells: words where they stand, marks as blocks and dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.arrangement import Arrangement, Field, Planted, Text
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import items_at, number_at, object_at, text_at, text_of, value_at
from tui.render.charts.labels import shortened
from tui.render.charts.marks import Area, Box, Dots, Line, Mark, Point
from tui.render.charts.ticks import Range
from tui.render.drawing import CannotDrawError
from tui.render.rows import Role
from tui.render.width import cell_width

CELL_WIDTH: Final = 6.0
"""Pixels of a chart that a cell shows: about a letter of the size that Vega writes labels in."""
_MOST_ITEMS: Final = 200_000
_DEEPEST: Final = 60
_MOST_ROWS: Final = 60
_ROLES: Final = {"axis-label": Role.MUTED, "axis-title": Role.MUTED, "legend-label": Role.TEXT}
_SYMBOL: Final[JsonObject] = {"text": "■", "align": "center", "baseline": "middle", "opacity": 1}
_HIDDEN: Final = frozenset(["axis-tick", "legend-gradient-tick"])
_OF_THEME: Final = ("axis", "legend-label", "legend-title", "title")
"""What the roles of words in the theme's colours begin with."""
_MOST_LINES, _LINE_HEIGHT = 5, 1.2
_GRADIENT_STEPS: Final = 16
_ARC: Final = 2 * pi / 180


@dataclass(slots=True)
class _Scene:
    """What was found in a scene graph, in pixels from its upper left corner."""

    marks: list[Mark] = field(default_factory=list[Mark])
    words: list[tuple[JsonObject, str, Point]] = field(default_factory=list[tuple[JsonObject, str, Point]])
    rules: list[tuple[Point, Point]] = field(default_factory=list[tuple[Point, Point]])
    """Lines of axes and grids."""
    left: int = _MOST_ITEMS

    def count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise CannotDrawError("a chart of too many marks to draw")


def arrangement_of(graph: JsonValue, columns: int) -> Arrangement:
    """The chart of a scene graph in at most so many columns. Raises CannotDrawError when it is none."""
    width, height = number_at(graph, "width", otherwise=0), number_at(graph, "height", otherwise=0)
    if width <= 0 or height <= 0:
        raise CannotDrawError("an empty chart")
    origin = items_at(graph, "origin")
    across, down = (number_at({"at": one}, "at", otherwise=0) for one in [*origin, 0, 0][:2])
    scene = _Scene()
    _walk(object_at(graph, "scenegraph"), Point(across, down), scene, _DEEPEST)
    cell = max(CELL_WIDTH, width / columns)
    wide, high = max(1, round(width / cell)), max(1, min(_MOST_ROWS, round(height / cell / 2)))
    plane = Planted(Range(0, width), Range(height, 0), scene.marks)
    scale = wide / width, high / height
    texts = [text for item, role, at in scene.words for text in _texts(item, role, at, scale)]
    rules = [_rule(first, second, scale) for first, second in scene.rules]
    fields = [Field(0, 0, wide, high, [plane], framed=False)]
    return Arrangement(wide, high, fields, _apart(texts, wide), (), [text for rule in rules for text in rule])


def _rule(first: Point, second: Point, scale: tuple[float, float]) -> list[Text]:
    """A line of an axis or a grid, from the upper left on, as characters that lines and areas lie on."""
    (left, right), (top, bottom) = sorted((first.x, second.x)), sorted((first.y, second.y))
    column, row = int(left * scale[0]), int(top * scale[1])
    if top == bottom:
        return [Text(column, row, "┈" * max(0, round(right * scale[0]) - column), Role.RULE)]
    height = min(_MOST_ROWS, max(0, round(bottom * scale[1]) - row))
    return [Text(column, row + below, "│", Role.RULE) for below in range(height)]


def _walk(mark: JsonObject, offset: Point, scene: _Scene, depth: int) -> None:
    if depth < 0:
        return
    kind, role = text_at(mark, "marktype"), text_at(mark, "role")
    items = [item for item in items_at(mark, "items") if isinstance(item, dict)]
    if kind in ("line", "area", "trail"):
        scene.marks += _joined(kind, items, offset, scene)
        return
    for item in items:
        scene.count()
        at = Point(offset.x + number_at(item, "x", otherwise=0), offset.y + number_at(item, "y", otherwise=0))
        if kind == "group":
            scene.marks += _rectangle(item, at, is_ground=True)
            for inner in items_at(item, "items"):
                if isinstance(inner, dict):
                    _walk(inner, at, scene, depth - 1)
        elif kind == "text":
            scene.words.append((item, role, at))
        elif role == "legend-symbol":
            scene.words.append(({**item, **_SYMBOL, "fill": _symbol_color(item)}, role, at))
        elif kind == "rule" and role in ("axis-grid", "axis-domain"):
            end = _end(item, offset, at)
            if role == "axis-domain" or at.y == end.y:
                scene.rules.append((at, end))
        elif role not in _HIDDEN:
            scene.marks += _drawn(kind, item, at, offset)


def _symbol_color(item: JsonObject) -> JsonValue:
    fill = value_at(item, "fill")
    return fill if fill not in (None, "transparent") else value_at(item, "stroke")


def _end(item: JsonObject, offset: Point, at: Point) -> Point:
    """The other end of a rule."""
    return Point(
        offset.x + number_at(item, "x2", otherwise=at.x - offset.x),
        offset.y + number_at(item, "y2", otherwise=at.y - offset.y),
    )


def _drawn(kind: str, item: JsonObject, at: Point, offset: Point) -> list[Mark]:
    match kind:
        case "rule":
            color = _paint(item, "stroke")
            line = [at, _end(item, offset, at)]
            return [Line(line, color, dashed="strokeDash" in item)] if color is not None else []
        case "rect":
            return _rectangle(item, at)
        case "symbol":
            color = _paint(item, "fill") or _paint(item, "stroke")
            size = max(0.0, number_at(item, "size", otherwise=64)) ** 0.5
            return [Dots([at], [color], [size])] if color is not None else []
        case "arc":
            color = _paint(item, "fill")
            return [Area(_wedge(item, at), color)] if color is not None else []
        case _:
            return []


def _rectangle(item: JsonObject, at: Point, *, is_ground: bool = False) -> list[Mark]:
    """A filled rectangle; of a view, only one that is seen on any ground."""
    color = _paint(item, "fill")
    if color is None or (is_ground and (color.alpha == 0 or min(color[:3]) > 240)):
        return []
    width, height = number_at(item, "width", otherwise=0), number_at(item, "height", otherwise=0)
    stops = [color_of(value_at(stop, "color")) for stop in items_at(item, "fill", "stops")]
    colors = [stop for stop in stops if stop is not None]
    if not colors:
        return [Box(at, Point(at.x + width, at.y + height), color)]
    steps = [colors[step * len(colors) // _GRADIENT_STEPS] for step in range(_GRADIENT_STEPS)]
    if value_at(item, "fill", "x1") == value_at(item, "fill", "x2"):  # upwards
        part = height / _GRADIENT_STEPS
        tops = [at.y + height - (step + 1) * part for step in range(_GRADIENT_STEPS)]
        corners = [(Point(at.x, top), Point(at.x + width, top + part)) for top in tops]
        return [Box(first, second, one) for (first, second), one in zip(corners, steps, strict=True)]
    part = width / _GRADIENT_STEPS
    lefts = [at.x + step * part for step in range(_GRADIENT_STEPS)]
    corners = [(Point(x, at.y), Point(x + part, at.y + height)) for x in lefts]
    return [Box(first, second, one) for (first, second), one in zip(corners, steps, strict=True)]


def _joined(kind: str, items: Sequence[JsonObject], offset: Point, scene: _Scene) -> Iterator[Mark]:
    """Lines and areas, whose items are their points; where one is not defined there is a gap."""
    runs: list[list[JsonObject]] = [[]]
    for item in items:
        scene.count()
        if value_at(item, "defined") is False:
            runs.append([])
        else:
            runs[-1].append(item)
    for run in runs:
        if not run:
            continue
        line = [
            Point(offset.x + number_at(item, "x", otherwise=0), offset.y + number_at(item, "y", otherwise=0))
            for item in run
        ]
        fill, stroke = _paint(run[0], "fill"), _paint(run[0], "stroke")
        if kind == "area" and fill is not None:
            yield Area([*line, *reversed([_other(item, offset) for item in run])], fill)
        color = stroke if kind != "trail" else fill
        if color is not None:
            yield Line(line, color, dashed="strokeDash" in run[0])


def _other(item: JsonObject, offset: Point) -> Point:
    """The place on the other side of an area."""
    x, y = number_at(item, "x", otherwise=0), number_at(item, "y", otherwise=0)
    if value_at(item, "orient") == "horizontal":
        return Point(offset.x + number_at(item, "x2", otherwise=0), offset.y + y)
    return Point(offset.x + x, offset.y + number_at(item, "y2", otherwise=0))


def _wedge(item: JsonObject, at: Point) -> list[Point]:
    start, end = (number_at(item, name, otherwise=0) for name in ("startAngle", "endAngle"))
    inner, outer = (number_at(item, name, otherwise=0) for name in ("innerRadius", "outerRadius"))
    steps = max(2, min(360, int(abs(end - start) / _ARC)))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [
        *(Point(at.x + outer * sin(angle), at.y - outer * cos(angle)) for angle in angles),
        *(Point(at.x + inner * sin(angle), at.y - inner * cos(angle)) for angle in reversed(angles)),
    ]


def _paint(item: JsonObject, name: str) -> Rgba | None:
    """The colour of an item's `fill` or `stroke`; of a gradient, the one in its middle."""
    value = value_at(item, name)
    stops = items_at(value, "stops")
    color = color_of(value_at(stops[len(stops) // 2], "color")) if stops else color_of(value)
    if color is None:
        return None
    opacity = number_at(item, "opacity", otherwise=1) * number_at(item, f"{name}Opacity", otherwise=1)
    return color.faded(opacity) if opacity > 0 else None


def _texts(item: JsonObject, role: str, at: Point, scale: tuple[float, float]) -> list[Text]:
    """The cells of words; the scale is cells a pixel, across and down."""
    value = value_at(item, "text")
    lines = [text_of(one) for one in value] if isinstance(value, list) else [text_of(value)]
    if number_at(item, "opacity", otherwise=1) <= 0:
        return []
    across, down = scale
    size = number_at(item, "fontSize", otherwise=11)
    x = at.x + number_at(item, "dx", otherwise=0)
    y = at.y + number_at(item, "dy", otherwise=0)
    y += {"top": size / 2, "middle": 0.0}.get(text_at(item, "baseline"), -size / 2)
    is_bold = role.startswith("title")
    color = None if role.startswith(_OF_THEME) else color_of(value_at(item, "fill"))
    texts: list[Text] = []
    for number, line in enumerate(lines[:_MOST_LINES]):
        width = cell_width(line)
        shift = {"right": width, "center": width / 2}.get(text_at(item, "align"), 0)
        column, row = round(x * across - shift), int((y + number * size * _LINE_HEIGHT) * down)
        texts.append(Text(column, row, line, _ROLES.get(role, Role.TEXT), is_bold, color))
    return texts


def _apart(texts: list[Text], columns: int) -> list[Text]:
    """The texts inside of the chart, and of those that would stand upon each other the first."""
    taken: set[tuple[int, int]] = set()
    kept: list[Text] = []
    for text in texts:
        shown = shortened(text.text, columns)
        width = cell_width(shown)
        column = max(0, min(text.column, columns - width))
        cells = {(at, text.row) for at in range(column, column + width)}
        if shown and not cells & taken:
            taken |= cells | {(column - 1, text.row), (column + width, text.row)}
            kept.append(text._replace(column=column, text=shown))
    return kept
