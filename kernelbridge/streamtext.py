"""The text of a stream: a value that never changes, yet costs little to add to, however much was printed.

Values share one growing buffer of closed lines, each remembering how much of it is its own; the last line,
which is still open, each has for itself (`openline`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kernelbridge.openline import OpenLine, PlainLine

_BLOCK = 8192
"""Code points: what one block of a buffer holds at least before another is begun."""


class _ClosedLines:
    """Text that is only added to, in blocks, with an index by offset and by line."""

    __slots__ = ("blocks", "length", "line_ends", "newlines", "offsets")

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.offsets: list[int] = []
        """Where each block begins."""
        self.line_ends: list[int] = []
        """How many line feeds there are up to the end of each block."""
        self.length = 0
        self.newlines = 0

    def extend(self, text: str) -> None:
        """Adds `text`, which may end anywhere in a line."""
        for start in range(0, len(text), _BLOCK):
            self._add(text if len(text) <= _BLOCK else text[start : start + _BLOCK])

    def _add(self, text: str) -> None:
        self.length += len(text)
        self.newlines += text.count("\n")
        if self.blocks and len(self.blocks[-1]) + len(text) <= _BLOCK:
            self.blocks[-1] += text
            self.line_ends[-1] = self.newlines
        else:
            self.blocks.append(text)
            self.offsets.append(self.length - len(text))
            self.line_ends.append(self.newlines)

    def read(self, start: int, stop: int) -> str:
        """The text between two offsets."""
        if start >= stop:
            return ""
        first = bisect_right(self.offsets, start) - 1
        last = bisect_left(self.offsets, stop)
        text = "".join(self.blocks[first:last])
        begin = self.offsets[first]
        return text[start - begin : stop - begin]

    def line_start(self, line: int) -> int:
        """The offset at which line `line` begins, which is right behind that many line feeds."""
        if line == 0:
            return 0
        index = bisect_left(self.line_ends, line)
        block = self.blocks[index]
        at = -1
        for _ in range(line - (self.line_ends[index - 1] if index else 0)):
            at = block.index("\n", at + 1)
        return self.offsets[index] + at + 1


class StreamText:
    """What was printed on one stream; equal to another by its text.

    `of` keeps text as it stands in a file. `append` takes what a kernel prints and applies `\\r` (overwriting
    from the start of the line, the tail of a longer old line staying) and `\\b` (deleting a character)
    the way JupyterLab does when it stores a stream (`outputarea/model.ts`, processText), and `CSI K` as a
    terminal does. SGR sequences keep their place. How the text was split into messages makes no difference.
    """

    __slots__ = ("_closed", "_closed_length", "_closed_lines", "_open", "_open_text")

    def __init__(
        self, closed: _ClosedLines, closed_length: int, closed_lines: int, open_line: OpenLine
    ) -> None:
        self._closed = closed
        self._closed_length = closed_length
        self._closed_lines = closed_lines
        self._open = open_line
        self._open_text: str | None = None

    @classmethod
    def of(cls, text: str) -> StreamText:
        """Stored text, kept to the letter: `str()` gives it back."""
        closed = _ClosedLines()
        end = text.rfind("\n") + 1
        closed.extend(text[:end])
        return cls(
            closed, closed.length, closed.newlines, PlainLine((text[end:],) if end < len(text) else ())
        )

    def append(self, text: str) -> StreamText:
        """The text with what was printed after it.

        Takes time linear in `text`; a value that was added to before copies itself first.
        """
        end = text.rfind("\n") + 1
        if not end:
            return StreamText(self._closed, self._closed_length, self._closed_lines, self._open.feed(text))
        closed = self._own_lines()
        rest = text[end:]
        if (
            "\r" not in text
            and "\b" not in text
            and isinstance(self._open, PlainLine)
            and not self._open.at_start
        ):
            closed.extend(self._open.text + text[:end])
            return StreamText(closed, closed.length, closed.newlines, PlainLine((rest,) if rest else ()))
        line = self._open
        for whole in text[: end - 1].split("\n"):
            closed.extend(line.feed(whole).text + "\n")
            line = PlainLine()
        return StreamText(closed, closed.length, closed.newlines, line.feed(rest))

    def _own_lines(self) -> _ClosedLines:
        """The shared buffer where this value has all of it, else a copy of its part."""
        if self._closed.length == self._closed_length:
            return self._closed
        own = _ClosedLines()
        own.extend(self._closed.read(0, self._closed_length))
        return own

    @property
    def open_line(self) -> str:
        """The last line, which no line feed has ended: all that a later value may show otherwise."""
        if self._open_text is None:
            self._open_text = self._open.text
        return self._open_text

    @property
    def closed_line_count(self) -> int:
        """How many lines a line feed has ended; they are the same in every value that continues this one."""
        return self._closed_lines

    @property
    def line_count(self) -> int:
        """How many lines there are, with the open one unless it is empty."""
        return self._closed_lines + bool(self.open_line)

    def line(self, index: int) -> str:
        """One line without its line feed. Raises IndexError when there is none."""
        if not 0 <= index < self.line_count:
            raise IndexError(index)
        return self.lines(index, index + 1)[0]

    def lines(self, start: int, stop: int) -> list[str]:
        """The lines from `start` up to `stop`, without line feeds; fewer where the text ends before."""
        start, stop = max(0, start), min(stop, self.line_count)
        if start >= stop:
            return []
        last_closed = min(stop, self._closed_lines)
        lines: list[str] = []
        if start < last_closed:
            text = self._closed.read(self._closed.line_start(start), self._closed.line_start(last_closed))
            lines = text[:-1].split("\n")
        if stop > self._closed_lines:
            lines.append(self.open_line)
        return lines

    def continues(self, other: StreamText) -> bool:
        """Whether this is `other` with more printed, so that its closed lines are the first ones of this."""
        return self._closed is other._closed and self._closed_length >= other._closed_length

    def __str__(self) -> str:
        return self._closed.read(0, self._closed_length) + self.open_line

    def __len__(self) -> int:
        return self._closed_length + len(self.open_line)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StreamText):
            return NotImplemented
        if self._closed is other._closed and self._closed_length == other._closed_length:
            return self.open_line == other.open_line
        return len(self) == len(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        text = str(self)
        return (
            f"StreamText({text!r})"
            if len(text) <= 80
            else f"StreamText({text[:77]!r}..., {len(text)} characters)"
        )
