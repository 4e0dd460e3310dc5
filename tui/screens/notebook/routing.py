"""What a key, pasted text or the mouse means on the screen of a notebook: an answer, an action, or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import NoMatch, Pending, Run
from tui.keynotation import name_of
from tui.screens.notebook import editing, moving, pasting, running
from tui.screens.notebook.handlers import HANDLERS
from tui.screens.notebook.panes import take_pane_key

if TYPE_CHECKING:
    from textual import events

    from tui.screens.notebook.screen import NotebookScreen
    from tui.view.notebookview import NotebookView


def perform(screen: NotebookScreen, action: str) -> None:
    """Do an action by its id, behind a run that waits for a disk."""
    screen.backup.let_go()
    HANDLERS[action](screen)
    screen.refresh_status()


def take_key(screen: NotebookScreen, event: events.Key) -> None:
    """A key: the answer to a question, to an `input()`, part of an action's keys, or text."""
    name = name_of(event.key, event.character)
    if screen.asked is not None:
        _answer_question(screen, name)
        return
    screen.message = None
    if (pane := screen.body.reader) is not None and take_pane_key(screen, pane, name, event):
        return
    if screen.state.swept is not None:
        screen.state.swept = None
        screen.view.draw_soon()
    if screen.asks_here() and editing.answer_key(screen, name, event.character):
        return
    if screen.state.control is not None:
        from tui.screens.notebook import widgets

        if widgets.take_key(screen, name, event.character):
            screen.refresh_status()
            return
    if screen.typed or not screen.writing.take_key(name):
        press_key(screen, name, event.character if event.is_printable else None)
        screen.writing.follow()
    screen.refresh_status()


def press_key(screen: NotebookScreen, name: str, character: str | None) -> None:
    """A key for the cell that is edited, or one of an action's keys; `character` is what it types."""
    vim = screen.vim if screen.state.editing and not screen.typed else None
    if vim is not None and vim.take_key(name):
        return
    match screen.keymap.press(screen.mode, screen.typed, name):
        case Run(action):
            screen.typed = ()
            perform(screen, action)
        case Pending(keys):
            screen.typed = keys
        case NoMatch():
            screen.typed = ()
            types = vim is None or vim.is_typing
            if screen.state.editing and character is not None and types:
                editing.type_text(screen, character)
    if vim is not None and not vim.is_typing:
        vim.adopt()


def _answer_question(screen: NotebookScreen, key: str) -> None:
    asked = screen.asked
    if asked is None or (key != "escape" and key not in asked.question.answers):
        return
    screen.asked = None
    asked.answered("" if key == "escape" else key)
    screen.refresh_status()


def take_paste(screen: NotebookScreen, text: str) -> None:
    """Text pasted by the terminal."""
    if (pane := screen.body.reader) is not None:
        pane.take_paste(text)
    elif screen.asks_here():
        editing.answer_paste(screen, text)
    elif screen.state.control is not None:
        from tui.screens.notebook import widgets

        widgets.take_paste(screen, text)
    elif screen.state.editing:
        if screen.vim is None or not screen.vim.take_paste(text):
            editing.paste_text(screen, text)
    else:
        pasting.offer(screen, text)
    screen.refresh_status()


def take_press(screen: NotebookScreen, event: NotebookView.Pressed) -> None:
    """The mouse was pressed: a click focuses, a click on the focused cell's source edits it there."""
    if event.extends and not screen.state.editing:
        moving.extend_to(screen, event.key)
        return
    screen.body.take_keys_back()
    moves = event.key != screen.state.focus
    if moves:
        screen.focus_cell(event.key)
    if screen.state.control is not None:
        from tui.screens.notebook import widgets

        widgets.leave(screen)
    if event.offset is not None and (screen.state.editing or not moves or event.clicks > 1):
        perform(screen, "cell.edit")
        editing.place_cursor(screen, event.offset, event.clicks, extends=event.extends)
    screen.writing.follow()


def take_control_press(screen: NotebookScreen, event: NotebookView.ControlPressed) -> None:
    """The mouse was pressed on a control of a widget."""
    from tui.screens.notebook import widgets

    screen.message = None
    if screen.state.editing:
        screen.set_editing(editing=False)
    screen.focus_cell(event.key)
    widgets.take_press(screen, event.reached, event.pick)
    screen.refresh_status()


def take_drag(screen: NotebookScreen, event: NotebookView.Dragged) -> None:
    """The mouse was dragged over the source of the focused cell."""
    if screen.state.editing and event.key == screen.state.focus:
        editing.drag_to(screen, event.offset)


def take_run_press(screen: NotebookScreen, event: NotebookView.RunPressed) -> None:
    """The mouse was pressed on the button of a cell."""
    screen.message = None
    screen.body.take_keys_back()
    running.press_button(screen, event.key, event.button)
    screen.refresh_status()


def take_fold_press(screen: NotebookScreen, event: NotebookView.FoldPressed) -> None:
    """The mouse was pressed on what stands for folded rows."""
    screen.focus_cell(event.key)
    moving.toggle_fold(screen)
