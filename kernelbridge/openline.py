"""The last line of a stream while it is being printed: `\\r` and `\\b` change it, a line feed will close it.

Immutable: `feed` gives a new value. A line that nothing overwrites keeps its text to the letter; the first
overwriting turns it into cells, each with its colours, so that no escape sequence is cut in two.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

_TOKEN = re.compile(
    r"(?P<text>[^\r\x08\x1b]+)"
    r"|(?P<home>\r)"
    r"|(?P<back>\x08)"
    r"|(?P<sgr>\x1b\[[0-9;:]{0,64}m)"
    r"|(?P<erase>\x1b\[(?:[0-2]?K|0?J))"
    r"|\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]"  # another control sequence: it has no width
    r"|\x1b\][^\x00-\x1f]{0,4096}(?:\x07|\x1b\\)"  # an operating system command
    r"|\x1b[ -Z\\^-~]?",
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}|\][^\x00-\x1f]{0,4096}\x1b?)?\Z")
_RESET = re.compile(r"\x1b\[0*(?:;|m)")
_LONGEST_STYLE = 256
_LONGEST_UNFINISHED = 4200
_BLOCK = 512
_MOST_ROWS = 24
"""Of a line that fills several: a terminal has no more, mostly."""

Cell: TypeAlias = tuple[str, str]
"""The SGR sequences in force, counted from the start of the line, and one code point."""
CellBlocks: TypeAlias = tuple[tuple[Cell, ...], ...]
_BLANKS: tuple[Cell, ...] = (("", " "),) * _BLOCK


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line that was only ever added to."""

    pieces: tuple[str, ...] = ()
    """Each at least twice as long as the next, so that adding costs little however long the line grows."""
    at_start: bool = False
    """A carriage return came last: the next character overwrites, a line feed does not."""

    @property
    def text(self) -> str:
        """The line as it was printed."""
        return "".join(self.pieces)

    def feed(self, text: str) -> OpenLine:
        """The line after `text`, which holds no line feed."""
        if not self.pieces:
            text = text.lstrip("\r\b")
        if not text:
            return self
        stripped = text.rstrip("\r")
        if not stripped:
            return replace(self, at_start=True)
        if self.at_start:
            return EditedLine().feed(self.text + "\r").feed(text)
        if "\r" in stripped or "\b" in stripped:
            return EditedLine().feed(self.text).feed(text)
        return PlainLine(_joined(self.pieces, stripped), at_start=len(stripped) < len(text))


def _joined(pieces: tuple[str, ...], text: str) -> tuple[str, ...]:
    """`text` added, with pieces joined so that their number stays logarithmic in the length."""
    kept = len(pieces)
    while kept and len(pieces[kept - 1]) < 2 * len(text):
        kept -= 1
        text = pieces[kept] + text
    return (*pieces[:kept], text)


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A line that was overwritten, as cells in blocks; a change copies the blocks it touches."""

    blocks: CellBlocks = ()
    cursor: int = 0
    """The column, in code points, at which the next one is put."""
    style: str = ""
    """The SGR sequences in force for what is printed next."""
    unfinished: str = ""
    """The beginning of an escape sequence, the rest of which is still to come."""

    def rows_filled(self, width: int) -> list[EditedLine]:
        """The rows of that width, where all are filled and the cursor is behind the last cell; else none."""
        if not self.cursor or self.cursor % width or self.cursor > _MOST_ROWS * width:
            return []
        if self.cursor != self._length:
            return []
        cells = tuple(cell for block in self.blocks for cell in block)
        rows = [tuple(_cut(cells[start : start + width])) for start in range(0, len(cells), width)]
        return [EditedLine(blocks, width, self.style) for blocks in rows]

    @property
    def _length(self) -> int:
        return sum(map(len, self.blocks))

    def at_column(self, column: int) -> EditedLine:
        """The line with the cursor there, but no further than there are cells."""
        return replace(self, cursor=min(column, self._length) if column else 0)

    @property
    def text(self) -> str:
        """The cells with the colours between them, then what is unfinished."""
        parts: list[str] = []
        style = ""
        for block in self.blocks:
            for cell_style, character in block:
                if cell_style != style:
                    parts.append(_transition(style, cell_style))
                    style = cell_style
                parts.append(character)
        return "".join(parts) + _transition(style, self.style) + self.unfinished

    def feed(self, text: str) -> EditedLine:
        """The line after `text`, which holds no line feed."""
        text = self.unfinished + text
        tail = _UNFINISHED.search(text, max(0, len(text) - _LONGEST_UNFINISHED))
        unfinished = tail.group() if tail else ""
        pen = _Pen(list(self.blocks), self.cursor, self.style)
        for token in _TOKEN.finditer(text, 0, len(text) - len(unfinished)):
            pen.take(token)
        return EditedLine(tuple(block for block in pen.blocks if block), pen.cursor, pen.style, unfinished)


OpenLine: TypeAlias = PlainLine | EditedLine


def as_cells(line: OpenLine) -> EditedLine:
    """The line as one that was overwritten."""
    if isinstance(line, EditedLine):
        return line
    cells = EditedLine().feed(line.text)
    return cells.at_column(0) if line.at_start else cells


@dataclass(slots=True)
class _Pen:
    """The blocks of one line while one text is written into them."""

    blocks: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])
    cursor: int = 0
    style: str = ""
    _found: tuple[int, int] = (0, 0)
    """A block and the column at which it begins: what is looked for next is mostly near it."""

    def take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "text":
                self._put([(self.style, character) for character in token.group()])
            case "home":
                self.cursor = 0
            case "back":
                # JupyterLab deletes the character before the cursor; a terminal would only step over it.
                if self.cursor:
                    self._splice(self.cursor - 1, self.cursor, [])
                    self.cursor -= 1
            case "sgr":
                self.style = _restyled(self.style, token.group())
            case "erase":
                self._erase(token.group())
            case _:
                pass

    def _put(self, cells: list[Cell]) -> None:
        self._splice(self.cursor, self.cursor + len(cells), cells)
        self.cursor += len(cells)

    def _erase(self, sequence: str) -> None:
        if sequence in ("\x1b[1K", "\x1b[2K"):
            self._blank()
        if sequence != "\x1b[1K":
            self._splice(self.cursor, sys.maxsize, [])

    def _blank(self) -> None:
        """Puts blanks in the place of all before the cursor: shared ones, as a line may be erased often."""
        last, begin = self._locate(self.cursor)
        whole, rest = divmod(self.cursor, _BLOCK)
        tail = self.blocks[last][self.cursor - begin :] if last < len(self.blocks) else ()
        self.blocks[: last + 1] = [_BLANKS] * whole + [block for block in (_BLANKS[:rest], tail) if block]
        self._found = whole, whole * _BLOCK

    def _splice(self, start: int, stop: int, cells: list[Cell]) -> None:
        """Puts `cells` in the place of those from `start` to `stop`; `stop` may lie behind the end."""
        last, after = self._locate(stop)
        first, before = self._locate(start)
        head = self.blocks[first][: start - before] if first < len(self.blocks) else ()
        tail = self.blocks[last][stop - after :] if last < len(self.blocks) else ()
        middle = (*head, *cells, *tail)
        self.blocks[first : last + 1] = list(_cut(middle))

    def _locate(self, column: int) -> tuple[int, int]:
        """The block that holds a column and the column at which it begins; at the end, the last block."""
        index, begin = self._found if column and self.blocks else (0, 0)
        while index > 0 and (index >= len(self.blocks) or column < begin):
            index -= 1
            begin -= len(self.blocks[index])
        while index < len(self.blocks) - 1 and column >= begin + len(self.blocks[index]):
            begin += len(self.blocks[index])
            index += 1
        self._found = index, begin
        return index, begin


def _cut(cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    for start in range(0, len(cells), _BLOCK):
        yield cells[start : start + _BLOCK]


def _restyled(style: str, sgr: str) -> str:
    """The sequences in force after one more: a reset forgets those before it."""
    if _RESET.match(sgr) or sgr == "\x1b[m":
        return sgr
    if len(style) + len(sgr) > _LONGEST_STYLE:
        return "\x1b[0m" + sgr
    return style + sgr


def _transition(old: str, new: str) -> str:
    """What to print between cells of two styles."""
    if new.startswith(old):
        return new[len(old) :]
    if _RESET.match(new) or new.startswith("\x1b[m"):
        return new
    return "\x1b[0m" + new
