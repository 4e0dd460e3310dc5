"""What a kernel tells, folded into runs and cells.

Events are gathered and take effect once a frame, so that a flood of output does not cost a repaint a message;
of much text no more than a portion, so that it does not hold up a key.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, assert_never

from kernelbridge.backlog import Backlog
from kernelbridge.events import (
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    Event,
    InputRequested,
    KernelInfoArrived,
    KernelStateChanged,
    NextInputSet,
    OutputCleared,
    OutputEvent,
    PageArrived,
    ResultArrived,
    RunEvent,
    RunFinished,
    RunStarted,
    StreamArrived,
)
from kernelbridge.folding import fold, update_display
from kernelbridge.outputs import Outputs
from kernelbridge.runstatus import RunStatus
from kernelbridge.state import Dead
from tui.document.cells import new_cell
from tui.document.edits import ChangeText, InsertCells
from tui.document.history import Place
from tui.document.notebook import CellKey, CellKind
from tui.document.textchange import TextChange
from tui.runs import Asking, Ended, Run, Running

if TYPE_CHECKING:
    from tui.controller import Controller

_LOG_LINES = 8
"""Of a dead kernel's log, that are shown in the cell it died in."""
FRAME = 1 / 60
"""Seconds for which events are gathered."""


class KernelEvents:
    """Takes the events of the controller's session."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._runs = controller.runs
        self._listener = controller.listener
        self._backlog = Backlog()
        self._flush_due = False

    def deliver(self, event: Event) -> None:
        """Take an event of the kernel; it takes effect with the next frame, or one soon after."""
        self._backlog.add(event)
        self._flush_with_next_frame()

    def _flush_with_next_frame(self) -> None:
        if not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_later(FRAME, self.flush)

    def flush(self) -> None:
        """Let gathered events take effect, as many as may at once."""
        self._flush_due = False
        printed: set[CellKey] = set()
        for event in self._backlog.portion():
            match event:
                case KernelStateChanged() | KernelInfoArrived():
                    self._listener.kernel_changed()
                case DisplayUpdated():
                    printed |= self._update_displays(event)
                case _:
                    self._apply_to_run(event, printed)
        if self._controller.session is not None:
            self._runs.requeue(self._controller.session.queue)
        self._controller.show_results(printed)
        self._listener.runs_changed()
        if self._backlog:
            self._flush_with_next_frame()

    def answer(self, text: str) -> None:
        """Answer the code that waits for input; question and answer stay to be seen in its output."""
        run = self._runs.asking()
        if run is None or self._controller.session is None or not isinstance(run.state, Asking):
            return
        shown = "·" * 8 if run.state.password else text
        line = StreamArrived(run.id, "stdout", f"{run.state.prompt}{shown}\n")
        self._fold(self._runs.update(run, state=Running(run.state.since)), line)
        self._controller.session.answer(text)
        self._controller.show_results((run.cell,))
        self._listener.runs_changed()

    def _apply_to_run(self, event: RunEvent, printed: set[CellKey]) -> None:
        run = self._runs.get(event.run)
        if run is None:
            return
        match event:
            case StreamArrived() | Displayed() | ResultArrived() | ErrorArrived() | OutputCleared():
                self._fold(run, event)
                printed.add(run.cell)
            case RunStarted(execution_count=count):
                state = Running(time.monotonic())
                self._runs.update(run, outputs=Outputs(), state=state, execution_count=count)
                printed.add(run.cell)
            case RunFinished(status=status, seconds=seconds, execution_count=count):
                self._end(run, Ended(status, seconds, self._last_words(status)), count)
            case InputRequested(prompt=prompt, password=password):
                self._runs.update(run, state=Asking(_since(run), prompt, password))
                self._listener.input_requested(run.cell)
            case NextInputSet(text=text, replace=replaces):
                self._set_next_input(run.cell, text, replaces)
            case PageArrived(data=data):
                self._listener.page_arrived(data)
            case _:
                assert_never(event)

    def _fold(self, run: Run, event: OutputEvent) -> None:
        self._runs.update(run, outputs=fold(run.outputs, event))

    def _end(self, run: Run, state: Ended, count: int | None) -> None:
        started = isinstance(run.state, Running | Asking)
        self._runs.update(run, state=state, execution_count=count)
        if started:
            self._controller.show_results((run.cell,))

    def _last_words(self, status: RunStatus) -> tuple[str, ...]:
        """Why the kernel died under a run, and the end of its log, which is about that as a rule."""
        session = self._controller.session
        if status is not RunStatus.LOST or session is None or not isinstance(session.state, Dead):
            return ()
        return (f"the kernel died: {session.state.reason}", *session.state.log[-_LOG_LINES:])

    def _update_displays(self, event: DisplayUpdated) -> set[CellKey]:
        """Outputs of runs are changed in the runs, those that only the file holds cannot carry an id."""
        changed: set[CellKey] = set()
        for run in self._runs.newest_runs():
            outputs = update_display(run.outputs, event)
            if outputs is not run.outputs:
                self._runs.update(run, outputs=outputs)
                changed.add(run.cell)
        return changed

    def _set_next_input(self, key: CellKey, text: str, replaces: bool) -> None:
        notebook = self._controller.document.notebook
        if key not in notebook or not self._listener.is_editable():
            return
        index = notebook.index_of(key)
        here = Place(key, None)
        if replaces:
            source = notebook.cells[index].source
            self._controller.perform([ChangeText(key, TextChange(0, source, text))], here, here)
            return
        cell = new_cell(notebook, CellKind.CODE, text)
        self._controller.perform([InsertCells(index + 1, (cell,))], here, here)


def _since(run: Run) -> float:
    return run.state.since if isinstance(run.state, Running | Asking) else time.monotonic()
