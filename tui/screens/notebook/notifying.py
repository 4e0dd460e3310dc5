"""Notices when what ran for long has come to its end, or asks: who looks elsewhere is told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput
from kernelbridge.runstatus import RunStatus
from tui.runs import Asking, Ended, Running
from tui.view.gutter import duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from kernelbridge.runstatus import RunId
    from tui.document.notebook import Notebook
    from tui.runs import Run, RunBook


class LongRuns:
    """Of one notebook: what goes on counts as one, from the first cell that runs to the last."""

    def __init__(self, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        """`patience` is how many seconds are long; 0 where nothing is to be told."""
        self._patience = patience
        self._clock = clock
        self._since: float | None = None
        self._active: set[RunId] = set()
        self._asked: RunId | None = None

    def heed(self, runs: RunBook, notebook: Notebook) -> str:
        """Take how runs are now; what a person is to be told, or nothing."""
        if not self._patience:
            return ""
        newest = runs.newest_runs()
        going = [run.state.since for run in newest if isinstance(run.state, Running | Asking)]
        if going:
            self._since = min(going) if self._since is None else min(self._since, *going)
        self._active |= {run.id for run in newest if not isinstance(run.state, Ended)}
        asking = runs.asking()
        if asking is not None:
            is_new, self._asked = asking.id != self._asked, asking.id
            return "a cell asks for input" if is_new else ""
        if self._since is None or runs.active():
            return ""
        lasted, self._since = self._clock() - self._since, None
        over = [run for run in newest if run.id in self._active]
        self._active.clear()
        self._asked = None
        return _told(over, lasted, notebook) if lasted >= self._patience else ""

    def forget(self) -> None:
        """What went on did so while nobody was there."""
        self._since = self._asked = None
        self._active.clear()


def _told(over: list[Run], lasted: float, notebook: Notebook) -> str:
    for run in over:
        failed = isinstance(run.state, Ended) and run.state.status in (RunStatus.ERROR, RunStatus.LOST)
        if failed:
            place = f"cell {notebook.index_of(run.cell) + 1} " if run.cell in notebook else ""
            error = next((each.ename for each in run.outputs.items if isinstance(each, ErrorOutput)), "")
            return f"{place}failed after {duration(lasted)}{': ' if error else ''}{error}"
    return f"done in {duration(lasted)}"
