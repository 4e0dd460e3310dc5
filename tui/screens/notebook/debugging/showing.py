"""What the debugger tells: breakpoints and the line that has stopped beside the code, the rest in a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.debugging.debugger import Spot, Stopped
from tui.document.selection import TextSelection
from tui.screens.debugging.pane import DebugPane
from tui.screens.notebook.panes import open_pane, pane_of
from tui.view.linemarks import LineMarks

if TYPE_CHECKING:
    from tui.debugging.debugger import Step
    from tui.debugging.protocol import Frame
    from tui.screens.notebook.screen import NotebookScreen


def show_debugger(screen: NotebookScreen) -> None:
    """Show what changed: a stop brings its line into sight, and opens the pane."""
    debugger = screen.controller.debugger
    pane = pane_of(screen, DebugPane)
    if isinstance(debugger.state, Stopped) and pane is None:
        pane = _open(screen)
    if pane is not None:
        pane.heed_debugger()
        if not debugger.is_on:
            screen.body.close()
    show_marks(screen)
    screen.refresh_status()


def show_marks(screen: NotebookScreen) -> None:
    """Mark lines, and go to the one that has stopped."""
    debugger, before = screen.controller.debugger, screen.state.line_marks
    spot = _stopped_spot(screen)
    stopped = {} if spot is None else {spot.cell: spot.line}
    screen.state.line_marks = {
        key: LineMarks(debugger.breakpoints.of(key), stopped.get(key))
        for key in {*debugger.breakpoints.all, *stopped}
    }
    if spot is not None and before.get(spot.cell, LineMarks()).stopped != spot.line:
        _go_to(screen, spot)
    screen.view.draw_soon()


def place_name(screen: NotebookScreen, frame: Frame) -> str:
    """Where in the notebook a frame is, as a person reads it; empty where it is elsewhere."""
    spot = screen.controller.debugger.spot(frame)
    if spot is None:
        return ""
    return f"cell {screen.notebook.index_of(spot.cell) + 1}, line {spot.line + 1}"


def _stopped_spot(screen: NotebookScreen) -> Spot | None:
    """The line of the call that is looked at, or of the innermost that is in the notebook."""
    debugger = screen.controller.debugger
    if not isinstance(debugger.state, Stopped):
        return None
    pane = pane_of(screen, DebugPane)
    chosen = None if pane is None or pane.frame is None else debugger.spot(pane.frame)
    spots = (debugger.spot(frame) for frame in debugger.state.frames)
    return chosen or next((spot for spot in spots if spot is not None), None)


def _go_to(screen: NotebookScreen, spot: Spot) -> None:
    if screen.state.editing:
        return
    lines = screen.notebook.cell(spot.cell).source.split("\n")[: spot.line]
    screen.state.cursors[spot.cell] = TextSelection.at(sum(len(line) + 1 for line in lines))
    screen.focus_cell(spot.cell)


def open_debug_pane(screen: NotebookScreen) -> None:
    """Open the pane, or give it the keys."""
    pane = pane_of(screen, DebugPane) or _open(screen)
    open_pane(screen, pane)


def _open(screen: NotebookScreen) -> DebugPane:
    """The pane; it has the keys unless a person types somewhere."""
    from tui.screens.notebook.debugging.handlers import end, go

    def step(how: Step) -> None:
        go(screen, how)

    pane = DebugPane(
        screen.controller.debugger,
        screen.palette,
        lambda frame: place_name(screen, frame),
        lambda: show_marks(screen),
        step,
        lambda: end(screen),
    )
    had_keys = screen.body.reader is not None
    screen.body.open(pane)
    if not screen.state.editing or had_keys:
        screen.body.give_keys()
    return pane
