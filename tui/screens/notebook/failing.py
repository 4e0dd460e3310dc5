"""From an error to the line where it happened, in whichever cell that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.selection import TextSelection
from tui.view.faultline import lines_at_fault, place_of
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen


def _go_to_error(screen: NotebookScreen) -> None:
    """Edit the line where the focused cell's error happened; where it is gone, the one that led to it."""
    cell = screen.focused_cell
    named = lines_at_fault(cell)
    if not named:
        screen.say("no error here that names a line of a cell")
        return
    gone = ""
    for line in reversed(named):
        where = place_of(line, cell, screen.notebook)
        if where is not None:
            _show_line(screen, *where)
            if gone:
                screen.say(f"{gone}; this line led to it", Severity.WARNING)
            return
        gone = gone or _gone(line.count, line.line)
    screen.say(gone, Severity.WARNING)


def _gone(count: int | None, line: int) -> str:
    cell = "the cell" if count is None else f"the cell that ran as {count}"
    return f"it failed in line {line} of {cell}, which is not there any more"


def _show_line(screen: NotebookScreen, key: CellKey, line: int) -> None:
    """Put the cursor at the beginning of a line's text."""
    source = screen.notebook.cell(key).source
    text = source.split("\n")[line]
    start = sum(len(before) + 1 for before in source.split("\n")[:line])
    screen.state.cursors[key] = TextSelection.at(start + len(text) - len(text.lstrip()))
    screen.focus_cell(key)
    if screen.is_editable():
        screen.set_editing(editing=True)


HANDLERS: Mapping[str, Handler] = {"output.go-to-error": _go_to_error}
