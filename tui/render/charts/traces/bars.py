"""Bars beside, on and over each other: what bar charts and histograms have in common."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.render.charts.colors import Rgba
from tui.render.charts.figurejson import number_of, text_at, value_at
from tui.render.charts.marks import Box, Extent, Layer, Mark, Point, Word
from tui.render.charts.trace import Space
from tui.render.drawing import CannotDrawError

_GAP = 0.2
_MOST_BARS = 5000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, from where and how far it goes."""

    at: float
    length: float
    base: float | None
    color: Rgba
    text: str = ""
    width: float | None = None
    shift: float = 0


@dataclass(frozen=True, slots=True)
class Series:
    """The bars of one trace."""

    bars: Sequence[Bar]
    is_horizontal: bool
    group: str
    """Series of one group stand on the same place."""


def draw_bars(series: Sequence[Series], space: Space, mode: str) -> Layer:
    """The bars of all series as `barmode` says: group, stack, relative or overlay.

    Raises CannotDrawError for more than 5,000.
    """
    if sum(len(one.bars) for one in series) > _MOST_BARS:
        raise CannotDrawError(f"more than {_MOST_BARS:,} bars are too many to draw")
    places = sorted({bar.at for one in series for bar in one.bars})
    gaps = [after - before for before, after in itertools.pairwise(places) if after > before]
    slot = min(gaps, default=1.0)
    own_gap = number_of(value_at(space.layout, "bargap"))
    width = slot * (1 - (_GAP if own_gap is None else min(0.95, max(0.0, own_gap))))
    groups = list(dict.fromkeys(one.group for one in series))
    beside = len(groups) if mode == "group" else 1
    marks: list[Mark] = []
    heights: defaultdict[tuple[float, bool], float] = defaultdict(float)
    reach: list[float] = []
    for one in series:
        index = groups.index(one.group) if mode == "group" else 0
        for bar in one.bars:
            placed = _stacked(bar, heights) if mode in ("stack", "relative") else bar
            base = placed.base or 0.0
            across = (placed.width or width) / beside
            middle = placed.at + placed.shift
            middle += ((index + 0.5) / beside - 0.5) * (placed.width or width) if not placed.shift else 0
            reach += (base, base + placed.length)
            marks += _drawn(placed, middle, across, base, is_horizontal=one.is_horizontal)
    if not places:
        return Layer(())
    across = Extent(places[0] - slot / 2, places[-1] + slot / 2, roomy=False)
    along = Extent(min(reach), max(reach))
    is_horizontal = series[0].is_horizontal
    return Layer(marks, along, across) if is_horizontal else Layer(marks, across, along)


def mode_of(space: Space) -> str:
    """The `barmode` of the figure."""
    return text_at(space.layout, "barmode") or "group"


def _stacked(bar: Bar, heights: defaultdict[tuple[float, bool], float]) -> Bar:
    if bar.base is not None:
        return bar
    key = (bar.at, bar.length < 0)
    base = heights[key]
    heights[key] += bar.length
    return replace(bar, base=base)


def _drawn(bar: Bar, middle: float, across: float, base: float, *, is_horizontal: bool) -> list[Mark]:
    near, far, end = middle - across / 2, middle + across / 2, base + bar.length
    if is_horizontal:
        marks: list[Mark] = [Box(Point(base, near), Point(end, far), bar.color)]
        label = Point((base + end) / 2, middle)
    else:
        marks = [Box(Point(near, base), Point(far, end), bar.color)]
        label = Point(middle, (base + end) / 2)
    return [*marks, Word(label, bar.text)] if bar.text else marks
