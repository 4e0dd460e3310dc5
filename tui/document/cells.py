"""What a person does with cells as new cells and edits: make, split, merge, move, paste, convert.

Pure: nothing here changes a notebook. Where Jupyter has a way, it is Jupyter's.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.edits import ChangeText, EditError, InsertCells, MoveCells, RemoveCells, ReplaceCell
from tui.document.notebook import Cell, CellKind, new_key
from tui.document.textchange import TextChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kernelbridge.outputs import JsonObject
    from tui.document.edits import Edit
    from tui.document.notebook import CellKey, Notebook

_HEADING_MARK = re.compile(r"[ \t]*#*[ \t]*")


def new_cell(notebook: Notebook, kind: CellKind, source: str = "") -> Cell:
    """A cell to be inserted into the notebook, with an id of its own if its format has ids."""
    return Cell(new_key(), kind, source, id=_NewIds(notebook).next())


def split_cell(notebook: Notebook, key: CellKey, offsets: Sequence[int]) -> tuple[Edit, ...]:
    """Splits a cell at offsets into its source; line breaks around a cut go, as in JupyterLab.

    The last piece keeps key, outputs and count, so that what was focused and what was running stay so; the
    others have its kind and metadata. Raises EditError when there is no such cell or place.
    """
    if key not in notebook:
        raise EditError(f"the notebook has no cell with key {key}")
    index = notebook.index_of(key)
    cell = notebook.cells[index]
    cuts = sorted(set(offsets))
    if not cuts:
        return ()
    if cuts[0] < 0 or cuts[-1] > len(cell.source):
        raise EditError(f"cell {key} has no offsets {cuts}")
    pieces = [cell.source[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    pieces = [piece.rstrip("\r\n") for piece in pieces[:-1]] + pieces[-1:]
    pieces = pieces[:1] + [piece.lstrip("\r\n") for piece in pieces[1:]]
    ids = _NewIds(notebook)
    above = tuple(_piece_of(cell, source, ids) for source in pieces[:-1])
    removed = cell.source[: len(cell.source) - len(pieces[-1])]
    return InsertCells(index, above), ChangeText(key, TextChange(0, removed, ""))


def merge_cells(notebook: Notebook, index: int, count: int) -> tuple[Edit, ...]:
    """Makes one cell of `count` cells from `index` on: the first, with all sources and its own outputs.

    Code is joined line to line, prose with a blank line between. Attachments of the others come along unless
    the first is code, which has none (nbformat, code_cell); of two by one name the first stays. Raises
    EditError when there are not so many cells.
    """
    if index < 0 or count < 0 or index + count > len(notebook.cells):
        raise EditError(f"{count} cells from {index} on: the notebook has {len(notebook.cells)}")
    if count < 2:
        return ()
    first, *others = notebook.cells[index : index + count]
    separator = "\n" if first.kind is CellKind.CODE else "\n\n"
    sources = [cell.source for cell in (first, *others) if cell.source]
    source = separator.join(sources)
    attachments: JsonObject = {}
    if first.kind is not CellKind.CODE:
        for cell in (*reversed(others), first):
            attachments = {**attachments, **cell.attachments}
    grown: Edit
    if len(attachments) > len(first.attachments):
        grown = ReplaceCell(replace(first, source=source, attachments=attachments))
    else:
        grown = ChangeText(first.key, TextChange(len(first.source), "", source[len(first.source) :]))
    return grown, RemoveCells(index + 1, count - 1)


def move_cells(notebook: Notebook, block: range, by: int) -> tuple[Edit, ...]:
    """Moves neighbouring cells `by` places down, or up where negative, as far as there is room."""
    room_above, room_below = block.start, len(notebook.cells) - block.stop
    steps = max(-room_above, min(by, room_below))
    return (MoveCells(block.start, len(block), block.start + steps),) if steps else ()


def paste(notebook: Notebook, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Copied or cut cells as they can be inserted into the notebook.

    One whose key is not in the notebook keeps it, so that cut and paste is a move and the file keeps its
    text; any other is a copy with a new key. A copy, and a cell whose id is taken, gets a new id (JEP 62).
    """
    ids = _NewIds(notebook)
    keys: set[CellKey] = set()
    pasted: list[Cell] = []
    for cell in cells:
        if cell.key in notebook or cell.key in keys:
            pasted.append(replace(cell, key=new_key(), id=ids.next()))
        elif cell.id is not None and not ids.take(cell.id):
            pasted.append(replace(cell, id=ids.next()))
        else:
            pasted.append(cell)
        keys.add(cell.key)
    return tuple(pasted)


def brought(notebook: Notebook, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells of another notebook as they can be inserted here: copies, with ids where it has those."""
    ids = _NewIds(notebook)
    return tuple(replace(cell, key=new_key(), id=ids.next()) for cell in cells)


def convert(cell: Cell, kind: CellKind) -> Cell:
    """The cell as another kind, without what nbformat does not let that kind have: outputs or attachments."""
    if kind is cell.kind:
        return cell
    if kind is CellKind.CODE:
        return replace(cell, kind=kind, attachments={})
    return replace(cell, kind=kind, outputs=(), execution_count=None)


def heading(cell: Cell, level: int) -> Cell:
    """The cell as markdown whose first line is a heading of that level, 1 to 6, whatever mark it had before.

    Raises ValueError for another level.
    """
    if not 1 <= level <= 6:
        raise ValueError(f"markdown has no headings of level {level}")
    mark = _HEADING_MARK.match(cell.source)
    text = cell.source[mark.end() :] if mark else cell.source
    return replace(convert(cell, CellKind.MARKDOWN), source=f"{'#' * level} {text}")


def _piece_of(cell: Cell, source: str, ids: _NewIds) -> Cell:
    attachments = {name: data for name, data in cell.attachments.items() if f"attachment:{name}" in source}
    return Cell(new_key(), cell.kind, source, metadata=cell.metadata, attachments=attachments, id=ids.next())


class _NewIds:
    """Cell ids that the notebook does not have yet: none before nbformat 4.5 (JEP 62)."""

    def __init__(self, notebook: Notebook) -> None:
        self._has_ids = notebook.nbformat == 4 and notebook.nbformat_minor >= 5
        self._taken = {cell.id for cell in notebook.cells} if self._has_ids else set[str | None]()

    def next(self) -> str | None:
        """A new id of 8 hexadecimal digits, or None."""
        while self._has_ids:
            new = os.urandom(4).hex()
            if self.take(new):
                return new
        return None

    def take(self, cell_id: str) -> bool:
        """Whether the id was free; from now on it is not."""
        if cell_id in self._taken:
            return False
        self._taken.add(cell_id)
        return True
