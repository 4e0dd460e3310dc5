"""Text selected with the mouse across cells and outputs: rows as they are drawn, from a place to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.view.gutter import CONTENT_COLUMN

if TYPE_CHECKING:
    from tui.document.notebook import CellKey, Notebook


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
        first, last = self.ends(notebook)
        here = index, row
        if not first[:2] <= here <= last[:2]:
            return 0, 0
        left = max(first[2], CONTENT_COLUMN) if here == first[:2] else CONTENT_COLUMN
        return left, last[2] + 1 if here == last[:2] else width

    def ends(self, notebook: Notebook) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Cell, row and column of its first place and of its last."""
        anchor, head = ((notebook.index_of(end.key), end.row, end.column) for end in (self.anchor, self.head))
        return min(anchor, head), max(anchor, head)
