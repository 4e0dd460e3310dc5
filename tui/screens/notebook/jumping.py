"""Going straight to a cell: the one that runs, failed or was edited last, a marked one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput
from kernelbridge.runstatus import RunStatus
from tui.document.notebook import CellKind
from tui.runs import Ended, Queued

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.document.notebook import Cell, CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen

_MOST_KEPT = 100


def jump_to(screen: NotebookScreen, key: CellKey) -> None:
    """Focus a cell, wherever it is, so that `go.back` leads back."""
    leave_trail(screen)
    screen.focus_cell(key)


def leave_trail(screen: NotebookScreen) -> None:
    """Remember where one is: one is about to go far."""
    trail = screen.state.trail
    if not trail or trail[-1] != screen.state.focus:
        trail.append(screen.state.focus)
        del trail[:-_MOST_KEPT]


def _back(screen: NotebookScreen) -> None:
    trail = screen.state.trail
    while trail:
        key = trail.pop()
        if key in screen.notebook and key != screen.state.focus:
            screen.focus_cell(key)
            return
    screen.say("nowhere to go back to")


def _to_running(screen: NotebookScreen) -> None:
    active = [run for run in screen.controller.runs.active() if run.cell in screen.notebook]
    running = [run for run in active if not isinstance(run.state, Queued)] or active
    if running:
        jump_to(screen, running[0].cell)
    else:
        screen.say("no cell runs")


def _to_edited(screen: NotebookScreen) -> None:
    place = screen.controller.document.last_edit
    key = None if place is None else place.cell
    if place is None or key is None or key not in screen.notebook:
        screen.say("nothing was edited yet")
        return
    jump_to(screen, key)
    if place.text is not None and place.text.end <= len(screen.notebook.cell(key).source):
        screen.state.cursors[key] = place.text


def _to_failed(screen: NotebookScreen) -> None:
    """The cell that failed last: by its run, or, where that was before the notebook was opened, its count."""
    cells = [cell for cell in screen.notebook.cells if _failed(screen, cell)]
    if not cells:
        screen.say("no cell failed")
        return
    ran = {run.cell: place for place, run in enumerate(screen.controller.runs.newest_runs())}
    jump_to(screen, max(cells, key=lambda cell: (ran.get(cell.key, -1), cell.execution_count or 0)).key)


def _failed(screen: NotebookScreen, cell: Cell) -> bool:
    if cell.kind is not CellKind.CODE:
        return False
    match screen.controller.runs.state_of(cell.key):
        case Ended(status=RunStatus.ERROR | RunStatus.LOST):
            return True
        case _:
            return any(isinstance(output, ErrorOutput) for output in cell.outputs)


# -- marks ----


def _toggle_mark(screen: NotebookScreen) -> None:
    marks, cells = screen.state.marks, screen.selected_cells()
    keys = {cell.key for cell in cells}
    if keys <= marks:
        marks -= keys
        screen.say("mark taken away")
    else:
        marks |= keys
        screen.say("marked: ' goes to the next mark" if len(keys) == 1 else f"marked {len(keys)} cells")
    screen.view.draw_soon()


def _to_mark(screen: NotebookScreen, step: int) -> None:
    """The next marked cell, from the last on the first again."""
    keys = [cell.key for cell in screen.notebook.cells if cell.key in screen.state.marks]
    here = screen.focus_index
    beyond = [key for key in keys if (screen.notebook.index_of(key) - here) * step > 0]
    if not keys:
        screen.say("no cell is marked")
    elif step > 0:
        jump_to(screen, (beyond or keys)[0])
    else:
        jump_to(screen, (beyond or keys)[-1])


def _stepping(step: int) -> Callable[[NotebookScreen], None]:
    return lambda screen: _to_mark(screen, step)


HANDLERS: Mapping[str, Handler] = {
    "go.back": _back,
    "go.running": _to_running,
    "go.edited": _to_edited,
    "go.failed": _to_failed,
    "mark.toggle": _toggle_mark,
    "mark.next": _stepping(1),
    "mark.previous": _stepping(-1),
}
