"""A text by its lines: where each begins, what changes between two texts, and runs written line by line."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.highlight.styles import PLAIN_CODE, Run

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from tui.render.rows import Style

LONGEST_LINE: Final = 2_000
"""Code points; a longer line is data rather than code, and what makes regular expressions slow."""

_BREAK: Final = re.compile("\n")


class LineChange(NamedTuple):
    """The lines from `first` before `old_end` of a text gave way to those before `new_end` of the next."""

    first: int
    old_end: int
    new_end: int
    before: str
    """The text of the lines that were replaced."""
    after: str
    """The text of the lines in their place."""


class LineText:
    """A text whose lines end at line feeds, and what a lexer is given for it."""

    def __init__(self) -> None:
        self.source = ""
        self.lexed = "\n"
        """The source with a line feed behind it, and blanks in place of a line too long to be lexed."""
        self.starts: list[int] = [0, 1]
        """Where each line begins, and one past the end of the last with its line feed."""
        self._has_long = False

    def __len__(self) -> int:
        return len(self.starts) - 1

    def length(self, line: int) -> int:
        """How many code points the line has. Raises IndexError when there is no such line."""
        if not 0 <= line < len(self):
            raise IndexError(line)
        return self.starts[line + 1] - self.starts[line] - 1

    def is_blank(self, line: int) -> bool:
        """Whether the line holds nothing but white space."""
        return not self.lexed[self.starts[line] : self.starts[line + 1]].strip()

    def replace(self, source: str) -> LineChange:
        """Take another text. Linear in it, but the work a character is that of comparing and copying."""
        old, starts = self.source, self.starts
        head = _shared_head(old, source)
        tail = _shared_tail(old, source, min(len(old), len(source)) - head)
        first = bisect_right(starts, head, hi=len(self)) - 1
        old_end = bisect_right(starts, len(old) - tail, hi=len(self))
        begin, shift = starts[first], len(source) - len(old)
        before = old[begin : starts[old_end] - 1]
        after = source[begin : starts[old_end] - 1 + shift]
        new_starts = [begin, *(begin + found.end() for found in _BREAK.finditer(after))]
        behind = [start + shift for start in starts[old_end:]] if shift else starts[old_end:]
        self.source, self.starts = source, [*starts[:first], *new_starts, *behind]
        self._set_lexed(any(len(line) > LONGEST_LINE for line in after.split("\n")))
        return LineChange(first, old_end, first + len(new_starts), before, after)

    def _set_lexed(self, new_long_line: bool) -> None:
        self.lexed = f"{self.source}\n"
        if not (new_long_line or self._has_long):
            return
        lines = self.source.split("\n")
        self._has_long = any(len(line) > LONGEST_LINE for line in lines)
        if self._has_long:
            self.lexed = "".join(
                f"{line if len(line) <= LONGEST_LINE else ' ' * len(line)}\n" for line in lines
            )


class RunWriter:
    """Cuts styled stretches of a text, given one after the other, into the runs of its lines."""

    def __init__(
        self, starts: list[int], runs: MutableSequence[tuple[Run, ...]], line: int, head: tuple[Run, ...] = ()
    ) -> None:
        """Begin in that line behind `head`; the runs of each finished line are put into `runs`."""
        self.line = line
        self.position = starts[line] + sum(run.length for run in head)
        self.current = list(head)
        self._starts, self._runs = starts, runs
        self._next = starts[line + 1]

    def write(self, end: int, style: Style) -> None:
        """The text from `position` to `end` has that style; nothing, where that is behind already."""
        while end >= self._next:
            self._append(self._next - 1, style)
            self._finish()
        if end > self.position:
            self._append(end, style)

    def _append(self, end: int, style: Style) -> None:
        length = end - self.position
        if length > 0:
            current = self.current
            if current and current[-1].style is style:
                current[-1] = Run(current[-1].length + length, style)
            else:
                current.append(Run(length, style))
            self.position = end

    def _finish(self) -> None:
        self._runs[self.line] = tuple(self.current)
        self.current = []
        self.line += 1
        self.position = self._next
        past = self.line + 1
        self._next = self._starts[past] if past < len(self._starts) else sys.maxsize


def plain_run(length: int) -> tuple[Run, ...]:
    """The runs of a line without colours."""
    return (Run(length, PLAIN_CODE),) if length else ()


def _shared_head(one: str, other: str) -> int:
    """How many code points the two begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_tail(one: str, other: str, most: int) -> int:
    """How many code points, up to `most`, the two end with in common."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
