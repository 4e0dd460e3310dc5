"""Text selected with the mouse across cells and outputs: rows as they are drawn, from a place to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.rowops import crop, plain, row_width
from tui.view.gutter import CONTENT_COLUMN
from tui.view.outputspart import RULE_WIDTH

if TYPE_CHECKING:
    from tui.document.notebook import CellKey, Notebook
    from tui.view.cellblock import CellBlock
    from tui.view.cellblocks import CellBlocks

MOST_ROWS: Final = 20_000
"""Rows that are copied at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the terminal's, as a row of a notebook's cell and a column of the view."""

    key: CellKey
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sweep:
    """From where the mouse was pressed to where it is."""

    anchor: Place
    head: Place

    def columns(self, notebook: Notebook, index: int, row: int, width: int) -> tuple[int, int]:
        """The columns of a row that are selected; equal where none is."""
        if self.anchor.key not in notebook or self.head.key not in notebook:
            return 0, 0
        first, last = self._ends(notebook)
        here = index, row
        if not first[:2] <= here <= last[:2]:
            return 0, 0
        left = max(first[2], CONTENT_COLUMN) if here == first[:2] else CONTENT_COLUMN
        return left, last[2] + 1 if here == last[:2] else width

    def _ends(self, notebook: Notebook) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        anchor, head = ((notebook.index_of(end.key), end.row, end.column) for end in (self.anchor, self.head))
        return min(anchor, head), max(anchor, head)

    def text(self, blocks: CellBlocks) -> str:
        """What is selected, without what stands beside it; lines that were wrapped in a source are whole."""
        notebook = blocks.notebook
        if self.anchor.key not in notebook or self.head.key not in notebook:
            return ""
        (first, first_row, _), (last, last_row, _) = self._ends(notebook)
        lines: list[str] = []
        for index in range(first, last + 1):
            block = blocks.at(index)
            start = first_row if index == first else 0
            stop = last_row + 1 if index == last else block.height
            for row in range(start, min(stop, block.height)):
                if len(lines) >= MOST_ROWS:
                    return "\n".join(line.rstrip() for line in lines)
                left, right = self.columns(notebook, index, row, blocks.width)
                line = _content(block, row, left, right)
                if row > start and _goes_on(block, row):
                    lines[-1] += line
                else:
                    lines.append(line)
        return "\n".join(line.rstrip() for line in lines)


def _goes_on(block: CellBlock, row: int) -> bool:
    """Whether a row of the source goes on with the line above it."""
    return block.source is not None and row < block.source_height and block.source.goes_on(row)


def _content(block: CellBlock, row: int, left: int, right: int) -> str:
    """The text between two columns of a row, without gutter, line number, rule and state."""
    start = block.text_column
    if row >= block.source_height and not block.is_blank(row):
        start = CONTENT_COLUMN + RULE_WIDTH
    drawn = block.content(row)
    first, last = max(left, start) - CONTENT_COLUMN, min(right - CONTENT_COLUMN, row_width(drawn))
    return plain(crop(drawn, first, last)) if first < last else ""
