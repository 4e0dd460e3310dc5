"""What a kernel tells, folded into runs and cells, live and replayed alike.

Events are gathered and take effect once a frame, so that a flood of output does not cost a repaint a message;
of much text no more than a portion, so that it does not hold up a key. What cells print is shown at a
`ReadingPace`.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, assert_never

from kernelbridge.backlog import Backlog
from kernelbridge.events import (
    CaughtUp,
    CommClosed,
    CommEvent,
    CommHandled,
    CommMessaged,
    CommOpened,
    CommOutput,
    DebugEventArrived,
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    Event,
    ForeignRunStarted,
    FrontendsChanged,
    InputAnswered,
    InputRequested,
    JournalChanged,
    KernelInfoArrived,
    KernelStateChanged,
    LineChanged,
    NextInputSet,
    OutputCleared,
    OutputEvent,
    OutputMissing,
    PageArrived,
    ResultArrived,
    RunEvent,
    RunFinished,
    RunQueued,
    RunStarted,
    SilenceChanged,
    StreamArrived,
)
from kernelbridge.folding import fold, update_display
from kernelbridge.outputs import Outputs
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import Busy, Dead, Idle
from tui.document.cellmark import CellMark, MarkedCells
from tui.document.cells import new_cell
from tui.document.edits import ChangeText, InsertCells
from tui.document.history import Place
from tui.document.notebook import CellKey, CellKind, Notebook
from tui.document.runtimes import believed
from tui.document.textchange import TextChange
from tui.faults import reported
from tui.otherruns import OtherRun, Whose
from tui.readingpace import ReadingPace
from tui.runs import Asking, Ended, Run, Running
from tui.widgetcontrol import said_of

if TYPE_CHECKING:
    from tui.controller import Controller

_LOG_LINES = 8
"""Of a dead kernel's log, that are shown in the cell it died in."""
FRAME = 1 / 60
"""Seconds for which events are gathered."""
_HIDDEN = "·" * 8
"""Stands for an answer that is not to be seen, or that nobody kept."""


class KernelEvents:
    """Takes the events of the controller's session."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._runs = controller.runs
        self._others = controller.others
        self._widgets = controller.widgets
        self._widgets.kernel_gone()  # what an earlier session's kernel had
        self._listener = controller.listener
        controller.show_held = self._show_held
        self._backlog = Backlog()
        self._flush_due = False
        self._is_catching_up = True
        self._held: set[CellKey] = set()
        """Cells with results that are not shown before all that was missed is there, or it is their time."""
        self._pace = ReadingPace()
        self._answered_here: set[RunId] = set()
        """Runs with an answer that is in their output already."""
        self._marked: tuple[Notebook, tuple[str, ...], MarkedCells] | None = None

    def deliver(self, event: Event) -> None:
        """Take an event of the kernel; it takes effect with the next frame, or one soon after."""
        self._backlog.add(event)
        self._flush_with_next_frame()

    def _flush_with_next_frame(self) -> None:
        if not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_later(FRAME, self.flush)

    @property
    def is_catching_up(self) -> bool:
        """Whether there are results that the document does not have yet."""
        return self._is_catching_up

    def flush(self) -> None:
        """Let gathered events take effect, as many as may at once, and show what is due."""
        self._flush_due = False
        had_others = len(self._others) > 0
        for event in self._backlog.portion():
            try:
                self._apply(event)
            except Exception as error:  # noqa: BLE001 - a bug costs this event, not those behind it
                self._listener.told(self._said_of_fault(event, error))
        if self._controller.session is not None:
            self._runs.requeue(self._controller.session.queue)
        if not self._is_catching_up:
            if self._pace.is_due:
                self._show()
            self._widgets.tell_outputs()
        if had_others or len(self._others):
            self._listener.others_changed()
        self._listener.runs_changed()
        if self._backlog or (self._held and not self._is_catching_up):
            self._flush_with_next_frame()

    def _show_held(self) -> None:
        """Show what waits to be shown, before something else comes."""
        if self._held and not self._is_catching_up:
            self._show()

    def _show(self) -> None:
        printed, self._held = self._held, set()
        self._controller.show_results(printed)
        self._pace.shown()

    def _said_of_fault(self, event: Event, error: Exception) -> str:
        """What was lost by a bug, and in which cell."""
        line = reported(error, f"taking {type(event).__name__}")
        run = self._runs.get(event.run) if isinstance(event, RunEvent) else None
        notebook = self._controller.document.notebook
        return f"cell {notebook.index_of(run.cell) + 1}: {line}" if run and run.cell in notebook else line

    def flush_all(self) -> None:
        """Let everything that has come take effect, and show it."""
        self.flush()
        while self._backlog:
            self.flush()
        self._show_held()

    def answer(self, text: str) -> None:
        """Answer the code that waits for input; question and answer stay to be seen in its output."""
        run = self._runs.asking()
        if run is None or self._controller.session is None or not isinstance(run.state, Asking):
            return
        self._fold_answer(run, run.state, _HIDDEN if run.state.password else text)
        self._answered_here.add(run.id)
        self._controller.session.answer(text)
        self._controller.show_results((run.cell,))
        self._listener.runs_changed()

    def _apply(self, event: Event) -> None:
        match event:
            case KernelStateChanged(state=state):
                if not isinstance(state, Idle | Busy):
                    self._widgets.kernel_gone()
                self._tell_debugger()
                self._listener.kernel_changed()
            case KernelInfoArrived() | FrontendsChanged() | SilenceChanged():
                self._listener.kernel_changed()
            case LineChanged():
                self._show_held()
                self._is_catching_up = True
                self._listener.kernel_changed()
            case CaughtUp():
                self._catch_up()
            case JournalChanged(problem=problem):
                kept = "being kept again" if problem is None else f"not being kept: {problem}"
                self._listener.told(f"what cells print is {kept}")
            case DisplayUpdated():
                self._held |= self._update_displays(event)
                self._pace.hurry()
            case CommOpened() | CommMessaged() | CommClosed() | CommOutput() | CommHandled():
                self._apply_to_widgets(event)
            case DebugEventArrived():
                self._controller.debugger.heard(event)
            case RunQueued():
                self._queue(event)
            case ForeignRunStarted(run=run, code=code, by=by):
                self._others.begin(OtherRun(run, Whose.FOREIGN, by, code))
            case _:
                self._apply_to_run(event)

    def _catch_up(self) -> None:
        self._is_catching_up = False
        self._tell_debugger()
        if (asking := self._runs.asking()) is not None:
            self._listener.input_requested(asking.cell)
        session = self._controller.session
        if session is not None and isinstance(session.state, Idle | Busy):
            self._widgets.ask_states(self._controller.document.notebook)
        else:
            self._widgets.kernel_gone()

    def _tell_debugger(self) -> None:
        self._controller.debugger.heed_kernel(self._controller.session)

    def _apply_to_widgets(self, event: CommEvent | CommOutput | CommHandled) -> None:
        match event:
            case CommOutput(message=message, event=output):
                if not self._widgets.models.capture(message, output):
                    self._take_uncaptured(output)
            case CommHandled(message=message):
                self._widgets.outbox.handled(message)
            case _:
                self._widgets.told(event)

    def _queue(self, event: RunQueued) -> None:
        """A run of another frontend, or of an earlier time: in the very cell that it was of, or in none."""
        if self._runs.get(event.run) is not None:
            self._runs.unsettle(event.run)
            return
        if self._others.get(event.run) is not None:
            return
        mark = CellMark.from_json(event.cell)
        key = None if mark is None else self._cells().find(mark)
        if key is not None:
            cell = self._controller.document.notebook.cell(key)
            self._runs.begin(event.run, key, 1, Outputs(cell.outputs) if event.is_continued else None)
            return
        is_ours = mark is not None and self._cells().are_of(mark)
        whose = Whose.CELL_CHANGED if is_ours else Whose.OTHER_NOTEBOOK
        self._others.begin(OtherRun(event.run, whose, event.by, event.code))

    def _cells(self) -> MarkedCells:
        notebook, session = self._controller.document.notebook, self._controller.session
        formerly = () if session is None else session.identity.formerly
        marked = self._marked
        if marked is None or marked[0] is not notebook or marked[1] != formerly:
            marked = self._marked = notebook, formerly, MarkedCells(notebook, self._controller.path, formerly)
        return marked[2]

    def _apply_to_run(self, event: RunEvent) -> None:
        run = self._runs.get(event.run)
        if run is None:
            self._apply_to_other(event)
            return
        match event:
            case (
                StreamArrived()
                | Displayed()
                | ResultArrived()
                | ErrorArrived()
                | OutputCleared()
                | OutputMissing()
            ):
                self._fold(run, event)
            case RunStarted(execution_count=count):
                state = Running(self._moment(event.at))
                self._runs.update(
                    run, outputs=Outputs(), state=state, execution_count=count, began=believed(event.at)
                )
                self._held.add(run.cell)
                self._pace.hurry()
            case RunFinished(status=status, seconds=seconds, execution_count=count):
                self._end(run, Ended(status, seconds, self._last_words(status)), count)
            case InputRequested(prompt=prompt, password=password):
                self._pace.hurry()
                self._runs.update(run, state=Asking(_since(run), prompt, password))
                if not self._is_catching_up:
                    self._listener.input_requested(run.cell)
            case InputAnswered():
                if run.id in self._answered_here:
                    self._answered_here.discard(run.id)
                elif isinstance(run.state, Asking):
                    self._fold_answer(run, run.state, _HIDDEN)
            case NextInputSet(text=text, replace=replaces):
                self._set_next_input(run.cell, text, replaces)
            case PageArrived(data=data):
                if not self._is_catching_up:
                    self._listener.page_arrived(data)
            case RunQueued() | ForeignRunStarted():
                pass
            case _:
                assert_never(event)

    def _apply_to_other(self, event: RunEvent) -> None:
        run = self._others.get(event.run)
        if run is None:
            if isinstance(event, RunFinished):
                self._runs.end_replaced(event.run)
            return
        match event:
            case (
                StreamArrived()
                | Displayed()
                | ResultArrived()
                | ErrorArrived()
                | OutputCleared()
                | OutputMissing()
            ):
                self._others.update(run, outputs=fold(run.outputs, event))
            case RunStarted(execution_count=count):
                self._others.update(run, execution_count=count)
            case RunFinished(status=status, execution_count=count):
                self._others.update(run, execution_count=count, status=status)
            case _:
                pass

    def _moment(self, at: float) -> float:
        """When something began, on the monotonic clock; the kernel's own clock counts only for the past."""
        ago = time.time() - at if self._is_catching_up else 0.0
        return time.monotonic() - max(0.0, ago)

    def _take_uncaptured(self, event: OutputEvent) -> None:
        """What a widget's callback printed: output of the cell that shows the widget, or at least said."""
        if self._runs.get(event.run) is not None:
            self._apply_to_run(event)
        elif not self._is_catching_up:
            self._listener.told(said_of(event))

    def _fold(self, run: Run, event: OutputEvent) -> None:
        if self._widgets.models.capture(run.id, event):
            return
        self._runs.update(run, outputs=fold(run.outputs, event))
        self._held.add(run.cell)
        if isinstance(event, StreamArrived):
            self._pace.printed(len(event.text))
        else:
            self._pace.hurry()

    def _fold_answer(self, run: Run, asking: Asking, shown: str) -> None:
        line = StreamArrived(run.id, "stdout", f"{asking.prompt}{shown}\n")
        self._fold(self._runs.update(run, state=Running(asking.since)), line)

    def _end(self, run: Run, state: Ended, count: int | None) -> None:
        if isinstance(run.state, Running | Asking):
            self._held.add(run.cell)
            self._pace.hurry()
        self._controller.note_times(self._runs.update(run, state=state, execution_count=count))

    def _last_words(self, status: RunStatus) -> tuple[str, ...]:
        """Why the kernel died under a run, and the end of its log, which is about that as a rule."""
        session = self._controller.session
        if status is not RunStatus.LOST or session is None or not isinstance(session.state, Dead):
            return ()
        return (f"the kernel died: {session.state.reason}", *session.state.log[-_LOG_LINES:])

    def _update_displays(self, event: DisplayUpdated) -> set[CellKey]:
        """Outputs of runs are changed in the runs, those that only the file holds cannot carry an id."""
        self._widgets.models.update_displays(event)
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
