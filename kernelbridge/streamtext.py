"""The text of a stream: a value that never changes, yet costs little to add to, however much was printed.

Values share one growing buffer of closed lines, each remembering how much of it is its own; the last line,
which is still open, each has for itself (`openline`), and so all lines that a cursor came back to
(`openregion`). Stored text is one string until it is asked for lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kernelbridge.openline import OpenLine, PlainLine
from kernelbridge.openregion import OpenRegion, moves_vertically, unfinished

_BLOCK = 8192
"""Code points: what one block of a buffer holds at least before another is begun."""


class _ClosedLines:
    """Text that is only added to, in blocks, with an index by offset and by line."""

    __slots__ = ("_found", "blocks", "length", "line_ends", "newlines", "offsets")

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.offsets: list[int] = []
        """Where each block begins."""
        self.line_ends: list[int] = []
        """How many line feeds there are up to the end of each block."""
        self.length = 0
        self.newlines = 0
        self._found = (0, 0)
        """The line that was looked for last, and where it begins: who reads on begins from there."""

    def extend(self, text: str, end: int | None = None) -> None:
        """Adds `text` up to `end`, which may be anywhere in a line."""
        end = len(text) if end is None else end
        for start in range(0, end, _BLOCK):
            self._add(text[start : min(start + _BLOCK, end)])

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

    def first(self, length: int) -> _ClosedLines:
        """Another buffer with the beginning of this one; it shares the blocks, and so costs little."""
        other = _ClosedLines()
        whole = bisect_right(self.offsets, length) - 1
        if whole >= 0:
            other.blocks, other.offsets = self.blocks[:whole], self.offsets[:whole]
            other.line_ends = self.line_ends[:whole]
            other.length = self.offsets[whole]
            other.newlines = other.line_ends[-1] if whole else 0
            other.extend(self.blocks[whole][: length - other.length])
        return other

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
        block, begin = self.blocks[index], self.offsets[index]
        known, offset = self._found
        if not begin < offset <= begin + len(block) or known > line:
            known, offset = (self.line_ends[index - 1] if index else 0), begin
        at = offset - begin - 1
        for _ in range(line - known):
            at = block.index("\n", at + 1)
        self._found = line, begin + at + 1
        return begin + at + 1


@dataclass(frozen=True, slots=True)
class _Lines:
    """Text in lines: the beginning of a buffer and the lines that are still open."""

    closed: _ClosedLines
    """Shared with other values; only the first `closed_length` code points of it count."""
    closed_length: int
    closed_count: int
    """How many lines they are."""
    open: OpenRegion
    pending: str = ""
    """The beginning of an escape sequence, the rest of which is still to come."""

    @classmethod
    def of(cls, text: str) -> _Lines:
        """The lines of stored text."""
        closed = _ClosedLines()
        end = text.rfind("\n") + 1
        closed.extend(text, end)
        rest, pending = _parted(text[end:])
        return cls.up_to_end(closed, PlainLine((rest,) if rest else ()), pending)

    @classmethod
    def up_to_end(cls, closed: _ClosedLines, line: OpenLine, pending: str) -> _Lines:
        """All of a buffer, then a line."""
        return cls(closed, closed.length, closed.newlines, OpenRegion((line,)), pending)

    def append(self, text: str) -> _Lines:
        """The lines with what was printed after them."""
        text, pending = _parted(self.pending + text)
        if not self.open.is_single or moves_vertically(text):
            return self._move(text, pending)
        line = self.open.line
        end = text.rfind("\n") + 1
        if not end:
            region = OpenRegion((line.feed(text),))
            return _Lines(self.closed, self.closed_length, self.closed_count, region, pending)
        closed = self._own_buffer()
        rest = text[end:]
        if "\r" not in text and "\b" not in text and isinstance(line, PlainLine) and not line.at_start:
            closed.extend(line.text + text[:end])
            return _Lines.up_to_end(closed, PlainLine((rest,) if rest else ()), pending)
        for whole in text[: end - 1].split("\n"):
            closed.extend(line.feed(whole).text + "\n")
            line = PlainLine()
        return _Lines.up_to_end(closed, line.feed(rest), pending)

    def _move(self, text: str, pending: str) -> _Lines:
        """The lines after a text that takes the cursor to lines above, or where it is above the last one."""
        length, count = self.closed_length, self.closed_count

        def take_last() -> str | None:
            nonlocal length, count
            if not count:
                return None
            count, end = count - 1, length - 1
            length = self.closed.line_start(count)
            return self.closed.read(length, end)

        gone, region = self.open.feed(text, take_last)
        kept = _Lines(self.closed, length, count, region, pending)
        if not gone:
            return kept
        closed = kept._own_buffer()
        closed.extend("".join(f"{line}\n" for line in gone))
        return _Lines(closed, closed.length, closed.newlines, region, pending)

    def _own_buffer(self) -> _ClosedLines:
        """The shared buffer where this value has all of it, else one that begins as it does."""
        if self.closed.length == self.closed_length:
            return self.closed
        return self.closed.first(self.closed_length)

    def same_closed(self, other: _Lines) -> bool:
        """Whether both plainly differ in nothing but open lines."""
        return self.closed is other.closed and self.closed_length == other.closed_length

    @property
    def closed_text(self) -> str:
        """All but the open lines."""
        return self.closed.read(0, self.closed_length)

    @property
    def open_text(self) -> str:
        """The open lines."""
        return "\n".join(self.open.texts(self.pending))


def _parted(text: str) -> tuple[str, str]:
    """A text, and what at its end waits for more."""
    pending = unfinished(text)
    return text[: len(text) - len(pending)], pending


class StreamText:
    """What was printed on one stream; equal to another by its text.

    `of` keeps text as it stands in a file. `append` takes what a kernel prints and applies `\\r` (overwriting
    from the start of the line, the tail of a longer old line staying) and `\\b` (deleting a character)
    the way JupyterLab does when it stores a stream (`outputarea/model.ts`, processText), `CSI K` and the
    cursor's way to other lines (`openregion`) as a terminal does. SGR sequences keep their place. How the
    text was split into messages makes no difference.
    """

    __slots__ = ("_held", "_open_text", "_shown")

    def __init__(self, held: str | _Lines) -> None:
        self._held = held
        """Stored text until its lines are first asked for: most of a notebook is never looked at."""
        self._open_text: str | None = None
        self._shown: StreamText | None = None

    @classmethod
    def of(cls, text: str) -> StreamText:
        """Stored text, kept to the letter: `str()` gives it back."""
        return cls(text)

    @property
    def shown(self) -> StreamText:
        """This; of stored text in which a cursor goes up, what there would be had it been printed here."""
        held = self._held
        if not isinstance(held, str):
            return self._shown or self
        if self._shown is None and moves_vertically(held):
            self._shown = StreamText("").append(held)
        return self._shown or self

    def append(self, text: str) -> StreamText:
        """The text with what was printed after it.

        Takes time linear in `text`; a value that was added to before copies itself first.
        """
        return StreamText(self._lines.append(text))

    @property
    def _lines(self) -> _Lines:
        held = self._held
        if isinstance(held, str):
            held = self._held = _Lines.of(held)
        return held

    @property
    def open_text(self) -> str:
        """The last line, which no line feed has ended, or more of them once a cursor came back to others."""
        if self._open_text is None:
            self._open_text = self._lines.open_text
        return self._open_text

    @property
    def open_lines(self) -> list[str]:
        """The lines of that text, but for an empty one at its end."""
        lines = self.open_text.split("\n")
        return lines if lines[-1] else lines[:-1]

    @property
    def closed_line_count(self) -> int:
        """How many lines there are before the open ones."""
        return self._lines.closed_count

    @property
    def line_count(self) -> int:
        """How many lines there are, with the open ones."""
        return self.closed_line_count + len(self.open_lines)

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
        closed, closed_count = self._lines.closed, self._lines.closed_count
        last_closed = min(stop, closed_count)
        lines: list[str] = []
        if start < last_closed:
            text = closed.read(closed.line_start(start), closed.line_start(last_closed))
            lines = text[:-1].split("\n")
        if stop > closed_count:
            lines += self.open_lines[max(0, start - closed_count) : stop - closed_count]
        return lines

    def beginning(self, length: int) -> str:
        """The first `length` code points, or all; quick however long the text is."""
        held = self._held
        if isinstance(held, str):
            return held[:length]
        text = held.closed.read(0, min(length, held.closed_length))
        return text if len(text) == length else (text + self.open_text)[:length]

    def continues(self, other: StreamText) -> bool:
        """Whether this is `other` with more printed, so that its closed lines are the first ones of this."""
        if isinstance(other._held, str):  # nothing was ever printed after it
            return other is self
        mine, others = self._lines, other._lines
        return mine.closed is others.closed and mine.closed_length >= others.closed_length

    def lines_shared(self, other: StreamText) -> int:
        """How many closed lines both are plainly known to begin with, as one grew from the other."""
        if isinstance(other._held, str) and other is not self:  # nothing was ever printed after it
            return 0
        mine, others = self._lines, other._lines
        return min(mine.closed_count, others.closed_count) if mine.closed is others.closed else 0

    def __str__(self) -> str:
        held = self._held
        return held if isinstance(held, str) else held.closed_text + self.open_text

    def __len__(self) -> int:
        held = self._held
        return len(held) if isinstance(held, str) else held.closed_length + len(self.open_text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StreamText):
            return NotImplemented
        mine, others = self._held, other._held
        if isinstance(mine, _Lines) and isinstance(others, _Lines) and mine.same_closed(others):
            return self.open_text == other.open_text
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
