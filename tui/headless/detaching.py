"""A run that is left to its keeper: all cells are queued, and nobody stays."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.home.notebookplace import file_mark
from tui.files.notebookfile import NotebookFile, Overwrite, save
from tui.headless.beginning import begin
from tui.headless.execution import Execution
from tui.headless.job import Job, NoKernelError
from tui.headless.outcome import CellResult
from tui.headless.plan import Step

if TYPE_CHECKING:
    from tui.kernelreach import Reached


async def leave_running(job: Job, reach: Callable[[], Reached], idle_limit: float) -> str:
    """Give the keeper the cells, and gives its id. Raises NoKernelError and FileError.

    A notebook that is to be another than its file was is written first, so that its cells are found again.
    `idle_limit` is how many seconds its kernel stays once it has nothing to do.
    """
    if job.file is not None and not (job.file.on_disk and job.file.notebook == job.notebook):
        await asyncio.to_thread(_write, job.file, job)
    execution = Execution(job.notebook, job.path, job.steps, _Nobody())
    reached = reach()
    frontend = FrontendName("tnb run", os.getpid(), host(), edits=True)
    session = execution.attach(reached.way, reached.launch, frontend, idle_limit)
    try:
        await begin(execution, reached, job.limits.start, is_joined=False)
        if not reached.host:
            session.notebook_is_at(job.path, file_mark(job.path))
        execution.queue(allows_input=True)
        try:
            await execution.heard_of(job.limits.start)
        except NoKernelError:
            execution.controller.forget_results()
            session.shutdown()
            raise
    finally:
        await session.close()
    return session.identity.keeper


def _write(file: NotebookFile, job: Job) -> None:
    save(file, job.notebook, overwrite=Overwrite.ANYWAY if not file.on_disk else job.overwrite)


class _Nobody:
    """Who watches a run that is left."""

    def started(self, step: Step) -> None:
        """Nobody hears it."""

    def finished(self, result: CellResult) -> None:
        """Nobody hears it."""

    def changed(self) -> None:
        """Nobody hears it."""

    def told(self, text: str) -> None:
        """Nobody hears it."""
