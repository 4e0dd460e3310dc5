"""What an edit changed, for those who draw and save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from tui.document.edits import (
    ChangeText,
    InsertCells,
    MoveCells,
    RemoveCells,
    ReplaceCell,
    SetCellMetadata,
    SetNotebookMetadata,
    SetOutputs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.document.edits import Edit
    from tui.document.notebook import CellKey


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from before."""

    cells: frozenset[CellKey] = frozenset()
    """Cells that have another value, have come or have gone."""
    structure: bool = False
    """Whether cells came, went or moved."""
    metadata: bool = False
    """Whether the notebook's own metadata changed."""

    def __bool__(self) -> bool:
        return bool(self.cells) or self.structure or self.metadata

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.cells | other.cells, self.structure or other.structure, self.metadata or other.metadata
        )


def changes_of(edits: Iterable[Edit], inverses: Iterable[Edit]) -> Changes:
    """What edits changed, told by them and by their inverses, which name the cells that went."""
    cells: set[CellKey] = set()
    structure = metadata = False
    for edit in (*edits, *inverses):
        match edit:
            case ChangeText(key) | SetOutputs(key) | SetCellMetadata(key):
                cells.add(key)
            case ReplaceCell(cell):
                cells.add(cell.key)
            case SetNotebookMetadata():
                metadata = True
            case InsertCells(_, inserted):
                cells.update(cell.key for cell in inserted)
                structure = True
            case RemoveCells() | MoveCells():
                structure = True
            case _:
                assert_never(edit)
    return Changes(frozenset(cells), structure, metadata)
