"""Several cursors in the cell that is edited, and going to one of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.selection import TextSelection
from tui.view.editor.multiple import places_of, with_next
from tui.view.editor.words import word_at
from tui.view.viewstate import MoreCursors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.view.editor.layout import TextLayout


def _layout(screen: NotebookScreen) -> TextLayout | None:
    source = screen.view.block(screen.state.focus).source
    return None if source is None else source.layout


def _selections(screen: NotebookScreen, text: str) -> tuple[TextSelection, ...]:
    return (screen.state.cursor(screen.state.focus), *screen.state.more_cursors(text))


def _select(screen: NotebookScreen, text: str, selections: tuple[TextSelection, ...]) -> None:
    key = screen.state.focus
    screen.state.cursors[key] = selections[0]
    screen.state.more = MoreCursors(key, text, selections[1:]) if len(selections) > 1 else None
    screen.controller.document.break_here()
    screen.view.show_focus()


def _select_next(screen: NotebookScreen) -> None:
    layout = _layout(screen)
    if layout is None:
        return
    before = _selections(screen, layout.text)
    after = with_next(layout, before)
    if after == before:
        screen.say("no other place of it in this cell")
    _select(screen, layout.text, after)


def _select_all(screen: NotebookScreen) -> None:
    """Select every place of what is selected, or of the word at the cursor."""
    layout = _layout(screen)
    if layout is None:
        return
    selection = screen.state.cursor(screen.state.focus)
    if selection.is_empty:
        selection = TextSelection(*word_at(layout, selection.head))
    places = places_of(layout, selection)
    if places:
        others = (place for place in places if place.start != selection.start)
        _select(screen, layout.text, (selection, *others))
        screen.say(f"{len(places)} selected")


def _add(screen: NotebookScreen, rows: int) -> None:
    """Another cursor in the row above or below the outermost one."""
    layout = _layout(screen)
    if layout is None:
        return
    selections = _selections(screen, layout.text)
    outermost = (min if rows < 0 else max)(selections, key=lambda each: each.head)
    row, column = layout.position(outermost.head)
    goal = column if outermost.goal_column is None else outermost.goal_column
    if 0 <= row + rows < layout.row_count:
        head = layout.offset_at(row + rows, goal)
        _select(screen, layout.text, (TextSelection(head, head, goal), *selections))


def _go_to_line(screen: NotebookScreen) -> None:
    from tui.screens.lineprompt import LinePrompt

    lines = screen.focused_cell.source.split("\n")

    def answered(answer: str) -> None:
        if not answer.strip().lstrip("+-").isdecimal():
            screen.say(f"{answer.strip()[:20]!r} is no number of a line")
            return
        number = int(answer)
        line = max(0, min(number - 1 if number > 0 else len(lines) + number, len(lines) - 1))
        start = sum(len(before) + 1 for before in lines[:line])
        if not screen.state.editing and screen.is_editable():
            screen.perform("cell.edit")
        indentation = len(lines[line]) - len(lines[line].lstrip())
        screen.state.more = None
        screen.state.cursors[screen.state.focus] = TextSelection.at(start + indentation)
        screen.view.show_focus()

    title = f"Go to line (1 to {len(lines):,}; from the end: -1)"
    screen.program.lay_over(LinePrompt(title, screen.palette), answered)


HANDLERS: Mapping[str, Handler] = {
    "editor.select-next-occurrence": _select_next,
    "editor.select-all-occurrences": _select_all,
    "editor.cursor-above": lambda screen: _add(screen, -1),
    "editor.cursor-below": lambda screen: _add(screen, 1),
    "editor.go-to-line": _go_to_line,
}
