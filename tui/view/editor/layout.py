"""How a text lies on rows of terminal cells: which offset is drawn where, and what a row shows.

Offsets count code points of the text; rows and lines count from 0; columns are terminal cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from tui.document.textchange import TextChange
from tui.view.editor.lineblocks import LineBlock, blocks_of, replaced
from tui.view.editor.lines import Line, RowPiece, lay_line
from tui.view.editor.relaying import LONG, relaid


class _Place(NamedTuple):
    """A line, and where it begins."""

    block: int
    within: int
    line: Line
    offset: int
    row: int


class RowPlace(NamedTuple):
    """A row as a part of its line; `laid` is the same object in all layouts that changes elsewhere led to."""

    line: int
    row_in_line: int
    laid: Line


class TextLayout:
    r"""A text on rows of a given width; a value that is never changed.

    Lines end at "\n" only; a "\r" or U+2028 inside a line is drawn in one cell. Lines wrap at grapheme
    borders. An offset at a wrap belongs to the lower row. Only at the end of a line that fills its last row
    is the cursor's column equal to the width: who draws rows keeps one more column for it.
    """

    __slots__ = ("_blocks", "_first_lines", "_first_offsets", "_first_rows", "text", "width")

    def __init__(self, text: str, width: int, blocks: Sequence[LineBlock]) -> None:
        self.text: Final = text
        self.width: Final = width
        self._blocks: Final = blocks
        self._first_lines: Final = list(accumulate((len(block.lines) for block in blocks), initial=0))
        self._first_offsets: Final = list(accumulate((block.offsets[-1] for block in blocks), initial=0))
        self._first_rows: Final = list(accumulate((block.rows[-1] for block in blocks), initial=0))

    @classmethod
    def of(cls, text: str, width: int) -> TextLayout:
        """Lays out a text on rows of `width` cells; 0 for rows of any length, one a line. Below 4 is as 4."""
        return cls(text, width, blocks_of([lay_line(line, width) for line in text.split("\n")]))

    def changed(self, change: TextChange, text: str) -> TextLayout:
        """The layout of `text`, which this text is after `change`; lays out the lines again that it touches.

        Raises ValueError when the lengths show that `text` is another one.
        """
        growth = len(change.inserted) - len(change.removed)
        if len(text) != len(self.text) + growth:
            raise ValueError("the text is not what the change makes")
        first = self._line_at_offset(change.start)
        last = self._line_at_offset(change.start + len(change.removed))
        end = last.offset + last.line.length + growth
        lines = self._relaid(change, first, last, text[first.offset : end].split("\n"))
        blocks = replaced(self._blocks, (first.block, first.within), (last.block, last.within), lines)
        return TextLayout(text, self.width, blocks)

    def _relaid(self, change: TextChange, first: _Place, last: _Place, lines: list[str]) -> list[Line]:
        """The layouts of lines that take the place of those from `first` to `last`."""
        if len(lines) > 1 or first.offset != last.offset or len(lines[0]) < LONG:
            return [lay_line(line, self.width) for line in lines]
        sizes = len(change.removed), len(change.inserted)
        return [relaid(first.line, change.start - first.offset, *sizes, lines[0], self.width)]

    @property
    def line_count(self) -> int:
        """At least 1: the empty text is one empty line."""
        return self._first_lines[-1]

    @property
    def row_count(self) -> int:
        """At least the number of lines."""
        return self._first_rows[-1]

    def line_of_offset(self, offset: int) -> int:
        """The line that an offset is in; a newline is in the line that it ends."""
        place = self._line_at_offset(offset)
        return self._first_lines[place.block] + place.within

    def line_span(self, line: int) -> tuple[int, int]:
        """The offsets `[start, end)` of a line, without its newline.

        Raises IndexError when there is no such line.
        """
        place = self._line_at(line)
        return place.offset, place.offset + place.line.length

    def line_text(self, line: int) -> str:
        """The text of a line, without its newline. Raises IndexError when there is no such line."""
        start, end = self.line_span(line)
        return self.text[start:end]

    def first_row_of_line(self, line: int) -> int:
        """The first of a line's rows. Raises IndexError when there is no such line."""
        return self._line_at(line).row

    def line_of_row(self, row: int) -> int:
        """The line that a row is of. Raises IndexError when there is no such row."""
        place = self._line_at_row(row)
        return self._first_lines[place.block] + place.within

    def place_of_row(self, row: int) -> RowPlace:
        """Which row of which line a row is. Raises IndexError when there is no such row."""
        place = self._line_at_row(row)
        return RowPlace(self._first_lines[place.block] + place.within, row - place.row, place.line)

    def row_span(self, row: int) -> tuple[int, int]:
        """The offsets `[start, end)` on a row, without a newline.

        Raises IndexError when there is no such row.
        """
        place = self._line_at_row(row)
        start, end = place.line.row_span(row - place.row)
        return place.offset + start, place.offset + end

    def row_text(self, row: int) -> list[RowPiece]:
        """What is drawn on a row, from left to right: no controls, tabs as spaces.

        Raises IndexError when there is no such row.
        """
        place = self._line_at_row(row)
        return place.line.pieces(self.text, place.offset, row - place.row)

    def position(self, offset: int) -> tuple[int, int]:
        """The row and column that an offset is drawn at; inside a grapheme, where the grapheme begins."""
        place = self._line_at_offset(offset)
        row, column = place.line.locate(self._clamped(offset) - place.offset)
        return place.row + row, column

    def offset_at(self, row: int, column: int) -> int:
        """The offset whose position is nearest to a column on a row; outside the text, the nearest in it.

        It is a grapheme border and its position is on that row. So to the right of a row that goes on in the
        next, it is the border before the row's last grapheme.
        """
        row = min(max(row, 0), self.row_count - 1)
        place = self._line_at_row(row)
        return place.offset + place.line.index_at(row - place.row, max(column, 0))

    def unwrapped_column(self, offset: int) -> int:
        """The cells between the start of the line and an offset, as if the line did not wrap."""
        place = self._line_at_offset(offset)
        return place.line.columns(offset - place.offset)

    def border_at(self, offset: int) -> int:
        """The last grapheme border at or before an offset, within the text."""
        offset = self._clamped(offset)
        place = self._line_at_offset(offset)
        return place.offset + place.line.border_at(offset - place.offset)

    def border_before(self, offset: int) -> int:
        """The last grapheme border before an offset; 0 when there is none. A newline is a grapheme."""
        place = self._line_at_offset(offset)
        if offset == place.offset:
            return max(offset - 1, 0)
        return place.offset + place.line.border_before(offset - place.offset)

    def border_after(self, offset: int) -> int:
        """The first grapheme border after an offset; the text's end when there is none.

        A newline is a grapheme.
        """
        place = self._line_at_offset(offset)
        if offset == place.offset + place.line.length:
            return min(offset + 1, len(self.text))
        return place.offset + place.line.border_after(offset - place.offset)

    def _clamped(self, offset: int) -> int:
        return min(max(offset, 0), len(self.text))

    def _line_at_offset(self, offset: int) -> _Place:
        offset = self._clamped(offset)
        block = bisect_right(self._first_offsets, offset) - 1
        within = bisect_right(self._blocks[block].offsets, offset - self._first_offsets[block]) - 1
        return self._place(block, within)

    def _line_at_row(self, row: int) -> _Place:
        if not 0 <= row < self.row_count:
            raise IndexError(f"there is no row {row} of {self.row_count}")
        block = bisect_right(self._first_rows, row) - 1
        within = bisect_right(self._blocks[block].rows, row - self._first_rows[block]) - 1
        return self._place(block, within)

    def _line_at(self, line: int) -> _Place:
        if not 0 <= line < self.line_count:
            raise IndexError(f"there is no line {line} of {self.line_count}")
        block = bisect_right(self._first_lines, line) - 1
        return self._place(block, line - self._first_lines[block])

    def _place(self, block: int, within: int) -> _Place:
        lines = self._blocks[block]
        return _Place(
            block,
            within,
            lines.lines[within],
            self._first_offsets[block] + lines.offsets[within],
            self._first_rows[block] + lines.rows[within],
        )
