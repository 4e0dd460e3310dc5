"""The text of what was selected with the mouse, as it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.rowops import crop, plain, row_width
from tui.view.gutter import CONTENT_COLUMN
from tui.view.outputspart import RULE_WIDTH

if TYPE_CHECKING:
    from tui.view.cellblock import CellBlock
    from tui.view.cellblocks import CellBlocks
    from tui.view.sweep import Sweep

MOST_ROWS: Final = 20_000
"""Rows that are copied at once."""


def swept_text(sweep: Sweep, blocks: CellBlocks) -> str:
    """What is selected, without what stands beside it; lines that were wrapped in a source are whole."""
    notebook = blocks.notebook
    if sweep.anchor.key not in notebook or sweep.head.key not in notebook:
        return ""
    (first, first_row, _), (last, last_row, _) = sweep.ends(notebook)
    lines: list[str] = []
    for index in range(first, last + 1):
        block = blocks.at(index)
        start = first_row if index == first else 0
        stop = last_row + 1 if index == last else block.height
        for row in range(start, min(stop, block.height)):
            if len(lines) >= MOST_ROWS:
                return "\n".join(line.rstrip() for line in lines)
            left, right = sweep.columns(notebook, index, row, blocks.width)
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
