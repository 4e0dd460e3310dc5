"""A chart, ready to be drawn: panels with axes and marks, a title and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kernelbridge.outputs import JsonObject
from tui.render.charts.axes import Measure
from tui.render.charts.colors import Rgba
from tui.render.charts.colorscale import Colorscale
from tui.render.charts.figurejson import USUAL_HEIGHT, USUAL_WIDTH
from tui.render.charts.marks import Mark
from tui.render.charts.ticks import Range, Tick, ticks_of


class Domain(NamedTuple):
    """The part of the figure that a panel takes, from 0 to 1; y goes up."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a panel."""

    options: JsonObject
    measure: Measure
    range: Range
    title: str

    def ticks(self, most: int) -> list[Tick]:
        """At most about so many ticks."""
        return ticks_of(self.options, self.measure, self.range, most)


@dataclass(frozen=True, slots=True)
class Plane:
    """Marks on one pair of axes."""

    x: Axis
    y: Axis
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot area: planes that lie on each other, the first of which has its axes left and below."""

    domain: Domain
    planes: Sequence[Plane]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A pie: marks around a centre at 0, 0, in a circle of radius 1."""

    domain: Domain
    marks: Sequence[Mark]
    title: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour stands for."""

    color: Rgba
    text: str


@dataclass(frozen=True, slots=True)
class Gradient:
    """What a colour scale stands for."""

    scale: Colorscale
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn of a figure."""

    title: str
    legend: Sequence[LegendEntry]
    gradients: Sequence[Gradient]
    panels: Sequence[Panel | Round]
    notes: Sequence[str] = ()
    """What is not drawn, and what the figure says below itself."""
    width: float = USUAL_WIDTH
    """In pixels, as the figure asks for."""
    height: float = USUAL_HEIGHT
