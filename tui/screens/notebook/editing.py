"""Typing in a cell: the editor's commands, pasted text, the mouse, and the line of an `input()`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.document.history import MergeRule
from tui.document.notebook import CellKind
from tui.document.selection import TextSelection
from tui.sanitize import clean
from tui.view.editor.brackets import break_pair, delete_pair
from tui.view.editor.brackets import type_text as type_closing
from tui.view.editor.commands import COMMANDS
from tui.view.editor.inserting import insert_text, paste
from tui.view.editor.multiple import on_each
from tui.view.editor.selecting import click, double_click, drag, triple_click
from tui.view.editor.state import Boundary, EditorCommand, EditorContext, EditorResult, EditorState
from tui.view.viewstate import MoreCursors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen


def type_text(screen: NotebookScreen, text: str) -> None:
    """Put typed text at the cursor."""
    typing = type_closing if _heeds_pairs(screen) else insert_text
    change(screen, lambda state, context: typing(state, context, text))
    screen.writing.completing.typed(text)


def _heeds_pairs(screen: NotebookScreen) -> bool:
    """Whether brackets come in pairs; what vim's keys repeat is what was typed, and no more."""
    return screen.options.config.editor.close_brackets and screen.vim is None


def paste_text(screen: NotebookScreen, text: str) -> None:
    """Put pasted text at the cursor, as it is."""
    change(screen, lambda state, context: paste(state, context, text))


def run_command(screen: NotebookScreen, command: str) -> None:
    """Do one of the editor's commands by its id."""
    commands = _PAIRED if _heeds_pairs(screen) else COMMANDS
    result = change(screen, commands.get(command, COMMANDS[command]))
    if result is None:
        return
    if result.boundary is Boundary.ABOVE and command == "editor.up":
        leave_to(screen, -1)
    elif result.boundary is Boundary.BELOW and command == "editor.down":
        leave_to(screen, 1)


def leave_to(screen: NotebookScreen, step: int) -> None:
    """Go on editing in the neighbouring cell, where the cursor would be if the cells were one text."""
    shown = screen.view.notebook
    cells, index = shown.cells, shown.index_of(screen.state.focus) + step
    if not 0 <= index < len(cells) or cells[index].kind is CellKind.MARKDOWN:
        return
    cell = cells[index]
    screen.state.cursors[cell.key] = TextSelection.at(0 if step > 0 else len(cell.source))
    screen.controller.document.break_here()
    screen.focus_cell(cell.key)


def change(screen: NotebookScreen, command: EditorCommand) -> EditorResult | None:
    """Do an editor's command on the focused cell; what became of it where there is one cursor."""
    key = screen.state.focus
    source = screen.view.block(key).source
    if source is None or not screen.is_editable():
        return None
    before = screen.state.cursor(key)
    context = EditorContext(source.layout, max(1, screen.view.size.height - 2), source.language)
    more = screen.state.more_cursors(source.text)
    if more:
        return _change_each(screen, command, (before, *more), context)
    result = command(EditorState(source.layout.text, before), context)
    screen.state.cursors[key] = result.selection
    vim = screen.vim
    if vim is not None and (result.change is not None or result.selection != before):
        vim.note(result)
    if result.change is not None and vim is not None and vim.is_typing:
        screen.controller.change_text(key, result.change, before, before, MergeRule.SESSION)
    elif result.change is not None:
        screen.controller.change_text(key, result.change, before, result.selection)
    elif result.selection != before:
        screen.controller.document.break_here()
    screen.view.show_focus()
    return result


def _change_each(
    screen: NotebookScreen,
    command: EditorCommand,
    selections: tuple[TextSelection, ...],
    context: EditorContext,
) -> None:
    """Do an editor's command at each of several cursors; none of them leaves the cell."""
    key, text = screen.state.focus, context.layout.text
    result = on_each(command, text, selections, context)
    first, *others = result.selections
    if result.change is not None:
        screen.controller.change_text(key, result.change, selections[0], first)
        text = result.change.apply(text)
    screen.state.cursors[key] = first
    screen.state.more = MoreCursors(key, text, tuple(others)) if others else None
    screen.view.show_focus()


def _delete_left(state: EditorState, context: EditorContext) -> EditorResult:
    """Delete to the left; in an empty pair of brackets or quotes, both."""
    return delete_pair(state) or COMMANDS["editor.delete-left"](state, context)


def _newline(state: EditorState, context: EditorContext) -> EditorResult:
    """Begin a line; in an empty pair of brackets, another for the one that closes."""
    return break_pair(state, context) or COMMANDS["editor.newline"](state, context)


_PAIRED: Mapping[str, EditorCommand] = {"editor.delete-left": _delete_left, "editor.newline": _newline}
"""Commands that heed pairs, in place of those that do not."""


def place_cursor(screen: NotebookScreen, offset: int, clicks: int, *, extends: bool) -> None:
    """A click in the source: the cursor, with two a word, with three a line; with shift, select up to it."""
    screen.state.more = None
    select = drag if extends else {1: click, 2: double_click}.get(clicks, triple_click)
    change(screen, lambda state, context: select(state, context, offset))
    if screen.vim is not None:
        screen.vim.adopt()


def drag_to(screen: NotebookScreen, offset: int) -> None:
    """The mouse was dragged: select up to there."""
    change(screen, lambda state, context: drag(state, context, offset))
    if screen.vim is not None:
        screen.vim.adopt()


def _copy(screen: NotebookScreen) -> None:
    """Copy what is selected, or the line of the cursor."""
    selection, source = screen.state.cursor(screen.state.focus), screen.focused_cell.source
    if selection.is_empty:
        start = source.rfind("\n", 0, selection.head) + 1
        end = source.find("\n", selection.head)
        text = source[start : len(source) if end < 0 else end] + "\n"
    else:
        text = source[selection.start : selection.end]
    screen.copy_text(text)


def _cut(screen: NotebookScreen) -> None:
    _copy(screen)
    selection = screen.state.cursor(screen.state.focus)
    run_command(screen, "editor.delete-line" if selection.is_empty else "editor.delete-left")


def _paste(screen: NotebookScreen) -> None:
    if screen.clipboard.text:
        paste_text(screen, screen.clipboard.text)
    else:
        screen.say("nothing copied here yet; the terminal's own paste works too")


def _copy_cells(screen: NotebookScreen) -> None:
    screen.copy_text("\n\n".join(cell.source for cell in screen.selected_cells()))


def _switch_vim(screen: NotebookScreen) -> None:
    """Vim's keys in cells, or the usual ones again."""
    if screen.vim is None:
        screen.use_vim()
        screen.say("vim's keys in cells: Esc in the normal mode leaves the cell")
    else:
        screen.vim.leave()
        screen.vim = None
        screen.say("the usual keys in cells")


# -- the answer to an input() ----


def answer_key(screen: NotebookScreen, key: str, character: str | None) -> bool:
    """A key while a cell asks for input; whether it was for the answer."""
    state = screen.state
    if key == "enter":
        answer, state.answer = state.answer, ""
        screen.kernel.answer(answer)
    elif key in ("backspace", "ctrl+h"):
        state.answer = state.answer[:-1]
    elif key == "ctrl+u":
        state.answer = ""
    elif character is not None and character.isprintable():
        state.answer += character
    else:
        return False
    screen.view.show_focus()
    return True


def answer_paste(screen: NotebookScreen, text: str) -> None:
    """Pasted text while a cell asks for input: one line of it."""
    screen.state.answer += clean(text)
    screen.view.show_focus()


HANDLERS: Mapping[str, Handler] = {
    **{command: partial(run_command, command=command) for command in COMMANDS},
    "editor.copy": _copy,
    "editor.cut": _cut,
    "editor.paste": _paste,
    "view.copy": _copy_cells,
    "view.vim-keys": _switch_vim,
}
