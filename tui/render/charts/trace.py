"""A trace of a figure, and the axes that it is drawn on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.axes import Measure
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.colorscale import Colorscale
from tui.render.charts.figurejson import number_at, number_of, value_at
from tui.render.charts.typedarrays import column_of

Scaling: TypeAlias = Callable[[JsonObject, Sequence[float]], Colorscale]
"""The colour scale for some numbers of a part of a trace: its own, or that of the colour axis it names."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace, its columns decoded."""

    data: JsonObject
    kind: str
    name: str
    color: Rgba
    """Its own, by its place in the figure."""
    x: Sequence[JsonValue]
    y: Sequence[JsonValue]

    @property
    def is_horizontal(self) -> bool:
        """Whether its bars, boxes and the like lie."""
        return value_at(self.data, "orientation") == "h"

    @property
    def opacity(self) -> float:
        """How opaque all of it is, 0 to 1."""
        return number_at(self.data, "opacity", otherwise=1)


@dataclass(frozen=True, slots=True)
class Space:
    """What the traces of one plane share."""

    x: Measure
    y: Measure
    layout: JsonObject
    scaling: Scaling


def filled(
    column: Sequence[JsonValue], trace: Trace, start: str, step: str, length: int
) -> Sequence[JsonValue]:
    """A column, or, where the figure leaves it out, numbers that count up (`x0`, `dx` and the like)."""
    if column:
        return column
    first, by = number_at(trace.data, start, otherwise=0), number_at(trace.data, step, otherwise=1)
    return [first + index * by for index in range(length)]


def colors_of_marks(trace: Trace, part: JsonObject, space: Space, length: int) -> Sequence[Rgba]:
    """The colours of bars or markers: one for all, or as many as there are."""
    own = value_at(part, "color")
    opacity = trace.opacity * number_at(part, "opacity", otherwise=1)
    if isinstance(own, str) or own is None:
        return [(color_of(own) or trace.color).faded(opacity)]
    column = column_of(own)[:length]
    numbers = [number_of(value) for value in column]
    known = [number for number in numbers if number is not None]
    if not known:
        colors = [color_of(value) or trace.color for value in column]
    else:
        scale = space.scaling(part, known)
        colors = [trace.color if number is None else scale.color(number) for number in numbers]
    colors += [trace.color] * (length - len(colors))
    return [color.faded(opacity) for color in colors]


def at(colors: Sequence[Rgba], index: int) -> Rgba:
    """The colour of one of the marks."""
    return colors[index] if len(colors) > 1 else colors[0]
