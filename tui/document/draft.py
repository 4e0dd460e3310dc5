"""A notebook while edits are applied to it: mutable, so that many edits at once do not copy it once each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kernelbridge.outputs import JsonObject
    from tui.document.notebook import Cell, CellKey, Notebook


class Draft:
    """Begins as a notebook, which stays as it is; `finished` gives what has become of it.

    That indexes and keys fit is the caller's to check, with `len`, `in` and `find`.
    """

    __slots__ = ("_cells", "_changed", "_keys", "_metadata", "_notebook", "_positions")

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._cells = list(notebook.cells)
        self._metadata = notebook.metadata
        self._positions: Mapping[CellKey, int] | None = notebook.positions
        """None once cells came, went or moved, until somebody asks."""
        self._keys: set[CellKey] | None = None
        """Kept from the first change of structure on; before that the notebook knows."""
        self._changed = False

    def __len__(self) -> int:
        return len(self._cells)

    def __contains__(self, key: CellKey) -> bool:
        return key in (self._notebook.positions if self._keys is None else self._keys)

    def find(self, key: CellKey) -> Cell:
        """The cell of that key. Raises KeyError when there is none."""
        return self._cells[self._current_positions()[key]]

    def put(self, cell: Cell) -> None:
        """Replaces the cell of the same key. Raises KeyError when there is none."""
        index = self._current_positions()[cell.key]
        self._changed = self._changed or self._cells[index] is not cell
        self._cells[index] = cell

    def insert(self, index: int, cells: tuple[Cell, ...]) -> None:
        """Puts cells before the one at `index`."""
        self._restructure().update(cell.key for cell in cells)
        self._cells[index:index] = cells

    def remove(self, index: int, count: int) -> tuple[Cell, ...]:
        """Takes `count` cells out and returns them."""
        removed = tuple(self._cells[index : index + count])
        self._restructure().difference_update(cell.key for cell in removed)
        del self._cells[index : index + count]
        return removed

    def set_metadata(self, metadata: JsonObject) -> JsonObject:
        """Replaces the notebook's metadata and returns the old."""
        old = self._metadata
        self._changed = self._changed or metadata is not old
        self._metadata = metadata
        return old

    def finished(self) -> Notebook:
        """The notebook as it is now: the very one it began as, when nothing has changed."""
        if not self._changed:
            return self._notebook
        notebook = self._notebook.with_cells(tuple(self._cells), self._positions)
        if self._metadata is self._notebook.metadata:
            return notebook
        return replace(notebook, metadata=self._metadata)

    def _current_positions(self) -> Mapping[CellKey, int]:
        if self._positions is None:
            self._positions = {cell.key: at for at, cell in enumerate(self._cells)}
        return self._positions

    def _restructure(self) -> set[CellKey]:
        if self._keys is None:
            self._keys = set(self._notebook.positions)
        self._positions = None
        self._changed = True
        return self._keys
