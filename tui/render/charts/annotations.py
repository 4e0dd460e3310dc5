"""What a figure has besides its traces: shapes, words at places, titles of panels, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.chart import Axis, Domain, Panel, Round
from tui.render.charts.colors import color_of
from tui.render.charts.figurejson import items_at, number_at, number_of, text_at, value_at
from tui.render.charts.marks import Area, Line, Mark, Point, Word

_MOST: Final = 300
_NEAR: Final = 0.04


def shapes_of(
    layout: JsonObject, names: tuple[str, str], axes: tuple[Axis, Axis]
) -> tuple[list[Mark], list[Mark]]:
    """The shapes on a pair of axes: those below the traces, and those above."""
    below: list[Mark] = []
    above: list[Mark] = []
    for shape in items_at(layout, "shapes")[:_MOST]:
        corners = [
            _coordinate(shape, f"{letter}{end}", f"{letter}ref", name, axis)
            for end in "01"
            for letter, name, axis in zip("xy", names, axes, strict=True)
        ]
        x0, y0, x1, y1 = corners
        if x0 is None or y0 is None or x1 is None or y1 is None:
            continue
        marks = _shape(shape, Point(x0, y0), Point(x1, y1))
        if text_at(shape, "layer") == "below":
            below += marks
        else:
            above += marks
    return below, above


def _shape(shape: JsonValue, first: Point, second: Point) -> list[Mark]:
    opacity = number_at(shape, "opacity", otherwise=1)
    line = color_of(value_at(shape, "line", "color"))
    fill = color_of(value_at(shape, "fillcolor"))
    dashed = text_at(shape, "line", "dash") not in ("", "solid")
    width = number_at(shape, "line", "width", otherwise=2)
    corners = [first, Point(second.x, first.y), second, Point(first.x, second.y), first]
    match text_at(shape, "type"):
        case "line":
            color = line or color_of("gray")
            return [Line([first, second], color.faded(opacity), width, dashed)] if color else []
        case "rect":
            marks: list[Mark] = [Area(corners, fill.faded(opacity))] if fill else []
            return (
                [*marks, Line(corners, line.faded(opacity), width, dashed)] if line and width > 0 else marks
            )
        case _:
            return []


def words_of(layout: JsonObject, names: tuple[str, str], axes: tuple[Axis, Axis]) -> list[Mark]:
    """The annotations that stand at places of a pair of axes."""
    words: list[Mark] = []
    for one in items_at(layout, "annotations")[:_MOST]:
        if _is_paper(one):
            continue
        x, y = (
            _coordinate(one, letter, f"{letter}ref", name, axis)
            for letter, name, axis in zip("xy", names, axes, strict=True)
        )
        text = text_at(one, "text")
        if x is not None and y is not None and text:
            words.append(Word(Point(x, y), text, color_of(value_at(one, "font", "color"))))
    return words


def _coordinate(part: JsonValue, key: str, reference: str, name: str, axis: Axis) -> float | None:
    """A place on an axis in its units, if it is on that one: a value, or a share of what is shown."""
    written = text_at(part, reference) or name[0]
    value = value_at(part, key)
    if written == name:
        return axis.measure.coordinate(value)
    share = number_of(value)
    if share is None or written not in (f"{name} domain", "paper") or (written == "paper" and len(name) > 1):
        return None
    return axis.range.start + share * (axis.range.end - axis.range.start)


def _is_paper(annotation: JsonValue) -> bool:
    return text_at(annotation, "xref") == "paper" and text_at(annotation, "yref") == "paper"


def titles_of(layout: JsonObject, panels: Sequence[Panel | Round]) -> list[Panel | Round]:
    """The panels with the titles that stand above or beside them, which are annotations of the paper."""
    titled = list(panels)
    for one in items_at(layout, "annotations")[:_MOST]:
        index = _panel_below(one, titled)
        text = text_at(one, "text")
        if index is not None and text:
            before = titled[index].title
            titled[index] = replace(titled[index], title=f"{before} · {text}" if before else text)
    return titled


def notes_of(layout: JsonObject) -> list[str]:
    """What is written on the paper and is no title of a panel; all of it, where there are few words."""
    everywhere = Panel(Domain(0, 1, 0, 1), ())
    found: list[str] = []
    for one in items_at(layout, "annotations")[:_MOST]:
        is_title = number_at(one, "y", otherwise=0) > 0 or _panel_below(one, [everywhere]) is not None
        if _is_paper(one) and not is_title and text_at(one, "text"):
            found.append(text_at(one, "text"))
    return found[:5]


def _panel_below(annotation: JsonValue, panels: Sequence[Panel | Round]) -> int | None:
    """Which panel an annotation is the title of: it stands at its top, or turned at its right edge."""
    if not _is_paper(annotation):
        return None
    x, y = number_of(value_at(annotation, "x")), number_of(value_at(annotation, "y"))
    if x is None or y is None:
        return None
    is_turned = abs(number_at(annotation, "textangle", otherwise=0)) == 90
    for index, panel in enumerate(panels):
        left, right, bottom, top = panel.domain
        if is_turned and bottom <= y <= top and abs(x - right) < _NEAR:
            return index
        if not is_turned and left <= x <= right and abs(y - top) < _NEAR:
            return index
        if isinstance(panel, Round) and left <= x <= right and bottom <= y <= top:
            return index
    return None
