"""What the line at the top tells and which keys the line at the bottom offers, as things are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import Dead, Missing
from tui.actions import Mode
from tui.keymap import Keymap, key_label
from tui.widgets.hintline import Hint, Hints
from tui.widgets.topline import Status

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen

_COMMAND_HINTS = (
    ("cell.edit", "edit"),
    ("run.cell-next", "run"),
    ("cell.insert-above", "above"),
    ("cell.insert-below", "insert below"),
    ("cell.delete", "delete"),
    ("edit.undo", "undo"),
    ("file.save", "save"),
    ("app.palette", "commands"),
    ("app.help", "help"),
    ("app.quit", "quit"),
)
_EDIT_HINTS = (
    ("app.command-mode", "command mode"),
    ("run.cell-next", "run, next"),
    ("run.cell-stay", "run"),
    ("file.save", "save"),
    ("app.palette", "commands"),
    ("app.help", "help"),
)
_RUNNING_HINTS = (("kernel.interrupt", "interrupt"), *_COMMAND_HINTS)
_DEAD_HINTS = (("kernel.restart", "restart the kernel"), *_COMMAND_HINTS)
_ASKING_HINTS = (Hint("type your answer,", "then"), Hint("enter", "sends it"))


def status_of(screen: NotebookScreen) -> Status:
    """The line at the top."""
    queued = len(screen.controller.session.queue) if screen.controller.session is not None else 0
    return Status(
        name=screen.file.path.name,
        modified=screen.controller.document.is_modified,
        note=_note(screen),
        kernel=screen.kernel.description,
        state=screen.kernel.state,
        queued=queued,
        place=screen.focus_index + 1,
        count=len(screen.notebook.cells),
    )


def _note(screen: NotebookScreen) -> str:
    if screen.file.read_only is not None:
        return "read-only"
    return "" if screen.file.on_disk else "new file"


def hints_for(screen: NotebookScreen, keymap: Keymap, typed: tuple[str, ...]) -> Hints:
    """The keys that matter now."""
    mode = screen.mode
    if screen.asks_here():
        return Hints(_ASKING_HINTS)
    if mode is Mode.EDIT:
        table = _EDIT_HINTS
    elif isinstance(screen.kernel.state, Dead | Missing):
        table = _DEAD_HINTS
    elif screen.controller.runs.active():
        table = _RUNNING_HINTS
    else:
        table = _COMMAND_HINTS
    hints = tuple(
        Hint(key_label(keys[0]), title) for action, title in table if (keys := keymap.keys_of(mode, action))
    )
    return Hints(hints, pending="".join(typed))
