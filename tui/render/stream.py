"""The text of a stream as rows of a given width: counted as it grows, made only where they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from kernelbridge.streamtext import StreamText
from tui.render.linecount import CACHED_ROWS, LineCount, line_rows, measured
from tui.render.rowops import NARROWEST
from tui.render.rows import Role, Row
from tui.render.terminalline import shows_nothing

_CHUNK = 256  # lines read at once while they are counted


class StreamRows(Sequence[Row]):
    """The rows of a text, hard-wrapped, with only its colours left of what it asks of a terminal.

    The count is exact. Line feeds, `\\r`, `\\b` and tabs are applied, every escape but SGR is removed,
    and what hides or reorders text is marked. Values that grew from one another share what they counted.
    """

    __slots__ = ("_closed", "_count", "_open_height", "_open_rows", "_text")

    def __init__(
        self, text: StreamText, width: int, role: Role = Role.TEXT, counted: LineCount | None = None
    ) -> None:
        """Rows of at most `width` cells; `counted` is what is known already of the text's first lines."""
        count = counted or LineCount(max(width, NARROWEST), role)
        self._text = text
        self._count = count
        self._closed = text.closed_line_count
        while count.lines < self._closed:
            count.add(text.lines(count.lines, min(count.lines + _CHUNK, self._closed)))
        self._open_rows: Sequence[Row] | None = None
        self._open_height = 0
        sgr = count.sgr_before(self._closed)
        for line in self._open_lines():
            height, sgr = measured(line, sgr, count.width, count.role)
            self._open_height += height

    def extended(self, text: StreamText) -> StreamRows:
        """The rows of a text that this one grew to, counting only what is new; of another one, all."""
        count, shared = self._count, text.lines_shared(self._text)
        own = count if count.lines == shared else count.first(shared)
        return StreamRows(text, count.width, count.role, own)

    @property
    def width(self) -> int:
        """How many cells a row has at most."""
        return self._count.width

    @property
    def closed_lines(self) -> int:
        """How many lines there are before the open ones."""
        return self._closed

    def first_row(self, line: int) -> int:
        """The row at which one of the closed lines begins, or the open one behind them."""
        return self._count.rows_before(min(line, self._closed))

    def line_of(self, row: int) -> int:
        """The line that a row shows; behind the closed ones, the first open one."""
        return self._count.line_at(row, self._closed)

    def __len__(self) -> int:
        return self._count.rows_before(self._closed) + self._open_height

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return (
                list(self._between(start, stop))
                if step == 1
                else [self[row] for row in range(start, stop, step)]
            )
        row = index + len(self) if index < 0 else index
        if not 0 <= row < len(self):
            raise IndexError(index)
        line = self._count.line_at(row, self._closed)
        return self._rows_of(line)[row - self._count.rows_before(line)]

    def __iter__(self) -> Iterator[Row]:
        return self._between(0, len(self))

    def _between(self, start: int, stop: int) -> Iterator[Row]:
        """The rows from `start` up to `stop`, line by line."""
        line = self._count.line_at(start, self._closed)
        before = self._count.rows_before(line)
        for rows in self._from_line(line, is_pass=stop - start > CACHED_ROWS):
            behind = before + len(rows)
            yield from (
                rows if start <= before and behind <= stop else rows[max(start - before, 0) : stop - before]
            )
            before = behind
            if before >= stop:
                return

    def _from_line(self, line: int, *, is_pass: bool) -> Iterator[Sequence[Row]]:
        """The rows of each line from one on; a pass over many keeps none of them."""
        count, text = self._count, self._text
        if is_pass:
            yield from count.passed(line, self._closed, text)
        else:
            for each in range(line, self._closed):
                yield count.rows_of(each, text)
        yield self._rows_of(self._closed)

    def _rows_of(self, line: int) -> Sequence[Row]:
        if line < self._closed:
            return self._count.rows_of(line, self._text)
        if self._open_rows is None:
            self._open_rows = self._rows_of_open()
        return self._open_rows

    def _open_lines(self) -> list[str]:
        """Without a last one that shows nothing: programs end with a reset, or show the cursor again."""
        lines = self._text.open_lines
        return lines[:-1] if lines and shows_nothing(lines[-1]) else lines

    def _rows_of_open(self) -> Sequence[Row]:
        count, lines = self._count, self._open_lines()
        sgr = count.sgr_before(self._closed)
        if len(lines) == 1:
            return line_rows(lines[0], sgr, count.width, count.role)
        rows: list[Row] = []
        for line in lines:
            rows += line_rows(line, sgr, count.width, count.role)
            _, sgr = measured(line, sgr, count.width, count.role)
        return rows
