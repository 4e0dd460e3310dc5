"""Running cells, and what one does to the kernel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kernelbridge.state import Dead, Missing
from kernelbridge.transports.base import LoggedOut, WayError
from tui.document.notebook import CellKey, CellKind
from tui.screens.notebook.cells import insert_cell
from tui.screens.notebook.debugging.handlers import interrupt_stopped, run_debugged
from tui.screens.notebook.trouble import trouble_of
from tui.view.runbutton import RunButton
from tui.widgets.hintline import Question, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.screens.notebook.screen import Handler, NotebookScreen


def run_cells(
    screen: NotebookScreen,
    keys: Sequence[CellKey],
    run: Callable[[NotebookScreen, Sequence[CellKey]], None] | None = None,
) -> bool:
    """Queue cells, once what is unsaved is kept: what they do may end tnb, or the machine.

    Where there is no kernel to run them, say why and how one gets it. `run` is done in the place of running
    them as usual.
    """
    has_code = any(screen.notebook.cell(key).kind is CellKind.CODE for key in keys)
    if not has_code:
        return True
    if isinstance(screen.kernel.state, Missing | Dead):
        screen.say(trouble_of(screen), Severity.ERROR)
        return False
    screen.backup.once_kept(lambda: screen.kernel.start(then=lambda: (run or _run)(screen, keys)))
    return True


def _run(screen: NotebookScreen, keys: Sequence[CellKey]) -> None:
    """As the debugger is to have it, where that is on; a cell that was deleted meanwhile is not run."""
    there = [key for key in keys if key in screen.notebook]
    if screen.controller.debugger.is_on:
        run_debugged(screen, there)
    else:
        screen.controller.run(there)


def _run_stay(screen: NotebookScreen) -> None:
    keys = [cell.key for cell in screen.selected_cells()]
    screen.set_editing(editing=False)
    run_cells(screen, keys)


def _run_next(screen: NotebookScreen) -> None:
    """Run and go on; behind the last cell a new one is made, as in Jupyter."""
    block = screen.selected_range()
    keys = [cell.key for cell in screen.selected_cells()]
    screen.set_editing(editing=False)
    if not run_cells(screen, keys):
        return
    cells = screen.notebook.cells
    if block.stop < len(cells):
        screen.focus_cell(cells[block.stop].key)
    elif screen.is_editable():
        insert_cell(screen, len(cells))
        screen.set_editing(editing=True)


def _run_insert(screen: NotebookScreen) -> None:
    block = screen.selected_range()
    keys = [cell.key for cell in screen.selected_cells()]
    screen.set_editing(editing=False)
    if run_cells(screen, keys) and screen.is_editable():
        insert_cell(screen, block.stop)
        screen.set_editing(editing=True)


def _run_range(screen: NotebookScreen, start: int, stop: int) -> None:
    screen.set_editing(editing=False)
    run_cells(screen, [cell.key for cell in screen.notebook.cells[start:stop]])


def _run_all(screen: NotebookScreen) -> None:
    _run_range(screen, 0, len(screen.notebook.cells))


def _run_above(screen: NotebookScreen) -> None:
    _run_range(screen, 0, screen.selected_range().start)


def _run_below(screen: NotebookScreen) -> None:
    _run_range(screen, screen.selected_range().start, len(screen.notebook.cells))


def _interrupt(screen: NotebookScreen) -> None:
    if not interrupt_stopped(screen):
        screen.kernel.interrupt()
    screen.say("interrupted")


def press_button(screen: NotebookScreen, key: CellKey, button: RunButton) -> None:
    """The mouse was pressed on a cell's button: run that cell, or have it run no more."""
    screen.focus_cell(key)
    if button is RunButton.RUN:
        _run_stay(screen)
    elif not screen.controller.withdraw(key):
        _interrupt(screen)


def _withdraw(screen: NotebookScreen) -> None:
    """The others in the queue stay there, as they do not with an interrupt."""
    withdrawn = [screen.controller.withdraw(cell.key) for cell in screen.selected_cells()]
    if not any(withdrawn):
        screen.say("the cell does not wait")


def _restart(screen: NotebookScreen) -> None:
    screen.kernel.restart()


def _reconnect(screen: NotebookScreen) -> None:
    """Try the line to the keeper again; where a person has to log in, on the terminal as it was."""
    if isinstance(screen.kernel.line, LoggedOut):
        screen.run_worker(partial(_log_in, screen), exclusive=True, group="log in")
    else:
        screen.kernel.reconnect()


async def _log_in(screen: NotebookScreen) -> None:
    try:
        with screen.program.lend_terminal():
            await screen.kernel.log_in()
    except WayError as error:
        screen.say(str(error), Severity.ERROR)


def _restart_and_run_all(screen: NotebookScreen) -> None:
    def answered(answer: str) -> None:
        if answer == "r":
            screen.kernel.restart(then=lambda: _run_all(screen))

    screen.ask(
        Question("Restart the kernel, forget its variables and run all cells?", {"r": "restart and run"}),
        answered,
    )


def _choose(screen: NotebookScreen) -> None:
    from tui.screens.notebook.choosing import choose_kernel
    from tui.screens.notebook.elsewhere import elsewhere

    own = str(screen.file.path.resolve())
    choose_kernel(screen, lambda: elsewhere(own))


HANDLERS: Mapping[str, Handler] = {
    "run.cell-stay": _run_stay,
    "run.selected": _run_stay,
    "run.cell-next": _run_next,
    "run.cell-insert": _run_insert,
    "run.all": _run_all,
    "run.above": _run_above,
    "run.below": _run_below,
    "run.withdraw": _withdraw,
    "kernel.interrupt": _interrupt,
    "kernel.restart": _restart,
    "kernel.restart-and-run-all": _restart_and_run_all,
    "kernel.reconnect": _reconnect,
    "file.take-over": lambda screen: screen.kernel.take_over(),
    "kernel.choose": _choose,
    "kernel.start": lambda screen: screen.kernel.start(),
    "kernel.shutdown": lambda screen: screen.kernel.shut_down(),
}
