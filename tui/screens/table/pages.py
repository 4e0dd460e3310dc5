"""What has been read of a table: blocks of lines and columns, of which the last looked at are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tui.screens.table.source import Line

LINES: Final = 100
"""Lines of a block."""
COLUMNS: Final = 24
"""Columns of a block."""
MOST: Final = 64
"""Blocks that are kept."""


class Block(NamedTuple):
    """Which part of a table: the numbers of the block of lines and of the block of columns."""

    lines: int
    columns: int


@dataclass(frozen=True, slots=True)
class Extent:
    """How large the table is, of which blocks are read."""

    lines: int
    columns: int

    def lines_of(self, block: Block) -> range:
        """The lines in a block."""
        return range(block.lines * LINES, min((block.lines + 1) * LINES, self.lines))

    def columns_of(self, block: Block) -> range:
        """The columns in a block."""
        return range(block.columns * COLUMNS, min((block.columns + 1) * COLUMNS, self.columns))


class Pages:
    """The blocks that are there."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[Block, Sequence[Line]] = OrderedDict()

    def clear(self) -> None:
        """Forget all: the lines are in another order."""
        self._blocks.clear()

    def put(self, block: Block, lines: Sequence[Line]) -> None:
        """Keep what was read, and let go of what was looked at longest ago."""
        self._blocks[block] = lines
        self._blocks.move_to_end(block)
        while len(self._blocks) > MOST:
            self._blocks.popitem(last=False)

    def index(self, line: int, column: int) -> tuple[str, ...] | None:
        """The names of a line, as read with the block of that column; None where it is not there."""
        found = self._line(line, column)
        return None if found is None else found.index

    def cell(self, line: int, column: int) -> str | None:
        """The text of a cell; None where it is not there."""
        found = self._line(line, column)
        at = column % COLUMNS
        return found.cells[at] if found is not None and at < len(found.cells) else None

    def next_missing(self, lines: range, columns: range, extent: Extent) -> Block | None:
        """The first block to be read of those in sight, or else of the page behind and the one before."""
        ahead, behind = (range(lines.start + step, lines.stop + step) for step in (len(lines), -len(lines)))
        for part in (lines, ahead, behind):
            for block in _blocks(part, columns, extent):
                if block not in self._blocks:
                    return block
        return None

    def _line(self, line: int, column: int) -> Line | None:
        block = Block(line // LINES, column // COLUMNS)
        lines = self._blocks.get(block)
        if lines is None:
            return None
        self._blocks.move_to_end(block)
        at = line % LINES
        return lines[at] if at < len(lines) else None


def _blocks(lines: range, columns: range, extent: Extent) -> Iterator[Block]:
    first, last = max(lines.start, 0), min(lines.stop, extent.lines) - 1
    if first > last:
        return
    last_column = max(columns.start, min(columns.stop, extent.columns) - 1)
    for number in range(first // LINES, last // LINES + 1):
        for column in range(columns.start // COLUMNS, last_column // COLUMNS + 1):
            yield Block(number, column)
