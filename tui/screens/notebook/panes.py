"""Panes beside the notebook: opened by an action, given the keys, closed; which keys all of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Mode
from tui.keymap import Pending, Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    from textual import events

    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.widgets.pane import Pane

    P = TypeVar("P", bound=Pane)

_EVERYWHERE = frozenset({"app.palette", "app.quit", "app.redraw", "kernel.interrupt"})
"""What keys that are not the pane's do as in the notebook, besides what begins with `debug.`"""


def pane_of(screen: NotebookScreen, kind: type[P]) -> P | None:
    """The pane of that kind, where it is the one that is open."""
    return screen.body.pane if isinstance(screen.body.pane, kind) else None


def open_pane(screen: NotebookScreen, pane: Pane) -> None:
    """Open a pane and give it the keys."""
    if screen.state.editing:
        screen.set_editing(editing=False)
    screen.body.open(pane)
    screen.body.give_keys()
    screen.refresh_status()


def take_pane_key(screen: NotebookScreen, pane: Pane, name: str, event: events.Key) -> bool:
    """Have the pane that has the keys do what one means; whether it is not to be heeded by the notebook."""
    if pane.take_key(name, event):
        pass
    elif name == "escape":
        screen.body.take_keys_back()
    elif name in ("q", "ctrl+c"):
        screen.body.close()
    else:
        match screen.keymap.press(Mode.COMMAND, screen.typed, name):
            case Run(action) if action in _EVERYWHERE or action.startswith(("debug.", "pane.")):
                screen.typed = ()
                screen.perform(action)
            case Pending(keys):
                screen.typed = keys
            case _:
                screen.typed = ()
    screen.refresh_status()
    return True


def _switch(screen: NotebookScreen) -> None:
    """Keys to the pane that is open, or back to the notebook."""
    if screen.body.pane is None:
        screen.say("no pane is open")
    elif screen.body.reader is None:
        open_pane(screen, screen.body.pane)
    else:
        screen.body.take_keys_back()


def _close(screen: NotebookScreen) -> None:
    screen.body.close()


HANDLERS: Mapping[str, Handler] = {"pane.switch": _switch, "pane.close": _close}
