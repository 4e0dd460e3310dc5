"""Which part of a table is in sight: the cursor, the first line and column, and how wide columns are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from tui.screens.table.source import Column, Shape

GAP: Final = 2
NARROWEST, WIDEST = 3, 200
_AUTOMATIC: Final = 32
"""Cells that a column takes at most before a person makes it wider."""


class Shown(NamedTuple):
    """A column in sight: its place, and where on the row it stands."""

    place: int
    start: int
    width: int


@dataclass(slots=True)
class TableWindow:
    """Places count the columns of the index first, and then the others."""

    shape: Shape
    lines: int
    """That are left by the filter."""
    line: int = 0
    place: int = 0
    top: int = 0
    left: int = 0
    """The first column in sight right of the index."""
    _seen: dict[int, int] = field(default_factory=dict[int, int])
    """By place, the widest text that was shown."""
    _chosen: dict[int, int] = field(default_factory=dict[int, int])
    """By place, the width that a person gave it."""

    @property
    def levels(self) -> int:
        """Columns of the index."""
        return len(self.shape.index)

    @property
    def places(self) -> int:
        """All columns."""
        return self.levels + len(self.shape.columns)

    def column(self, place: int) -> Column:
        """What is known of the column at a place."""
        return self.shape.index[place] if place < self.levels else self.shape.columns[place - self.levels]

    def number(self, place: int) -> int:
        """The column's number as sources count: those of the index from -1 down."""
        return -1 - place if place < self.levels else place - self.levels

    def go(self, line: int, place: int) -> None:
        """Move the cursor to a place, or the nearest there is."""
        self.line = max(0, min(line, self.lines - 1))
        self.place = max(0, min(place, self.places - 1))

    def see(self, place: int, width: int) -> None:
        """Take how wide a text of a column is."""
        if width > self._seen.get(place, 0):
            self._seen[place] = width

    def width(self, place: int) -> int:
        """How wide a column is, in cells."""
        chosen = self._chosen.get(place)
        return chosen if chosen is not None else min(max(self._seen.get(place, 0), 1), _AUTOMATIC)

    def widen(self, step: int) -> None:
        """Make the cursor's column wider or narrower."""
        width = self.width(self.place) + step
        self._chosen[self.place] = max(NARROWEST, min(width, WIDEST))

    def fit_width(self) -> None:
        """Make the cursor's column as wide as what was shown of it, or as usual again."""
        if self._chosen.pop(self.place, None) is None:
            self._chosen[self.place] = max(NARROWEST, min(self._seen.get(self.place, 0), WIDEST))

    def bring_into_sight(self, width: int, height: int) -> None:
        """Scroll so that the cursor is in sight, in so many cells and lines."""
        self.top = max(min(self.top, self.line), self.line - height + 1, 0)
        self.top = max(0, min(self.top, self.lines - height))
        column = self.place - self.levels
        if column < 0:
            self.left = 0
            return
        room = width - sum(self.width(place) + GAP for place in range(self.levels)) - self.width(self.place)
        lowest = column
        while lowest > 0 and room >= (needed := GAP + self.width(self.levels + lowest - 1)):
            room -= needed
            lowest -= 1
        self.left = max(lowest, min(self.left, column))

    def shown(self, width: int) -> Iterator[Shown]:
        """The columns that begin within `width` cells."""
        at = 0
        for place in chain(range(self.levels), range(self.levels + self.left, self.places)):
            taken = self.width(place)
            if at >= width:
                return
            yield Shown(place, at, taken)
            at += taken + GAP

    def columns_in_sight(self, width: int) -> range:
        """The numbers of the columns that are shown, those of the index not among them."""
        numbers = [each.place - self.levels for each in self.shown(width) if each.place >= self.levels]
        return range(numbers[0], numbers[-1] + 1) if numbers else range(1)
