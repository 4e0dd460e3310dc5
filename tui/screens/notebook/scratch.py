"""The scratch pane of a notebook: opened, and its code given to the kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import Busy, Idle
from tui.otherruns import OtherRun, Whose
from tui.screens.notebook.panes import open_pane, pane_of
from tui.screens.notebook.trouble import trouble_of
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kernelbridge.runstatus import RunId
    from tui.screens.notebook.screen import Handler, NotebookScreen


def _show(screen: NotebookScreen) -> None:
    from tui.screens.scratch import ScratchPane

    pane = pane_of(screen, ScratchPane)
    if pane is None:
        screen.kernel.start()
        pane = ScratchPane(
            screen.controller.others,
            screen.palette,
            lambda code: _run(screen, code),
            lambda: screen.perform("kernel.interrupt"),
            lambda run: _let_go(screen, run),
        )
    open_pane(screen, pane)


def _run(screen: NotebookScreen, code: str) -> RunId | None:
    """Queue code behind what runs; it is known as typed here before the keeper says that it is queued."""
    session = screen.controller.session
    if session is None or not isinstance(session.state, Idle | Busy):
        screen.say(trouble_of(screen) or "the kernel is not there yet", Severity.WARNING)
        return None
    run = session.run(code)
    others = screen.controller.others
    unseen = others.unseen
    others.begin(OtherRun(run, Whose.SCRATCH, "", code))
    others.unseen = unseen
    return run


def _let_go(screen: NotebookScreen, run: RunId) -> None:
    other = screen.controller.others.get(run)
    if other is not None and other.status is not None:
        screen.controller.others.remove(run)
        screen.controller.let_go_of(run)


HANDLERS: Mapping[str, Handler] = {"view.scratch": _show}
