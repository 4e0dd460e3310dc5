"""A text by its lines: where each begins, what changes between two texts, and runs written line by line."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.document.textchange import difference
from tui.render.highlight.styles import PLAIN_CODE, Run

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from tui.document.textchange import TextChange
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
    """What a lexer was given of the lines that were replaced."""
    after: str
    """What it is given of the lines in their place."""


class LineText:
    """A text whose lines end at line feeds, and what a lexer is given of it."""

    def __init__(self) -> None:
        self.source = ""
        self.lexed = "\n"
        """The source with a line feed behind it, and nothing in place of a line too long to be lexed."""
        self.starts: list[int] = [0, 1]
        """Where each line of `lexed` begins, and one past the end of the last with its line feed."""
        self._source_starts = self.starts
        """The same of the source; the very same list where no line is too long."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def length(self, line: int) -> int:
        """How many code points the line has. Raises IndexError when there is no such line."""
        if not 0 <= line < len(self):
            raise IndexError(line)
        return self._source_starts[line + 1] - self._source_starts[line] - 1

    def is_lexed(self, line: int) -> bool:
        """Whether a lexer is given the line. Raises IndexError when there is no such line."""
        return self.length(line) <= LONGEST_LINE

    def is_blank(self, line: int) -> bool:
        """Whether the line holds nothing but white space, as far as it is lexed."""
        return not self._lexed_lines(line, line + 1).strip()

    def replace(self, source: str, change: TextChange | None = None) -> LineChange:
        """Take another text; `change`, where it is known, makes it of the one before.

        Linear in the text, but the work a character is that of comparing and copying.
        """
        old, starts = self.source, self._source_starts
        change = change or difference(old, source)
        first = bisect_right(starts, change.start, hi=len(self)) - 1
        old_end = bisect_right(starts, change.start + len(change.removed), hi=len(self))
        begin, shift = starts[first], len(source) - len(old)
        after = source[begin : starts[old_end] - 1 + shift]
        new_starts = [begin, *(begin + found.end() for found in _BREAK.finditer(after))]
        behind = [start + shift for start in starts[old_end:]] if shift else starts[old_end:]
        before = self._lexed_lines(first, old_end)
        has_long = self.starts is not starts or any(len(line) > LONGEST_LINE for line in after.split("\n"))
        self.source, self._source_starts = source, [*starts[:first], *new_starts, *behind]
        self._set_lexed(has_long=has_long)
        new_end = first + len(new_starts)
        return LineChange(first, old_end, new_end, before, self._lexed_lines(first, new_end))

    def _set_lexed(self, *, has_long: bool) -> None:
        """`has_long` where a line may be too long."""
        self.lexed, self.starts = f"{self.source}\n", self._source_starts
        if not has_long:
            return
        lines = self.source.split("\n")
        if any(len(line) > LONGEST_LINE for line in lines):
            lines = [line if len(line) <= LONGEST_LINE else "" for line in lines]
            self.lexed = "\n".join([*lines, ""])
            self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def _lexed_lines(self, first: int, stop: int) -> str:
        return self.lexed[self.starts[first] : self.starts[stop] - 1]


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
