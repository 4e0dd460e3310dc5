"""A notebook and its cells as immutable values.

A cell's `key` is its identity while it is open and is never written; `id` is nbformat's (4.5 and later), kept
as the file has it. The file layer keeps what these values leave out (unknown keys, order, spelling) by key.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NewType

from kernelbridge.outputs import JsonObject, JsonValue, Output

CellKey = NewType("CellKey", int)

_keys = itertools.count(1)


def new_key() -> CellKey:
    """A key that no other cell of this process has."""
    return CellKey(next(_keys))


class CellKind(Enum):
    """nbformat's `cell_type`; one it does not know is RAW, and keeps its own word in the file."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    key: CellKey
    kind: CellKind
    source: str
    outputs: tuple[Output, ...] = ()
    execution_count: int | None = None
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    attachments: JsonObject = field(default_factory=dict[str, JsonValue])
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Notebook:
    """Cells in order, no key twice, and what the file says of them all."""

    cells: tuple[Cell, ...] = ()
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    nbformat: int = 4
    nbformat_minor: int = 5
    _positions: Mapping[CellKey, int] | None = field(default=None, init=False, repr=False, compare=False)
    """Found when first asked for, and handed on to notebooks that have the same keys in the same order."""

    @property
    def positions(self) -> Mapping[CellKey, int]:
        """Where each cell is, by key."""
        if self._positions is None:
            object.__setattr__(self, "_positions", {cell.key: at for at, cell in enumerate(self.cells)})
        return self._positions or {}

    def __contains__(self, key: CellKey) -> bool:
        return key in self.positions

    def index_of(self, key: CellKey) -> int:
        """Where the cell is. Raises KeyError when there is none."""
        return self.positions[key]

    def cell(self, key: CellKey) -> Cell:
        """The cell of that key. Raises KeyError when there is none."""
        return self.cells[self.positions[key]]

    def with_cell(self, index: int, cell: Cell) -> Notebook:
        """The notebook with another value in place of the cell at `index`."""
        cells = list(self.cells)
        same_keys = cells[index].key == cell.key
        cells[index] = cell
        return self.with_cells(tuple(cells), self._positions if same_keys else None)

    def with_cells(self, cells: tuple[Cell, ...], positions: Mapping[CellKey, int] | None = None) -> Notebook:
        """The notebook with other cells; `positions` says where they are, when the caller knows."""
        notebook = Notebook(cells, self.metadata, self.nbformat, self.nbformat_minor)
        object.__setattr__(notebook, "_positions", positions)
        return notebook
