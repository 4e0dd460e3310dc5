"""One line of text on rows of terminal cells: its graphemes, their columns, and where it wraps.

A line of one-cell characters is pure arithmetic, which keeps long pastes and long lines cheap; any other is
measured once, grapheme by grapheme. Indices count code points from the start of the line.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from tui.render.width import cell_width
from tui.sanitize import visible
from tui.view.editor.measuring import TAB_STOP, is_narrow, measured

LONE_MARK: Final = "◌"
"""Drawn in place of a grapheme that has no width of its own, so that the cursor has a cell to stand on."""


class RowPiece(NamedTuple):
    """What is drawn for `[start, end)` of the text.

    Either each character of `text` stands for the one at the same place of the source, or, when the lengths
    differ, all of it stands for one grapheme, such as a tab.
    """

    text: str
    start: int
    end: int
    width: int
    """In terminal cells."""


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line whose every character is one cell wide."""

    length: int
    wrap: int
    """Cells in a row; 0 for a line that does not wrap."""

    @property
    def row_count(self) -> int:
        """Rows it takes, at least 1."""
        return max(1, -(-self.length // self.wrap)) if self.wrap else 1

    def row_span(self, row: int) -> tuple[int, int]:
        """The indices `[start, end)` on a row."""
        if not self.wrap:
            return 0, self.length
        return row * self.wrap, min((row + 1) * self.wrap, self.length)

    def locate(self, index: int) -> tuple[int, int]:
        """The row and column of an index."""
        row = min(index // self.wrap, self.row_count - 1) if self.wrap else 0
        return row, index - row * self.wrap

    def index_at(self, row: int, column: int) -> int:
        """The index on a row that is nearest to a column."""
        start, end = self.row_span(row)
        return min(start + column, end if row == self.row_count - 1 else end - 1)

    def border_at(self, index: int) -> int:
        """The last grapheme border at or before an index."""
        return index

    def border_before(self, index: int) -> int:
        """The last grapheme border before an index; 0 when there is none."""
        return max(index - 1, 0)

    def border_after(self, index: int) -> int:
        """The first grapheme border after an index; the end when there is none."""
        return min(index + 1, self.length)

    def columns(self, index: int) -> int:
        """The cells before an index, were the line not wrapped."""
        return index

    def pieces(self, text: str, offset: int, row: int) -> list[RowPiece]:
        """What is drawn on a row of this line, which begins at an offset of a text."""
        start, end = (offset + index for index in self.row_span(row))
        return [RowPiece(visible(text[start:end]), start, end, end - start)] if end > start else []


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line with tabs, wide or combining characters, emoji or controls.

    `borders[n]` is where grapheme n begins and `edges[n]` its column, had the line not been wrapped; both end
    with one more entry, for the end of the line.
    """

    wrap: int
    borders: array[int]
    edges: array[int]
    row_starts: tuple[int, ...]
    """The first grapheme of each row."""

    @property
    def length(self) -> int:
        """In code points."""
        return self.borders[-1]

    @property
    def row_count(self) -> int:
        """Rows it takes, at least 1."""
        return len(self.row_starts)

    def row_span(self, row: int) -> tuple[int, int]:
        """The indices `[start, end)` on a row."""
        return self.borders[self.row_starts[row]], self.borders[self._row_stop(row)]

    def locate(self, index: int) -> tuple[int, int]:
        """The row and column of the grapheme that holds an index."""
        grapheme = bisect_right(self.borders, index) - 1
        row = bisect_right(self.row_starts, grapheme) - 1
        return row, self.edges[grapheme] - self.edges[self.row_starts[row]]

    def index_at(self, row: int, column: int) -> int:
        """The grapheme border on a row that is nearest to a column; of two as near, the left one."""
        first = self.row_starts[row]
        last = self._row_stop(row) - (row < len(self.row_starts) - 1)
        target = self.edges[first] + column
        grapheme = min(bisect_left(self.edges, target, first, last + 1), last)
        if grapheme > first and target - self.edges[grapheme - 1] <= self.edges[grapheme] - target:
            grapheme -= 1
        return self.borders[grapheme]

    def border_at(self, index: int) -> int:
        """The last grapheme border at or before an index."""
        return self.borders[bisect_right(self.borders, index) - 1]

    def border_before(self, index: int) -> int:
        """The last grapheme border before an index; 0 when there is none."""
        return self.borders[max(bisect_left(self.borders, index) - 1, 0)]

    def border_after(self, index: int) -> int:
        """The first grapheme border after an index; the end when there is none."""
        return self.borders[min(bisect_right(self.borders, index), len(self.borders) - 1)]

    def columns(self, index: int) -> int:
        """The cells before an index, were the line not wrapped."""
        return self.edges[bisect_right(self.borders, index) - 1]

    def pieces(self, text: str, offset: int, row: int) -> list[RowPiece]:
        """What is drawn on a row of this line, which begins at an offset of a text."""
        first, stop = self.row_starts[row], self._row_stop(row)
        pieces: list[RowPiece] = []
        run = first
        for grapheme in range(first, stop):
            start, end = offset + self.borders[grapheme], offset + self.borders[grapheme + 1]
            shown = _stand_in(text[start:end], self.edges[grapheme + 1] - self.edges[grapheme])
            if shown is not None:
                pieces += self._run(text, offset, run, grapheme)
                pieces.append(RowPiece(shown, start, end, len(shown)))
                run = grapheme + 1
        return pieces + self._run(text, offset, run, stop)

    def _row_stop(self, row: int) -> int:
        """The grapheme that the next row begins with, or the number of graphemes."""
        return self.row_starts[row + 1] if row + 1 < len(self.row_starts) else len(self.borders) - 1

    def _run(self, text: str, offset: int, first: int, stop: int) -> list[RowPiece]:
        if first == stop:
            return []
        start, end = offset + self.borders[first], offset + self.borders[stop]
        return [RowPiece(visible(text[start:end]), start, end, self.edges[stop] - self.edges[first])]


Line: TypeAlias = PlainLine | MeasuredLine


def lay_line(line: str, width: int) -> Line:
    r"""Lays out a line, which holds no "\n", on rows of `width` cells (0: on one row of any length)."""
    wrap = max(width, TAB_STOP) if width else 0
    if is_narrow(line):
        return PlainLine(len(line), wrap)
    borders, edges = measured(line)
    return MeasuredLine(wrap, borders, edges, row_starts(edges, wrap))


def next_border(text: str, offset: int) -> int:
    """The first grapheme border of a text of many lines at or after `offset`."""
    if offset >= len(text) or is_narrow(text[max(offset - 1, 0) : offset + 1]):
        return min(offset, len(text))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = lay_line(text[start : end if end >= 0 else len(text)], 0)
    index = offset - start
    return offset if line.border_at(index) == index else start + line.border_after(index)


def _stand_in(grapheme: str, width: int) -> str | None:
    """What is drawn for a tab or a grapheme without width; None for one that is drawn as it is."""
    if grapheme[0] == "\t":
        return " " * width
    is_lone = width == 1 and not is_narrow(grapheme) and cell_width(visible(grapheme)) == 0
    return LONE_MARK if is_lone else None


def row_starts(edges: array[int], wrap: int, known: Sequence[int] = (0,)) -> tuple[int, ...]:
    """The first grapheme of each row of `wrap` cells, of which the first are known."""
    starts = [*known]
    end = len(edges) - 1
    while wrap and edges[end] - edges[starts[-1]] > wrap:
        first = starts[-1]
        fitting = bisect_right(edges, edges[first] + wrap, first) - 1
        starts.append(max(fitting, first + 1))
    return tuple(starts)
