"""What the line at the top tells and which keys the line at the bottom offers, as things are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import Dead
from kernelbridge.transports.base import Connecting, Interrupted, LoggedOut
from tui.actions import Mode
from tui.files.errors import OutsideChange
from tui.kernelreach import state_on_opening
from tui.widgets.hintline import Hint, Hints
from tui.widgets.topline import Status

if TYPE_CHECKING:
    from tui.files.notebookfile import NotebookFile
    from tui.keymap import Keymap
    from tui.options import Options
    from tui.screens.notebook.screen import NotebookScreen

_ASKING = Hints((Hint("type the answer", "then"), Hint("Enter", "sends it")))


def status_on_opening(file: NotebookFile, count: int, options: Options) -> Status:
    """The line at the top before there is a screen; `count` cells are in the notebook."""
    state = state_on_opening(options.kernel)
    return Status(
        name=file.path.name,
        modified=False,
        note=_note(file),
        kernel=(),
        state=state,
        line=Connecting(),
        queued=0,
        place=1,
        count=count,
    )


def hints_on_opening(keymap: Keymap) -> Hints:
    """The keys that matter in a notebook that was just opened."""
    return Hints(tuple(Hint(hint.keys, hint.text) for hint in keymap.hints(Mode.COMMAND)))


def status_of(screen: NotebookScreen) -> Status:
    """The line at the top."""
    queued = len(screen.controller.session.queue) if screen.controller.session is not None else 0
    return Status(
        name=screen.file.path.name,
        modified=screen.controller.document.is_modified,
        note=_note(screen.file) or _note_on_others(screen),
        kernel=screen.kernel.description,
        kernel_title=screen.kernel.title,
        state=screen.kernel.state,
        line=screen.kernel.line,
        queued=queued,
        place=screen.focus_index + 1,
        count=len(screen.notebook.cells),
        away=screen.kernel.away,
        is_silent=screen.kernel.is_silent,
    )


def _note(file: NotebookFile) -> str:
    if file.read_only is not None:
        return "read-only"
    return "" if file.on_disk else "new file"


def _note_on_others(screen: NotebookScreen) -> str:
    """What others do with the notebook or its kernel."""
    match screen.file_watch.change:
        case OutsideChange.REMOVED:
            return "gone from the disk"
        case OutsideChange.MODIFIED | OutsideChange.APPEARED:
            return "changed on the disk"
        case None:
            pass
    if screen.kernel.writer is not None:
        return "edited elsewhere"
    unseen = screen.controller.others.unseen
    return f"{unseen} other run{'s' if unseen != 1 else ''}" if unseen else ""


def hints_for(screen: NotebookScreen, typed: tuple[str, ...]) -> Hints:
    """The keys that matter now."""
    if screen.body.reader is not None:
        return screen.body.reader.hints()
    if screen.asks_here():
        return _ASKING
    if screen.state.control is not None:
        from tui.screens.notebook.widgets import hints_of

        return Hints(hints_of(screen))
    mode = screen.mode
    first: list[Hint] = []
    if mode is Mode.COMMAND:
        if isinstance(screen.kernel.line, LoggedOut):
            first = _hint_of(screen, "kernel.reconnect", "log in")
        elif isinstance(screen.kernel.line, Interrupted):
            first = _hint_of(screen, "kernel.reconnect", "reconnect")
        elif isinstance(screen.kernel.state, Dead):
            first = _hint_of(screen, "kernel.restart", "restart the kernel")
        elif screen.controller.runs.active():
            first = _hint_of(screen, "kernel.interrupt", "interrupt")
    usual = [Hint(hint.keys, hint.text) for hint in screen.keymap.hints(mode)]
    return Hints((*first, *usual), pending="".join(typed))


def _hint_of(screen: NotebookScreen, action: str, title: str) -> list[Hint]:
    labels = screen.keymap.labels(action, screen.mode)
    return [Hint(labels[0], title)] if labels else []
