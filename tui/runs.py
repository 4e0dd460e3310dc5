"""Which run belongs to which cell, and what a person should see of it: queued, running, asking, done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.outputs import Outputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kernelbridge.runstatus import RunId, RunStatus
    from tui.document.notebook import CellKey


@dataclass(frozen=True, slots=True)
class Queued:
    """Waits for its turn."""

    position: int
    """1 is next."""


@dataclass(frozen=True, slots=True)
class Running:
    """The kernel works on it."""

    since: float
    """Seconds, monotonic clock."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The code waits for a line of input."""

    since: float
    prompt: str
    password: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """Over."""

    status: RunStatus
    seconds: float | None
    last_words: tuple[str, ...] = ()
    """Where the kernel died under it: why, and the last lines of its log, not sanitized."""


CellRun: TypeAlias = Queued | Running | Asking | Ended


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a cell, with the outputs that it made so far."""

    id: RunId
    cell: CellKey
    outputs: Outputs
    state: CellRun
    execution_count: int | None = None
    began: float | None = None
    """Seconds since the epoch."""


class RunBook:
    """Every cell's newest run; one that a newer run of the same cell replaced is not heard of again."""

    def __init__(self) -> None:
        self._newest: dict[CellKey, Run] = {}
        self._cells: dict[RunId, CellKey] = {}
        self._replaced: dict[RunId, bool] = {}
        """Runs whose cell was run anew since, and whether they are over."""
        self._settled: set[RunId] = set()

    def begin(self, run: RunId, cell: CellKey, position: int, outputs: Outputs | None = None) -> None:
        """A run was asked for; `outputs` are what it printed before, where it goes on."""
        if (old := self._newest.pop(cell, None)) is not None:
            del self._cells[old.id]
            self._replaced[old.id] = isinstance(old.state, Ended)
        self._newest[cell] = Run(run, cell, outputs or Outputs(), Queued(position))
        self._cells[run] = cell

    def get(self, run: RunId) -> Run | None:
        """The run, unless its cell has been run anew or it was never one of ours."""
        cell = self._cells.get(run)
        return None if cell is None else self._newest[cell]

    def newest(self, cell: CellKey) -> Run | None:
        """The newest run of a cell; None if it was not run since the notebook was opened."""
        return self._newest.get(cell)

    def newest_runs(self) -> list[Run]:
        """The newest run of each cell that was run, in the order in which they were asked for."""
        return list(self._newest.values())

    def update(
        self,
        run: Run,
        *,
        outputs: Outputs | None = None,
        state: CellRun | None = None,
        execution_count: int | None = None,
        began: float | None = None,
    ) -> Run:
        """The run with what changed."""
        changed = replace(
            run,
            outputs=run.outputs if outputs is None else outputs,
            state=run.state if state is None else state,
            execution_count=run.execution_count if execution_count is None else execution_count,
            began=run.began if began is None else began,
        )
        self._newest[run.cell] = changed
        return changed

    def end_replaced(self, run: RunId) -> None:
        """A run is over; matters for one whose cell has been run anew."""
        if run in self._replaced:
            self._replaced[run] = True

    def take_settled(self) -> tuple[RunId, ...]:
        """The runs of cells that are over, each once: the notebook has what they printed."""
        replaced = [run for run, is_over in self._replaced.items() if is_over]
        over = [run.id for run in self._newest.values() if isinstance(run.state, Ended)]
        settled = tuple(run for run in (*replaced, *over) if run not in self._settled)
        self._settled.update(settled)
        return settled

    def unsettle(self, run: RunId) -> None:
        """More comes of a run that the file had all of."""
        self._settled.discard(run)

    def requeue(self, queue: Iterable[RunId]) -> None:
        """Number anew what waits in the kernel's queue."""
        for position, run_id in enumerate(queue, start=1):
            run = self.get(run_id)
            if run is not None and isinstance(run.state, Queued) and run.state.position != position:
                self.update(run, state=Queued(position))

    def state_of(self, cell: CellKey) -> CellRun | None:
        """What to show of a cell; None if it was not run since the notebook was opened."""
        run = self._newest.get(cell)
        return None if run is None else run.state

    def active(self) -> list[Run]:
        """Runs that are not over."""
        return [run for run in self._newest.values() if not isinstance(run.state, Ended)]

    def asking(self) -> Run | None:
        """The run that waits for input."""
        return next((run for run in self._newest.values() if isinstance(run.state, Asking)), None)
