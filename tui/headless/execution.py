"""The cells of one notebook on a kernel, with nobody there: queued, watched to their end, stopped in time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from kernelbridge.events import (
    CaughtUp,
    Event,
    FrontendsChanged,
    KernelStateChanged,
    LineChanged,
    RunFinished,
    RunQueued,
    RunStarted,
)
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeperframes import Attached
from kernelbridge.outputs import JsonObject, MimeBundle
from kernelbridge.runstatus import RunId
from kernelbridge.session import Session
from kernelbridge.state import Busy, Dead, Idle, NoKernel
from kernelbridge.transports.base import LoggedOut, Severed, Way
from tui.controller import Controller
from tui.document.changes import Changes
from tui.document.notebook import CellKey, Notebook
from tui.headless.job import Limits, NoKernelError
from tui.headless.outcome import CellEnd, CellResult, Outcome, Stopped, result_of
from tui.headless.plan import Step, manner
from tui.kernelevents import KernelEvents
from tui.runs import Asking, Ended, Queued, Running

_LAST_PATIENCE = 5.0
"""Seconds for code to end that was interrupted; then its kernel is ended under it."""


class Watcher(Protocol):
    """Who is told how it goes."""

    def started(self, step: Step) -> None:
        """The kernel began with a cell."""

    def finished(self, result: CellResult) -> None:
        """A cell is over."""

    def changed(self) -> None:
        """There is more in the document."""

    def told(self, text: str) -> None:
        """Something that a person should know: one line, not sanitized."""


class Execution:
    """One run of a notebook. To be used on one event loop."""

    def __init__(self, notebook: Notebook, path: str, steps: Sequence[Step], watcher: Watcher) -> None:
        """`path` is the notebook's, resolved, by which its cells are known again."""
        self.controller = Controller(notebook, self, path)
        self.steps = steps
        self._by_cell = {step.key: step for step in steps}
        self._watcher = watcher
        self._events: KernelEvents | None = None
        self._session: Session | None = None
        self._news = asyncio.Event()
        self._mine: set[RunId] = set()
        self._known: set[RunId] = set()
        """Of mine, those that the keeper has heard of."""
        self._stopped: Stopped | None = None
        self._stopped_at: CellKey | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._has_begun = False
        self._has_come_up = False
        """Whether the kernel was ready once: it may die before it has said that it began with a cell."""
        self._cell_limit: float | None = None
        self._is_hopeless = False
        """Whether it was stopped, and what runs does not end."""

    # -- what it is told to do ----

    def attach(
        self, way: Way, launch: JsonObject | None, frontend: FrontendName, idle_limit: float | None
    ) -> Session:
        """Connect to the kernel's keeper, and have the kernel launched where it has none.

        `idle_limit` is how many seconds the kernel stays with nothing to do and nobody there; None for as
        many as others said.
        """
        self._events = KernelEvents(self.controller)
        self._session = session = Session(way, self._heard, frontend, idle_limit)
        self.controller.session = session
        session.open(launch)
        return session

    async def attached(self, patience: float) -> tuple[Attached, ...]:
        """The keeper's other frontends, once it has told what there is. Raises NoKernelError."""
        session = self.session
        await self._until(lambda: session.is_caught_up, patience)
        if not session.is_caught_up:
            raise NoKernelError(self._trouble() or f"the kernel's keeper did not answer in {patience:.0f} s")
        return tuple(each for each in session.frontends if not each.is_this)

    def queue(self, *, allows_input: bool) -> None:
        """Have all steps run, each after the one before it."""
        for step in self.steps:
            self.controller.document.set_results(step.key, (), None)
            self.controller.run((step.key,), manner(step, allows_input=allows_input))
            run = self.controller.runs.newest(step.key)
            if run is not None:
                self._mine.add(run.id)

    async def heard_of(self, patience: float) -> None:
        """Returns once the keeper has all steps and a kernel for them. Raises NoKernelError."""
        session = self.session

        def is_underway() -> bool:
            return self._known >= self._mine and isinstance(session.state, Idle | Busy)

        await self._until(is_underway, patience)
        if not is_underway():
            raise NoKernelError(self._trouble() or _did_not_start(patience))

    async def run(self, limits: Limits) -> Outcome:
        """Returns once all is over, or was cut off."""
        loop = asyncio.get_running_loop()
        total = None
        if limits.total is not None:
            total = loop.call_later(limits.total, self.stop, Stopped.TOTAL_TIME)
        self._cell_limit = limits.cell
        try:
            await self._until(self._is_up, limits.start)
            trouble = self._trouble()
            if not trouble and not self._is_up() and self._stopped is None:
                trouble = _did_not_start(limits.start)
            if not trouble:
                await self._until(self._is_over, None)
                trouble = self._trouble()
        finally:
            for timer in (total, self._timer):
                if timer is not None:
                    timer.cancel()
        return self._outcome(trouble)

    def stop(self, why: Stopped) -> None:
        """Cut it off: what runs is interrupted, what waits is not run. A second time, at once."""
        if self._stopped is not None:
            self._give_up()
            return
        running = self.running
        self._stopped, self._stopped_at = why, None if running is None else running.key
        self._cancel_waiting()
        if self._session is None or not self._has_begun:
            self._give_up()
            return
        if running is not None:
            self._session.interrupt()
        asyncio.get_running_loop().call_later(_LAST_PATIENCE, self._give_up)

    # -- how it stands ----

    @property
    def notebook(self) -> Notebook:
        """The document as it is now."""
        return self.controller.document.notebook

    @property
    def running(self) -> Step | None:
        """The step that the kernel works on."""
        for run in self.controller.runs.active():
            if isinstance(run.state, Running | Asking) and run.cell in self._by_cell:
                return self._by_cell[run.cell]
        return None

    @property
    def runs(self) -> tuple[RunId, ...]:
        """All that were asked for."""
        return tuple(self._mine)

    @property
    def has_begun(self) -> bool:
        """Whether a cell was begun, so that there is something to be written."""
        return self._has_begun

    def settle(self) -> int:
        """Let all that came take effect; up to which of the keeper's records the document has results."""
        if self._session is None or self._events is None:
            return 0
        self._events.flush_all()
        return 0 if self._events.is_catching_up else self._session.seq

    @property
    def session(self) -> Session:
        """The kernel's, once it is attached to."""
        if self._session is None:
            raise RuntimeError("not attached")
        return self._session

    def _is_up(self) -> bool:
        """Whether the kernel has come up; one that was joined may be busy with what others run."""
        return self._has_begun or self._has_come_up or isinstance(self.session.state, Idle | Busy)

    def _is_over(self) -> bool:
        runs = (self.controller.runs.newest(step.key) for step in self.steps)
        return all(run is None or isinstance(run.state, Ended) for run in runs)

    def _trouble(self) -> str:
        """Why nothing can be run, in one line; empty where something can, or could until it ended."""
        session = self._session
        if session is None:
            return ""
        line = session.line
        if isinstance(line, Severed | LoggedOut):
            return line.reason or "the kernel's keeper has ended"
        if self._has_begun or self._has_come_up:
            return ""
        if isinstance(session.state, Dead):
            log = "; ".join(each.strip() for each in session.state.log[-1:])
            return f"the kernel did not start: {session.state.reason}" + (f" ({log})" if log else "")
        return "there is no kernel" if isinstance(session.state, NoKernel) and session.is_caught_up else ""

    def _outcome(self, trouble: str) -> Outcome:
        self.settle()
        results = tuple(self._result(step) for step in self.steps)
        return Outcome(results, self._stopped, trouble)

    def _result(self, step: Step) -> CellResult:
        run = self.controller.runs.newest(step.key)
        return result_of(step, run, was_stopped=step.key == self._stopped_at)

    async def _until(self, holds: Callable[[], bool], patience: float | None) -> None:
        """Until something holds, nothing can come any more, or it was stopped and that is given up."""
        try:
            async with asyncio.timeout(patience):
                while not (holds() or self._is_hopeless or self._trouble()):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return

    def _cancel_waiting(self) -> None:
        """Take what waits out of the queue, which others may use, too."""
        if self._session is not None:
            for run in self.controller.runs.active():
                if isinstance(run.state, Queued) and run.id in self._mine:
                    self._session.cancel(run.id)

    def _give_up(self) -> None:
        self._is_hopeless = True
        self._news.set()

    # -- what the kernel tells ----

    def _heard(self, event: Event) -> None:
        if self._events is None:
            return
        self._events.deliver(event)
        match event:
            case RunQueued(run=run):
                self._known.add(run)
                self._news.set()
            case RunStarted(run=run) if run in self._mine:
                self._events.flush_all()
                self._begin(run)
            case RunFinished(run=run) if run in self._mine:
                self._events.flush_all()
                self._end(run)
            case KernelStateChanged():
                self._has_come_up = self._is_up()
                self._news.set()
            case CaughtUp() | LineChanged() | FrontendsChanged():
                self._news.set()
            case _:
                pass

    def _begin(self, run_id: RunId) -> None:
        run = self.controller.runs.get(run_id)
        step = None if run is None else self._by_cell.get(run.cell)
        if step is None:
            return
        self._has_begun = True
        if self._timer is not None:
            self._timer.cancel()
        if self._cell_limit is not None and self._stopped is None:
            self._timer = asyncio.get_running_loop().call_later(
                self._cell_limit, self.stop, Stopped.CELL_TIME
            )
        self._news.set()
        self._watcher.started(step)

    def _end(self, run_id: RunId) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        run = self.controller.runs.get(run_id)
        step = None if run is None else self._by_cell.get(run.cell)
        self._news.set()
        if step is None:
            return
        result = self._result(step)
        if result.end is not CellEnd.NOT_RUN:
            self._watcher.finished(result)

    # -- what the controller tells ----

    def document_changed(self, changes: Changes) -> None:
        """There is more in the document, where something did change."""
        if changes != Changes():
            self._watcher.changed()

    def runs_changed(self) -> None:
        """Told otherwise."""

    def kernel_changed(self) -> None:
        """Told otherwise."""

    def is_editable(self) -> bool:
        """Code may not put other code into cells (`set_next_input`): a run changes results alone."""
        self._watcher.told("code that a cell wanted to put into a cell was left out")
        return False

    def input_requested(self, cell: CellKey) -> None:
        """Nobody is there: a kernel that asks in spite of what it was told is stopped."""
        step = self._by_cell.get(cell)
        if step is not None and self._session is not None:
            self._watcher.told(f"cell {step.number} asks for input, and there is nobody to ask")
            self._session.interrupt()

    def page_arrived(self, data: MimeBundle) -> None:
        """Help that a cell asked for is for a person."""

    def debugger_changed(self) -> None:
        """Nobody debugs what runs without a screen."""

    def others_changed(self) -> None:
        """What others run is not ours."""

    def told(self, text: str) -> None:
        """Something that a person should know."""
        self._watcher.told(text)


def _did_not_start(patience: float) -> str:
    return f"the kernel did not start within {patience:.0f} seconds"
