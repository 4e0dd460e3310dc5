"""What a person does with whole cells: insert, delete, cut, copy, paste, convert, split, merge, move."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.document.cells import (
    brought,
    convert,
    heading,
    merge_cells,
    move_cells,
    new_cell,
    paste,
    split_cell,
)
from tui.document.edits import Edit, InsertCells, RemoveCells, ReplaceCell, SetOutputs
from tui.document.history import Place
from tui.document.notebook import Cell, CellKey, CellKind
from tui.document.selection import TextSelection
from tui.terminal.clipboard import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.screens.notebook.screen import Handler, NotebookScreen


def insert_cell(screen: NotebookScreen, index: int, kind: CellKind = CellKind.CODE) -> None:
    """Put an empty cell at an index and focus it."""
    cell = new_cell(screen.notebook, kind)
    _perform(screen, [InsertCells(index, (cell,))], focus=cell.key)


def _delete(screen: NotebookScreen) -> None:
    """Delete the selected cells; a notebook always keeps one, so that there is a place to type."""
    notebook, block = screen.notebook, screen.selected_range()
    edits: list[Edit] = [RemoveCells(block.start, len(block))]
    left = [*notebook.cells[block.stop :], *reversed(notebook.cells[: block.start])]
    if not left:
        left = [new_cell(notebook, CellKind.CODE)]
        edits.append(InsertCells(0, (left[0],)))
    _perform(screen, edits, focus=left[0].key)


def _copy(screen: NotebookScreen) -> None:
    _keep_copy(screen)
    count = len(screen.clipboard.cells)
    screen.say("copied 1 cell" if count == 1 else f"copied {count} cells")
    screen.state.selection = None


def _keep_copy(screen: NotebookScreen) -> None:
    """Keep the selected cells, to be pasted here or in another notebook; the terminal gets their text."""
    clipboard = screen.clipboard
    clipboard.cells, clipboard.origin = tuple(screen.selected_cells()), screen.controller.path
    text = "\n\n".join(cell.source for cell in clipboard.cells)
    if fits(text):
        screen.program.copy_text(text)


def _cut(screen: NotebookScreen) -> None:
    _keep_copy(screen)
    _delete(screen)


def _paste(screen: NotebookScreen, *, below: bool) -> None:
    if not screen.clipboard.cells:
        screen.say("nothing to paste: copy or cut a cell first")
        return
    block = screen.selected_range()
    is_ours = screen.clipboard.origin == screen.controller.path
    cells = (paste if is_ours else brought)(screen.notebook, screen.clipboard.cells)
    _perform(screen, [InsertCells(block.stop if below else block.start, cells)], focus=cells[-1].key)


def _change_each(screen: NotebookScreen, change: Callable[[Cell], Cell]) -> None:
    edits = [
        ReplaceCell(change(cell)) for cell in screen.selected_cells() if cell.key in screen.view.notebook
    ]
    _perform(screen, edits, focus=screen.state.focus)


def _to_kind(screen: NotebookScreen, kind: CellKind) -> None:
    _change_each(screen, lambda cell: convert(cell, kind))


def _heading(screen: NotebookScreen, level: int) -> None:
    _change_each(screen, lambda cell: heading(cell, level))


def _merge(screen: NotebookScreen) -> None:
    block = screen.selected_range()
    if len(block) == 1:
        block = range(block.start, min(block.stop + 1, len(screen.notebook.cells)))
    edits = merge_cells(screen.notebook, block.start, len(block))
    _perform(screen, edits, focus=screen.notebook.cells[block.start].key)


def _split(screen: NotebookScreen) -> None:
    if not screen.state.editing:
        screen.say("a cell is split at the cursor: edit it first")
        return
    key, selection = screen.state.focus, screen.state.cursor(screen.state.focus)
    offsets = sorted({selection.start, selection.end})
    edits = split_cell(screen.notebook, key, offsets)
    _perform(screen, edits, focus=key, cursor=TextSelection.at(0))


def _move(screen: NotebookScreen, step: int) -> None:
    selection = screen.state.selection
    edits = move_cells(screen.notebook, screen.selected_range(), step)
    _perform(screen, edits, focus=screen.state.focus)
    screen.state.selection = selection


def _clear(screen: NotebookScreen, cells: Sequence[Cell]) -> None:
    edits = [
        SetOutputs(cell.key, (), None)
        for cell in cells
        if cell.kind is CellKind.CODE and (cell.outputs or cell.execution_count is not None)
    ]
    _perform(screen, edits, focus=screen.state.focus)


def _perform(
    screen: NotebookScreen, edits: Sequence[Edit], *, focus: CellKey, cursor: TextSelection | None = None
) -> None:
    """Do the edits as one step and focus a cell that is there afterwards."""
    if not edits or not screen.is_editable():
        return
    state = screen.state
    here = state.cursor(state.focus) if state.editing else None
    screen.controller.perform(edits, Place(state.focus, here), Place(focus, cursor))
    if cursor is not None:
        state.cursors[focus] = cursor
    screen.focus_cell(focus)


def _undo(screen: NotebookScreen) -> None:
    _go_to(screen, screen.controller.undo(), "nothing to undo")


def _redo(screen: NotebookScreen) -> None:
    _go_to(screen, screen.controller.redo(), "nothing to redo")


def _go_to(screen: NotebookScreen, place: Place | None, otherwise: str) -> None:
    """Show where an undone or redone step was."""
    if place is None:
        screen.say(otherwise)
        return
    key = place.cell
    if key is None or key not in screen.notebook:
        screen.focus_cell(screen.state.focus)
        return
    if place.text is not None:
        length = len(screen.notebook.cell(key).source)
        anchor, head = min(place.text.anchor, length), min(place.text.head, length)
        screen.state.cursors[key] = TextSelection(anchor, head)
    screen.focus_cell(key)


HANDLERS: Mapping[str, Handler] = {
    "cell.insert-above": lambda screen: insert_cell(screen, screen.selected_range().start),
    "cell.insert-below": lambda screen: insert_cell(screen, screen.selected_range().stop),
    "cell.delete": _delete,
    "cell.cut": _cut,
    "cell.copy": _copy,
    "cell.paste-below": partial(_paste, below=True),
    "cell.paste-above": partial(_paste, below=False),
    "cell.to-code": partial(_to_kind, kind=CellKind.CODE),
    "cell.to-markdown": partial(_to_kind, kind=CellKind.MARKDOWN),
    "cell.to-raw": partial(_to_kind, kind=CellKind.RAW),
    **{f"cell.heading-{level}": partial(_heading, level=level) for level in range(1, 7)},
    "cell.merge": _merge,
    "cell.split": _split,
    "cell.move-up": partial(_move, step=-1),
    "cell.move-down": partial(_move, step=1),
    "edit.undo": _undo,
    "edit.redo": _redo,
    "output.clear": lambda screen: _clear(screen, screen.selected_cells()),
    "output.clear-all": lambda screen: _clear(screen, screen.notebook.cells),
}
