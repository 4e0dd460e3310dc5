"""Every change of a notebook that can be taken back, as a value.

Applying an edit gives the notebook after it and the edit that leads back; one that does not fit is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, assert_never

from tui.document.draft import Draft
from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kernelbridge.outputs import JsonObject, Output
    from tui.document.notebook import Cell, CellKey, Notebook
    from tui.document.textchange import TextChange


class EditError(ValueError):
    """The edit does not fit: no such cell or place, not the text that it says, a key that is taken."""


@dataclass(frozen=True, slots=True)
class ChangeText:
    """Changes one place in a cell's source."""

    key: CellKey
    change: TextChange


@dataclass(frozen=True, slots=True)
class InsertCells:
    """Puts cells before the one at `index`, or behind the last. Their keys must be new to the notebook."""

    index: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RemoveCells:
    """Takes out `count` cells from `index` on."""

    index: int
    count: int


@dataclass(frozen=True, slots=True)
class MoveCells:
    """Takes out `count` cells from `index` on and puts them back so that the first of them is at `to`."""

    index: int
    count: int
    to: int


@dataclass(frozen=True, slots=True)
class ReplaceCell:
    """Gives the cell of the same key another value: another kind, attachments, all at once."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class SetOutputs:
    """Gives a code cell other outputs, as clearing does. What runs bring goes to `Document.set_results`."""

    key: CellKey
    outputs: tuple[Output, ...]
    execution_count: int | None


@dataclass(frozen=True, slots=True)
class SetCellMetadata:
    """Gives a cell other metadata."""

    key: CellKey
    metadata: JsonObject


@dataclass(frozen=True, slots=True)
class SetNotebookMetadata:
    """Gives the notebook other metadata of its own."""

    metadata: JsonObject


CellEdit: TypeAlias = ChangeText | ReplaceCell | SetOutputs | SetCellMetadata
StructureEdit: TypeAlias = InsertCells | RemoveCells | MoveCells
Edit: TypeAlias = CellEdit | StructureEdit | SetNotebookMetadata


def apply(notebook: Notebook, edit: Edit) -> tuple[Notebook, Edit]:
    """The notebook after the edit, and the edit that takes it back. Raises EditError when it does not fit.

    An edit that changes nothing returns the notebook that it was given.
    """
    changed, (inverse,) = apply_all(notebook, (edit,))
    return changed, inverse


def apply_all(notebook: Notebook, edits: Iterable[Edit]) -> tuple[Notebook, tuple[Edit, ...]]:
    """The notebook after all edits in order, and the edits that take them back, each before those it needs.

    Raises EditError when one does not fit; the notebook given is a value and stays what it is.
    """
    draft = Draft(notebook)
    inverses = [_apply_to(draft, edit) for edit in edits]
    inverses.reverse()
    return draft.finished(), tuple(inverses)


def _apply_to(draft: Draft, edit: Edit) -> Edit:
    match edit:
        case ChangeText(key, change):
            return _change_text(draft, key, change)
        case InsertCells(index, cells):
            return _insert(draft, index, cells)
        case RemoveCells(index, count):
            _check_block(draft, index, count)
            return InsertCells(index, draft.remove(index, count) if count else ())
        case MoveCells(index, count, to):
            return _move(draft, index, count, to)
        case ReplaceCell(cell):
            old = _find(draft, cell.key)
            draft.put(cell)
            return ReplaceCell(old)
        case SetOutputs(key, outputs, execution_count):
            return _set_outputs(draft, key, outputs, execution_count)
        case SetCellMetadata(key, metadata):
            old = _find(draft, key)
            draft.put(replace(old, metadata=metadata))
            return SetCellMetadata(key, old.metadata)
        case SetNotebookMetadata(metadata):
            return SetNotebookMetadata(draft.set_metadata(metadata))
        case _:
            assert_never(edit)


def _find(draft: Draft, key: CellKey) -> Cell:
    if key not in draft:
        raise EditError(f"the notebook has no cell with key {key}")
    return draft.find(key)


def _check_block(draft: Draft, index: int, count: int) -> None:
    if index < 0 or count < 0 or index + count > len(draft):
        raise EditError(f"{count} cells from {index} on: the notebook has {len(draft)}")


def _change_text(draft: Draft, key: CellKey, change: TextChange) -> Edit:
    cell = _find(draft, key)
    try:
        source = change.apply(cell.source)
    except ValueError as error:
        raise EditError(f"cell {key}: {error}") from error
    if change.inserted != change.removed:
        draft.put(replace(cell, source=source))
    return ChangeText(key, change.inverse())


def _insert(draft: Draft, index: int, cells: tuple[Cell, ...]) -> Edit:
    if not 0 <= index <= len(draft):
        raise EditError(f"no place {index} among {len(draft)} cells")
    keys = {cell.key for cell in cells}
    if len(keys) < len(cells) or any(key in draft for key in keys):
        raise EditError("a key of the new cells is taken")
    if cells:
        draft.insert(index, cells)
    return RemoveCells(index, len(cells))


def _move(draft: Draft, index: int, count: int, to: int) -> Edit:
    _check_block(draft, index, count)
    if not 0 <= to <= len(draft) - count:
        raise EditError(f"{count} of {len(draft)} cells cannot begin at {to}")
    if count and to != index:
        draft.insert(to, draft.remove(index, count))
    return MoveCells(to, count, index)


def _set_outputs(
    draft: Draft, key: CellKey, outputs: tuple[Output, ...], execution_count: int | None
) -> Edit:
    cell = _find(draft, key)
    if cell.kind is not CellKind.CODE:
        raise EditError(f"cell {key} is no code cell and holds no outputs")
    if outputs is not cell.outputs or execution_count != cell.execution_count:
        draft.put(replace(cell, outputs=outputs, execution_count=execution_count))
    return SetOutputs(key, cell.outputs, cell.execution_count)
