"""A cell in the person's own editor: the terminal is lent to it, and what it saves comes back."""

from __future__ import annotations

import asyncio
import os
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tui.document.edits import ChangeText
from tui.document.history import Place
from tui.document.notebook import CellKind
from tui.document.selection import TextSelection
from tui.document.textchange import difference
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.document.notebook import Cell, CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen

_SUFFIXES: Final = {
    "python": ".py",
    "r": ".R",
    "julia": ".jl",
    "bash": ".sh",
    "javascript": ".js",
    "markdown": ".md",
}


def _edit_elsewhere(screen: NotebookScreen) -> None:
    """Edit the focused cell with `$VISUAL` or `$EDITOR`."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named:
        screen.say("neither VISUAL nor EDITOR is set: name your editor in one of them", Severity.WARNING)
    elif screen.is_editable():
        screen.run_worker(_edit(screen, shlex.split(named)), exclusive=True, group="editor")


async def _edit(screen: NotebookScreen, command: list[str]) -> None:
    cell = screen.focused_cell
    with TemporaryDirectory(prefix="tnb-cell-") as folder:
        file = Path(folder) / f"cell{_suffix(screen, cell)}"
        await asyncio.to_thread(file.write_text, cell.source, "utf-8", newline="\n")
        try:
            with screen.program.lend_terminal():
                process = await asyncio.create_subprocess_exec(*command, str(file))
                status = await process.wait()
            text = await asyncio.to_thread(file.read_text, "utf-8")
        except (OSError, UnicodeDecodeError) as error:
            screen.say(f"{command[0]}: {error}; the cell is as it was", Severity.ERROR)
            return
    if status:
        screen.say(f"{command[0]} ended with status {status}; the cell is as it was", Severity.WARNING)
    else:
        _take(screen, cell.key, cell.source, text)


def _suffix(screen: NotebookScreen, cell: Cell) -> str:
    if cell.kind is CellKind.MARKDOWN:
        return ".md"
    source = screen.view.block(cell.key).source
    return ".txt" if source is None else _SUFFIXES.get(source.language.name, ".txt")


def _take(screen: NotebookScreen, key: CellKey, before: str, text: str) -> None:
    """Take what was saved; the newline that editors put at the end is none of the cell's."""
    if text.endswith("\n") and not before.endswith("\n"):
        text = text[:-1]
    if key not in screen.notebook or screen.notebook.cell(key).source != before:
        screen.say("the cell changed meanwhile; what the editor saved is in the clipboard", Severity.WARNING)
        screen.clipboard.text = text
        return
    if text == before:
        return
    selection = screen.state.cursor(key)
    kept = TextSelection.at(min(selection.head, len(text)))
    edit = ChangeText(key, difference(before, text))
    screen.controller.perform([edit], Place(key, selection), Place(key, kept))
    screen.state.cursors[key] = kept
    screen.view.show_focus()


HANDLERS: Mapping[str, Handler] = {"cell.edit-in-editor": _edit_elsewhere}
