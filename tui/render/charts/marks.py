"""What a chart's plot area is made of: lines, areas, boxes, dots and words, in the units of its axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from tui.render.charts.colors import Rgba


class Point(NamedTuple):
    """A place in the units of the axes: numbers, logarithms, milliseconds, or indices of categories."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline."""

    points: Sequence[Point]
    color: Rgba
    width: float = 2
    """In pixels."""
    dashed: bool = False
    is_edge: bool = False
    """Whether an area ends there, so that it is seen without the line."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: Sequence[Point]
    color: Rgba


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle between two corners."""

    first: Point
    second: Point
    color: Rgba


@dataclass(frozen=True, slots=True)
class Dots:
    """Markers, each in its own size and colour."""

    points: Sequence[Point]
    colors: Sequence[Rgba]
    """As many as points, or one for all."""
    sizes: Sequence[float] = (6,)
    """Diameters in pixels: as many as points, or one for all."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """Rectangles side by side, as in a heat map."""

    x_edges: Sequence[float]
    """Ascending, one more than columns."""
    y_edges: Sequence[float]
    rows: Sequence[Sequence[Rgba | None]]
    """From the lowest y on; None leaves a gap."""


@dataclass(frozen=True, slots=True)
class Word:
    """Text whose middle is at a place."""

    at: Point
    text: str
    color: Rgba | None = None
    """None for the colour of text."""


Mark: TypeAlias = Line | Area | Box | Dots | Mesh | Word


class Extent(NamedTuple):
    """What an axis must show of some marks, in its units."""

    low: float
    high: float
    roomy: bool = True
    """Whether room is left around it: bars stand on their axis, a heat map fills the area."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What a trace, or several together, put into a panel."""

    marks: Sequence[Mark]
    x: Extent | None = None
    y: Extent | None = None


def extent_of(values: Sequence[float], *, roomy: bool = True) -> Extent | None:
    """The extent of some values; None of none."""
    return Extent(min(values), max(values), roomy) if values else None
