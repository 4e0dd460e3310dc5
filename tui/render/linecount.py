"""How many rows each line of a stream takes and in which colours it begins; plain short ones cost nothing."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import overload

from kernelbridge.streamtext import StreamText
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Span, Style
from tui.render.sgr import NO_SGR, Sgr, styled
from tui.render.terminalline import (
    ascii_text,
    is_edited,
    is_plain,
    most_cells,
    sgr_after,
    terminal_row,
    trimmed,
)

CACHED_ROWS = 512
"""Rows kept of lines that were looked at; at least those of one line."""
_BLOCK = 64  # lines counted, or read when one is looked at, at once


def measured(line: str, sgr: Sgr, width: int, role: Role) -> tuple[int, Sgr]:
    """How many rows a line takes that begins in that state, and the state at its end."""
    if is_plain(line):
        return _height(len(_fitted(line, width)), width), sgr
    if most_cells(line) <= width and not is_edited(line):
        return 1, sgr_after(line, sgr)
    if line.isascii():
        text, after = ascii_text(line, sgr)
        if len(text) <= width or not text.endswith(" "):
            return _height(len(text), width), after
    row, sgr = terminal_row(line, sgr, role)
    return len(wrap(trimmed(row, width), width)), sgr


def line_rows(line: str, sgr: Sgr, width: int, role: Role) -> Sequence[Row]:
    """The rows of a line that begins in that state."""
    if is_plain(line):
        style, line = styled(sgr, role), _fitted(line, width)
        return _PlainRows(line, width, style) if len(line) > width else [text_row(line, style)]
    row, _ = terminal_row(line, sgr, role)
    return [row] if most_cells(line) <= width else wrap(trimmed(row, width), width)


def _fitted(line: str, width: int) -> str:
    """A plain line, without the blanks at its end where it is too long."""
    return line if len(line) <= width else line.rstrip(" ")


class LineCount:
    """The heights of a stream's closed lines at one width, added to as lines are closed."""

    __slots__ = (
        "_block",
        "_block_start",
        "_cache",
        "_cached",
        "_extra",
        "_extra_after",
        "_lines",
        "_numbers",
        "_state_from",
        "_state_numbers",
        "_states",
        "role",
        "width",
    )

    def __init__(self, width: int, role: Role) -> None:
        self.width = width
        self.role = role
        self._lines = 0
        self._extra_after = array("I")
        """The lines that take more than one row,"""
        self._extra = array("I")
        """and how many rows there are up to the end of each beyond one a line."""
        self._states = [NO_SGR]
        self._numbers = {NO_SGR: 0}
        self._state_from = array("I", [0])
        """The lines from which on another state is in force,"""
        self._state_numbers = array("I", [0])
        """and its number in `_states`."""
        self._cache: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._cached = 0
        self._block: list[str] = []
        self._block_start = 0

    @property
    def lines(self) -> int:
        """How many lines were counted."""
        return self._lines

    def first(self, lines: int) -> LineCount:
        """A copy of what is known of so many lines from the beginning."""
        count = LineCount(self.width, self.role)
        count._lines = lines
        extras = bisect_left(self._extra_after, lines)
        count._extra_after, count._extra = self._extra_after[:extras], self._extra[:extras]
        count._states = self._states.copy()
        count._numbers = self._numbers.copy()
        changes = bisect_right(self._state_from, lines)
        count._state_from, count._state_numbers = self._state_from[:changes], self._state_numbers[:changes]
        return count

    def add(self, lines: Sequence[str]) -> None:
        """Counts lines that follow those counted; where many are plain and short, all of them at once."""
        for start in range(0, len(lines), _BLOCK):
            block = lines[start : start + _BLOCK]
            if is_plain("".join(block)) and max(map(len, block)) <= self.width:
                self._lines += len(block)
            else:
                self._add_each(block)

    def _add_each(self, lines: Sequence[str]) -> None:
        number = self._state_numbers[-1]
        for line in lines:
            if len(line) > self.width or not is_plain(line):
                height, sgr = measured(line, self._states[number], self.width, self.role)
                if height > 1:
                    self._extra.append((self._extra[-1] if self._extra else 0) + height - 1)
                    self._extra_after.append(self._lines)
                if (after := self._number(sgr)) != number:
                    number = after
                    self._state_from.append(self._lines + 1)
                    self._state_numbers.append(number)
            self._lines += 1

    def _number(self, sgr: Sgr) -> int:
        number = self._numbers.setdefault(sgr, len(self._states))
        if number == len(self._states):
            self._states.append(sgr)
        return number

    def rows_before(self, line: int) -> int:
        """How many rows the lines before that one take."""
        extras = bisect_left(self._extra_after, line)
        return line + (self._extra[extras - 1] if extras else 0)

    def sgr_before(self, line: int) -> Sgr:
        """The state in force where a line begins."""
        return self._states[self._state_numbers[bisect_right(self._state_from, line) - 1]]

    def line_at(self, row: int, lines: int) -> int:
        """The line of the first `lines` ones that holds a row; `lines` for a row behind them."""
        return min(bisect_right(range(1, lines + 1), row, key=self.rows_before), lines)

    def rows_of(self, line: int, text: StreamText) -> Sequence[Row]:
        """The rows of a closed line of the text, kept for a while: what is looked at is looked at again."""
        rows = self._cache.get(line)
        if rows is not None:
            self._cache.move_to_end(line)
            return rows
        rows = line_rows(self._line(line, text), self.sgr_before(line), self.width, self.role)
        self._cache[line] = rows
        self._cached += len(rows)
        while self._cached > CACHED_ROWS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= len(dropped)
        return rows

    def passed(self, start: int, stop: int, text: StreamText) -> Iterator[Sequence[Row]]:
        """The rows of closed lines, one line or some at once, none of which is kept: for a pass over all."""
        width, role = self.width, self.role
        for first in range(start, stop, _BLOCK):
            lines = text.lines(first, min(first + _BLOCK, stop))
            sgr = self.sgr_before(first)
            if is_plain("".join(lines)) and max(map(len, lines)) <= width:
                style = styled(sgr, role)
                yield [(Span(line, style, len(line)),) if line else () for line in lines]
                continue
            for number, line in enumerate(lines, first):
                yield line_rows(line, self.sgr_before(number), width, role)

    def _line(self, line: int, text: StreamText) -> str:
        """The line, with its neighbours read at once unless they are long."""
        if not self._block_start <= line < self._block_start + len(self._block):
            start = line - line % _BLOCK
            stop = min(start + _BLOCK, text.closed_line_count)
            if self.rows_before(stop) - self.rows_before(start) > CACHED_ROWS:
                return text.line(line)
            self._block_start, self._block = start, text.lines(start, stop)
        return self._block[line - self._block_start]


class _PlainRows(Sequence[Row]):
    """The rows of a line in which a character is a cell, cut where they are looked at, as it may be long."""

    __slots__ = ("_line", "_style", "_width")

    def __init__(self, line: str, width: int, style: Style) -> None:
        self._line = line
        self._width = width
        self._style = style

    def __len__(self) -> int:
        return _height(len(self._line), self._width)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        numbers = range(len(self))[index]
        return self._row(numbers) if isinstance(numbers, int) else [self._row(number) for number in numbers]

    def _row(self, number: int) -> Row:
        return text_row(self._line[number * self._width : (number + 1) * self._width], self._style)


def _height(cells: int, width: int) -> int:
    return max(1, -(-cells // width))
