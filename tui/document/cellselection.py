"""Which cells are selected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.document.notebook import Cell, CellKey, Notebook


@dataclass(frozen=True, slots=True)
class CellSelection:
    """From `anchor` to `head`, both included; `head` is the focused cell."""

    anchor: CellKey
    head: CellKey

    @classmethod
    def of(cls, key: CellKey) -> CellSelection:
        """One cell."""
        return cls(key, key)

    @property
    def is_single(self) -> bool:
        """Whether it is one cell only."""
        return self.anchor == self.head

    def indices(self, notebook: Notebook) -> range:
        """Where the cells are. Raises KeyError when an end is not in the notebook."""
        ends = notebook.index_of(self.anchor), notebook.index_of(self.head)
        return range(min(ends), max(ends) + 1)

    def cells(self, notebook: Notebook) -> tuple[Cell, ...]:
        """The cells, in the notebook's order. Raises KeyError when an end is not in the notebook."""
        indices = self.indices(notebook)
        return notebook.cells[indices.start : indices.stop]

    def extended(self, notebook: Notebook, by: int) -> CellSelection:
        """With the head `by` cells further down, or up where negative, as far as there are cells."""
        target = notebook.index_of(self.head) + by
        index = max(0, min(target, len(notebook.cells) - 1))
        return CellSelection(self.anchor, notebook.cells[index].key)

    def mapped(self, before: Notebook, after: Notebook) -> CellSelection | None:
        """The selection after an edit; None when no cell is left.

        An end that is gone moves to the next cell below that is still there, and where there is none to the
        next above; where no cell of before is left, to the cell that is now in its place.
        """
        if not after.cells:
            return None
        return CellSelection(_nearest(self.anchor, before, after), _nearest(self.head, before, after))


def _nearest(key: CellKey, before: Notebook, after: Notebook) -> CellKey:
    if key in after:
        return key
    index = before.index_of(key)
    for candidate in (*before.cells[index + 1 :], *reversed(before.cells[:index])):
        if candidate.key in after:
            return candidate.key
    return after.cells[min(index, len(after.cells) - 1)].key
