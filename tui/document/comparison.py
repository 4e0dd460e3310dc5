"""How one notebook differs from another that came from it, cell by cell, and the edits that lead across."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from tui.document.edits import InsertCells, MoveCells, RemoveCells, ReplaceCell, SetNotebookMetadata

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui.document.edits import Edit
    from tui.document.notebook import Cell, CellKey, Notebook


class Side(Enum):
    """Which of the two has a cell that the other has not."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Only:
    """A cell that one of them has."""

    side: Side
    cell: Cell
    index: int
    """Where it is in the one that has it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that both have, with another content."""

    old: Cell
    new: Cell
    index: int
    """Where it is in the new one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A cell that stands at another place among those that both have."""

    cell: Cell
    index: int
    """Where it is in the new one."""


Difference: TypeAlias = Only | Changed | Moved


def key_of(difference: Difference) -> CellKey:
    """The cell that it is about."""
    return difference.new.key if isinstance(difference, Changed) else difference.cell.key


def compare(old: Notebook, new: Notebook) -> list[Difference]:
    """What differs in the cells, in the new one's order; what only the old one has stands where it stood.

    Cells are the same by their keys. A cell that moved and changed is told as changed.
    """
    stays = _longest_rise([old.index_of(cell.key) for cell in new.cells if cell.key in old])
    found: list[Difference] = []
    gone = [cell for cell in old.cells if cell.key not in new]
    at = 0
    for index, cell in enumerate(new.cells):
        place = old.positions.get(cell.key)
        if place is None:
            found.append(Only(Side.NEW, cell, index))
            continue
        while place in stays and at < len(gone) and old.index_of(gone[at].key) < place:
            found.append(Only(Side.OLD, gone[at], old.index_of(gone[at].key)))
            at += 1
        before = old.cells[place]
        if before is not cell and before != cell:
            found.append(Changed(before, cell, index))
        elif place not in stays:
            found.append(Moved(cell, index))
    found += [Only(Side.OLD, cell, old.index_of(cell.key)) for cell in gone[at:]]
    return found


def chosen(old: Notebook, new: Notebook, keys: Collection[CellKey]) -> Notebook:
    """The old notebook with the differences of some cells taken from the new one; its metadata stays old.

    Where one of these cells moved, all that both have stand in the new order.
    """
    differences = {key_of(each): each for each in compare(old, new)}
    moves = any(isinstance(differences.get(key), Moved) for key in keys)
    order, other = (new, old) if moves else (old, new)

    def is_wanted(key: CellKey) -> bool:
        return (key in old and key in new) or (key in keys) == (key in new)

    def taken(cell: Cell) -> Cell:
        return (new if cell.key in keys or cell.key not in old else old).cell(cell.key)

    cells = [taken(cell) for cell in order.cells if is_wanted(cell.key)]
    for index, cell in enumerate(other.cells):
        if cell.key not in order and is_wanted(cell.key):
            _put_behind(cells, other.cells[:index], cell)
    return old.with_cells(tuple(cells))


def edits_between(old: Notebook, new: Notebook) -> list[Edit]:
    """Edits that make the new notebook of the old one, in order."""
    edits: list[Edit] = []
    order = [cell.key for cell in old.cells]
    for index in range(len(order) - 1, -1, -1):
        if order[index] not in new:
            edits.append(RemoveCells(index, 1))
            del order[index]
    for index, cell in enumerate(new.cells):
        if cell.key not in old:
            edits.append(InsertCells(index, (cell,)))
            order.insert(index, cell.key)
            continue
        if order[index] != cell.key:
            place = order.index(cell.key, index)
            edits.append(MoveCells(place, 1, index))
            order.insert(index, order.pop(place))
        before = old.cell(cell.key)
        if before is not cell and before != cell:
            edits.append(ReplaceCell(cell))
    if new.metadata != old.metadata:
        edits.append(SetNotebookMetadata(new.metadata))
    return edits


def _put_behind(cells: list[Cell], before: Sequence[Cell], cell: Cell) -> None:
    """Put a cell behind the nearest of those before it that is there, else first."""
    places = {each.key: at for at, each in enumerate(cells)}
    at = next((places[each.key] + 1 for each in reversed(before) if each.key in places), 0)
    cells.insert(at, cell)


def _longest_rise(places: Sequence[int]) -> set[int]:
    """The most of the numbers that rise from left to right: what stays where it is."""
    ends: list[int] = []  # the index of the smallest last number of a rise of each length
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place, key=places.__getitem__)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [index]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(places[last])
        last = before[last]
    return found
