"""A run of a notebook from its kernel's start to its end, with the file written on the way."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.condition import Condition, condition_of
from kernelbridge.keeper.home.homes import KEEPERS, state_folder
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.home.meta import read_meta
from tui.document.notebook import Notebook
from tui.files.errors import FileError
from tui.headless.beginning import begin
from tui.headless.execution import Execution, Watcher
from tui.headless.exitstatus import RAN
from tui.headless.job import Job, NoKernelError
from tui.headless.marking import marked, unmarked
from tui.headless.outcome import CellEnd, CellResult, Outcome
from tui.headless.plan import Step
from tui.headless.signals import stopping_on_signals
from tui.headless.widgetstates import with_widgets
from tui.headless.writing import PacedWriter

if TYPE_CHECKING:
    from kernelbridge.session import Session
    from tui.kernelreach import Reached

_ORPHANED = 60.0
"""Seconds that a kernel has when tnb was killed and nothing runs on it."""
_ENDING = 8.0
"""Seconds to wait for a kernel's process to end; its keeper kills it after 2."""
_LOOK_AGAIN = 0.005


class Progress(Watcher, Protocol):
    """Who shows how it goes."""

    def begun(self, execution: Execution) -> None:
        """The kernel is being started."""

    def ended(self, outcome: Outcome) -> None:
        """It is over."""


@dataclass(frozen=True, slots=True)
class Performed:
    """A job that is over."""

    outcome: Outcome
    notebook: Notebook
    """With the outputs, as it is to stay."""
    unwritten: FileError | None = None
    """Why it could not be written."""


async def perform(job: Job, reach: Callable[[], Reached], progress: Progress) -> Performed:
    """Run it. `reach` gives the way to the kernel, and raises NoKernelError."""
    performance = _Performance(job, progress)
    with stopping_on_signals(performance.execution.stop):
        return await performance.play(reach)


class _Performance:
    """One job while it goes on."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self._job = job
        self._progress = progress
        self.execution = Execution(job.notebook, job.path, job.steps, self)
        self._writer = None
        if job.file is not None:
            self._writer = PacedWriter(job.file, job.overwrite, self._unfinished)
        self._session: Session | None = None
        self._is_ours = False
        """Whether the kernel was started for this run, and ends with it."""

    async def play(self, reach: Callable[[], Reached]) -> Performed:
        """All of it."""
        self._progress.begun(self.execution)
        outcome = await self._run(reach)
        seq = self.execution.settle()
        notebook = self._final(outcome)
        session = self._session
        if session is not None and self._is_ours:
            session.shutdown()  # it ends while the file is written
        performed = await self._write(Performed(outcome, notebook))
        if session is not None:
            if performed.unwritten is None:
                self.execution.controller.saved(seq)
            if performed.unwritten is None and self._is_ours:
                session.discard(self.execution.runs)  # also those that were cut off before they were over
            await session.close()
            if self._is_ours and session.identity.host == host():
                await _gone(state_folder() / KEEPERS / session.identity.keeper)
        self._progress.ended(performed.outcome)
        return performed

    async def _run(self, reach: Callable[[], Reached]) -> Outcome:
        job, execution = self._job, self.execution
        if not job.steps:
            return Outcome(())
        try:
            reached = reach()
            name = FrontendName("tnb run", os.getpid(), host(), edits=True)
            idle_limit = None if job.is_joined else _ORPHANED
            self._session = execution.attach(reached.way, reached.launch, name, idle_limit)
            await begin(execution, reached, job.limits.start, is_joined=job.is_joined)
            self._is_ours = not job.is_joined
            execution.queue(allows_input=False)
            return await execution.run(job.limits)
        except NoKernelError as error:
            unrun = tuple(CellResult(step, CellEnd.NOT_RUN) for step in job.steps)
            return Outcome(unrun, trouble=str(error))

    def _final(self, outcome: Outcome) -> Notebook:
        """The document as it is to stay."""
        notebook = unmarked(with_widgets(self.execution.notebook, self.execution.controller.widgets.models))
        if outcome.status == RAN:
            return notebook
        return marked(notebook, outcome.word, None if outcome.place is None else outcome.place.number)

    async def _write(self, performed: Performed) -> Performed:
        if self._writer is None or (self._job.steps and not self.execution.has_begun):
            return performed
        try:
            await self._writer.finish(performed.notebook)
        except FileError as error:
            return replace(performed, unwritten=error)
        return performed

    def _unfinished(self) -> Notebook:
        running = self.execution.running
        return marked(self.execution.notebook, "running", None if running is None else running.number)

    # -- what the execution tells ----

    def started(self, step: Step) -> None:
        """The kernel began with a cell."""
        self._progress.started(step)

    def finished(self, result: CellResult) -> None:
        """A cell is over."""
        self._progress.finished(result)

    def changed(self) -> None:
        """There is more in the document."""
        if self._writer is not None and self.execution.has_begun:
            self._writer.changed()
        self._progress.changed()

    def told(self, text: str) -> None:
        """Something that a person should know."""
        self._progress.told(text)


async def _gone(home: Path) -> None:
    """Returns once the kernel and its keeper have ended: who comes next is to find nothing in the way."""
    deadline = time.monotonic() + _ENDING
    while time.monotonic() < deadline:
        try:
            if condition_of(home, read_meta(home)) is Condition.ENDED:
                return
        except HomeError:
            return
        await asyncio.sleep(_LOOK_AGAIN)
