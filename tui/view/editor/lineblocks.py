"""Lines laid out, in blocks of bounded size, so that a change costs one block and not the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from tui.view.editor.lines import Line

BLOCK_LINES: Final = 128
"""The most lines in a block."""


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Some lines in a row, and where each begins, counted from the start of the block.

    `offsets` and `rows` have one entry more than there are lines: the block's own length and row count.
    """

    lines: tuple[Line, ...]
    offsets: tuple[int, ...]
    """In code points; each line counts its newline."""
    rows: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> LineBlock:
        """A block of these lines."""
        return cls(
            tuple(lines),
            tuple(accumulate((line.length + 1 for line in lines), initial=0)),
            tuple(accumulate((line.row_count for line in lines), initial=0)),
        )


def blocks_of(lines: Sequence[Line]) -> list[LineBlock]:
    """The lines in blocks of about the same size."""
    count = -(-len(lines) // BLOCK_LINES)
    size = -(-len(lines) // count) if count else 0
    return [LineBlock.of(lines[first : first + size]) for first in range(0, len(lines), size or 1)]


def replaced(
    blocks: Sequence[LineBlock], first: tuple[int, int], last: tuple[int, int], lines: Sequence[Line]
) -> list[LineBlock]:
    """The blocks with `lines` in place of those from `first` to `last`, both included.

    A line is named by its block and its place in it.
    """
    first_block, first_line = first
    last_block, last_line = last
    touched = [*blocks[first_block].lines[:first_line], *lines, *blocks[last_block].lines[last_line + 1 :]]
    stop = last_block + 1
    if len(touched) < BLOCK_LINES // 4 and stop < len(blocks):
        touched += blocks[stop].lines
        stop += 1
    return [*blocks[:first_block], *blocks_of(touched), *blocks[stop:]]
