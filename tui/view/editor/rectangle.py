"""A rectangle of a text: some lines of it between two columns of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.view.editor.layout import TextLayout


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Lines between two columns, in cells, as if no line were wrapped; `right` is the first behind it."""

    lines: range
    left: int
    right: int
    to_ends: bool = False
    """Whether it goes to the end of each line, wherever that is; then `right` is behind the longest."""

    @property
    def width(self) -> int:
        """In cells, at least 1."""
        return self.right - self.left

    def columns_on(self, row: int, layout: TextLayout) -> tuple[int, int]:
        """The columns of a drawn row that are in it; a wide character that an edge goes through is whole."""
        if not 0 <= row < layout.row_count or layout.line_of_row(row) not in self.lines:
            return 0, 0
        start, end = layout.row_span(row)
        first, behind = layout.unwrapped_column(start), layout.unwrapped_column(end)
        left, right = max(self.left, first), min(self.right, behind)
        if left >= right:
            return 0, 0
        return _whole(layout, row, left - first)[0], _whole(layout, row, right - first - 1)[1]


def _whole(layout: TextLayout, row: int, column: int) -> tuple[int, int]:
    """The columns of what is drawn at a column of a row: of a tab that cell alone."""
    offset = layout.offset_at(row, column)
    if layout.position(offset)[1] > column:
        offset = layout.border_before(offset)
    if layout.text.startswith("\t", offset):
        return column, column + 1
    start = layout.position(offset)[1]
    width = layout.unwrapped_column(layout.border_after(offset)) - layout.unwrapped_column(offset)
    return start, start + max(1, width)
