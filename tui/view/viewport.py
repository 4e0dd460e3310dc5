"""Which rows of which cells are in sight.

The view is anchored to a cell and a row of it, not to a distance from the top: nothing here needs the height
of a cell out of sight, so no move costs more in a long notebook, and what changes above moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Heights: TypeAlias = Callable[[int], int]
"""The height in rows, at least 1, of the cell at an index."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A row of a cell."""

    index: int
    row: int


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window of `height` rows onto `count` cells."""

    count: int
    height: int
    cell_height: Heights

    def spots(self, top: Spot) -> Iterator[Spot]:
        """The rows in sight, from the top; fewer than `height` where the notebook ends."""
        index, row = top.index, top.row
        left = self.height
        while left > 0 and index < self.count:
            for at in range(row, min(self.cell_height(index), row + left)):
                yield Spot(index, at)
                left -= 1
            index, row = index + 1, 0

    def step(self, spot: Spot, rows: int) -> Spot:
        """The row `rows` further on (back when negative), stopping at the first and the last row there is."""
        if self.count == 0:
            return Spot(0, 0)
        index, row = spot.index, spot.row + rows
        while row < 0 and index > 0:
            index -= 1
            row += self.cell_height(index)
        while index < self.count - 1 and row >= (height := self.cell_height(index)):
            row -= height
            index += 1
        return Spot(index, max(0, min(row, self.cell_height(index) - 1)))

    def last_top(self) -> Spot:
        """The lowest top: the notebook's last row stands on the last line of the view."""
        if self.count == 0:
            return Spot(0, 0)
        last = self.count - 1
        return self.step(Spot(last, self.cell_height(last) - 1), 1 - self.height)

    def clamped(self, top: Spot) -> Spot:
        """The nearest top that exists and leaves no empty lines below a notebook longer than the view."""
        if self.count == 0:
            return Spot(0, 0)
        index = max(0, min(top.index, self.count - 1))
        row = top.row if index == top.index else 0
        nearest = Spot(index, max(0, min(row, self.cell_height(index) - 1)))
        return nearest if self._fills(nearest) else min(nearest, self.last_top())

    def _fills(self, top: Spot) -> bool:
        """Whether there are rows enough from `top` on; asked first, not to measure the end in vain."""
        left = self.height + top.row
        for index in range(top.index, self.count):
            left -= self.cell_height(index)
            if left <= 0:
                return True
        return False

    def scrolled(self, top: Spot, rows: int) -> Spot:
        """The top after scrolling by `rows`."""
        return self.clamped(self.step(top, rows))

    def distance(self, start: Spot, end: Spot) -> int:
        """Rows from `start` down to `end`, at most `height`, counted no further than that."""
        rows = -start.row
        index = start.index
        while index < end.index and rows < self.height:
            rows += self.cell_height(index)
            index += 1
        return min(self.height, rows + end.row) if index == end.index else self.height

    def showing(self, top: Spot, first: Spot, last: Spot) -> Spot:
        """The top nearest to `top` with rows `first` to `last` in sight; `first`, if not all fits."""
        if first < top:
            return self.clamped(first)
        if self.distance(top, last) < self.height:
            return self.clamped(top)
        return min(first, self.step(last, 1 - self.height))
