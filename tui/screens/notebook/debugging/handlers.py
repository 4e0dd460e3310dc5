"""What actions do with the debugger: breakpoints, running to them, stepping, ending it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.debugging.adapter import DebugError
from tui.debugging.debugger import Step, Stopped
from tui.document.notebook import CellKind
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence

    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen


def run_debugged(screen: NotebookScreen, keys: Sequence[CellKey]) -> None:
    """Run cells so that they stop at breakpoints; the debugger is started where it is not on."""
    _work(screen, _run(screen, keys))


def go(screen: NotebookScreen, step: Step) -> None:
    """Go on from where code has stopped."""
    debugger = screen.controller.debugger
    if isinstance(debugger.state, Stopped):
        _work(screen, debugger.go(step))
    else:
        screen.say("nothing has stopped")


def end(screen: NotebookScreen) -> None:
    """End the debugger; what has stopped goes on."""
    debugger = screen.controller.debugger
    if debugger.is_on:
        _work(screen, debugger.end())
        screen.say("the debugger has ended")
    else:
        screen.say("the debugger is not on")


def interrupt_stopped(screen: NotebookScreen) -> bool:
    """Have what has stopped go on and be interrupted, as it heeds nothing before; whether something has."""
    debugger = screen.controller.debugger
    if not isinstance(debugger.state, Stopped):
        return False

    async def release_and_interrupt() -> None:
        await debugger.release()
        screen.kernel.interrupt()

    _work(screen, release_and_interrupt())
    return True


async def _run(screen: NotebookScreen, keys: Sequence[CellKey]) -> None:
    session = screen.controller.session
    if session is None:
        return
    try:
        await screen.controller.debugger.prepare(session, keys)
    finally:
        if screen.controller.debugger.is_on:  # code that it could not be told of runs, and does not stop
            screen.controller.run([key for key in keys if key in screen.notebook])


def _work(screen: NotebookScreen, work: Coroutine[None, None, None]) -> None:
    async def told() -> None:
        try:
            await work
        except DebugError as error:
            screen.say(str(error).strip().rpartition("\n")[2], Severity.WARNING)

    screen.run_worker(told, group="debugging")


def _toggle(screen: NotebookScreen) -> None:
    """At the line of the cursor, which a cell has also while it is not edited."""
    cell = screen.focused_cell
    if cell.kind is not CellKind.CODE:
        screen.say("only code can have a breakpoint")
        return
    line = cell.source.count("\n", 0, screen.state.cursor(cell.key).head)
    is_set = screen.controller.debugger.toggle(cell.key, line)
    screen.breakpoints.note_change()
    told = f"stops at line {line + 1}" if is_set else f"does not stop at line {line + 1}"
    is_on = screen.controller.debugger.is_on
    runs = screen.keymap.first_label("debug.continue", screen.mode)
    screen.say(f"{told}; {runs} runs the cell to it" if is_set and not is_on and runs else told)


def _continue(screen: NotebookScreen) -> None:
    """Go on from a stop; where there is none, run the cell to one."""
    if isinstance(screen.controller.debugger.state, Stopped):
        go(screen, Step.CONTINUE)
        return
    from tui.screens.notebook.running import run_cells

    keys = [cell.key for cell in screen.selected_cells()]
    screen.set_editing(editing=False)
    run_cells(screen, keys, run_debugged)


def _clear(screen: NotebookScreen) -> None:
    screen.controller.debugger.clear()
    screen.breakpoints.note_change()
    screen.say("no breakpoints are left")


def _show(screen: NotebookScreen) -> None:
    from tui.screens.notebook.debugging.showing import open_debug_pane

    open_debug_pane(screen)


HANDLERS: Mapping[str, Handler] = {
    "debug.toggle-breakpoint": _toggle,
    "debug.clear-breakpoints": _clear,
    "debug.continue": _continue,
    "debug.step-over": partial(go, step=Step.OVER),
    "debug.step-into": partial(go, step=Step.INTO),
    "debug.step-out": partial(go, step=Step.OUT),
    "debug.end": end,
    "debug.show": _show,
}
