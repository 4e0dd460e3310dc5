"""Blocks: which characters of a line are between two columns, and what an edge cuts of a wide one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.view.editor.rectangle import Rectangle
from tui.view.editor.vim.buffer import Buffer


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a line that is in a block; counts are of cells.

    A tab, or a wide character, that an edge goes through is within `[outer_start, outer_end)` only.
    """

    start: int
    end: int
    """Of the characters that are in it whole."""
    outer_start: int
    outer_end: int
    before: int
    """Of the character that the left edge cuts, the part before the block."""
    head: int
    """The part of it that is within."""
    tail: int
    """Of the character that the right edge cuts, the part within."""
    behind: int
    """The part of it behind the block."""
    lacks: int
    """How much the line is too short to come to the left edge."""
    lacks_right: int
    """How much it is too short to come to the right edge."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the line is in the block."""
        return self.outer_start == self.outer_end


def block_between(buffer: Buffer, anchor: int, head: int, *, to_ends: bool) -> Rectangle:
    """The block that has the characters at two places in its corners."""
    lines = sorted((buffer.line_at(anchor), buffer.line_at(head)))
    columns = [*_cells(buffer, anchor), *_cells(buffer, head)]
    block = Rectangle(range(lines[0], lines[1] + 1), min(columns), max(columns))
    return widened(buffer, block) if to_ends else block


def widened(buffer: Buffer, block: Rectangle) -> Rectangle:
    """The block up to the ends of its lines."""
    longest = max(width_of(buffer, line) for line in block.lines)
    return replace(block, right=max(longest, block.left) + 1, to_ends=True)


def width_of(buffer: Buffer, line: int) -> int:
    """The cells of a line."""
    return buffer.layout.unwrapped_column(buffer.end(line))


def place_in(buffer: Buffer, line: int, column: int) -> int:
    """The character that is drawn at a column of a line, or the line's end."""
    return buffer.at_column(line, column, past_end=True)


def corner(buffer: Buffer, block: Rectangle) -> int:
    """The place in the upper left corner."""
    return place_in(buffer, block.lines[0], block.left)


def piece_of(buffer: Buffer, block: Rectangle, line: int) -> Piece:
    """The part of a line that is in a block."""
    column, end = buffer.layout.unwrapped_column, buffer.end(line)
    width = column(end)
    lacks_right = max(0, block.right - width)
    if width <= block.left:
        return Piece(end, end, end, end, 0, 0, 0, 0, block.left - width, lacks_right)
    first = place_in(buffer, line, block.left)
    before = block.left - column(first)
    start = buffer.after(first) if before else first
    if before and column(start) >= block.right:
        behind = column(start) - block.right
        return Piece(first, first, first, start, before, block.width, 0, behind, 0, lacks_right)
    last = place_in(buffer, line, block.right)
    tail = block.right - column(last) if last < end else 0
    outer_end = buffer.after(last) if tail else last
    behind = column(outer_end) - block.right if tail else 0
    head = column(start) - block.left
    return Piece(start, last, first, outer_end, before, head, tail, behind, 0, lacks_right)


def _cells(buffer: Buffer, offset: int) -> tuple[int, int]:
    """The first column of a character and the first behind it; the end of a line is one cell."""
    start = buffer.layout.unwrapped_column(offset)
    if offset >= buffer.end_at(offset):
        return start, start + 1
    return start, max(start + 1, buffer.layout.unwrapped_column(buffer.after(offset)))
