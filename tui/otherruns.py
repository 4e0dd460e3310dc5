"""Runs that belong to no cell of the notebook: what others run, and what was run of a cell that is gone.

They are shown in a pane of their own, never dropped, and never put into a cell on a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from kernelbridge.outputs import Outputs
from kernelbridge.runstatus import RunId, RunStatus


class Whose(Enum):
    """Why a run belongs to no cell."""

    FOREIGN = "foreign"
    """A frontend of another kind runs it on the same kernel."""
    OTHER_NOTEBOOK = "other notebook"
    """It is of a cell of another notebook, or of no cell."""
    SCRATCH = "scratch"
    """It was typed beside the notebook."""
    CELL_CHANGED = "cell changed"
    """Its cell is gone, or has another source by now."""


@dataclass(frozen=True, slots=True)
class OtherRun:
    """One of them, with what it has printed so far."""

    id: RunId
    whose: Whose
    by: str
    """Who asked for it, as a name for a person; not sanitized."""
    code: str
    outputs: Outputs = field(default_factory=Outputs)
    execution_count: int | None = None
    status: RunStatus | None = None
    """None while it is not over."""


class OtherRuns:
    """All of them, the oldest first."""

    def __init__(self) -> None:
        self._runs: dict[RunId, OtherRun] = {}
        self.unseen = 0
        """How many have come since they were looked at last."""

    def __len__(self) -> int:
        return len(self._runs)

    def all(self) -> list[OtherRun]:
        """The runs."""
        return list(self._runs.values())

    def get(self, run: RunId) -> OtherRun | None:
        """The run of that id, where it is one of these."""
        return self._runs.get(run)

    def begin(self, run: OtherRun) -> None:
        """One more."""
        if run.id not in self._runs:
            self.unseen += 1
        self._runs[run.id] = run

    def update(
        self,
        run: OtherRun,
        *,
        outputs: Outputs | None = None,
        execution_count: int | None = None,
        status: RunStatus | None = None,
    ) -> None:
        """The run with what changed."""
        self._runs[run.id] = replace(
            run,
            outputs=run.outputs if outputs is None else outputs,
            execution_count=run.execution_count if execution_count is None else execution_count,
            status=status or run.status,
        )

    def remove(self, run: RunId) -> None:
        """The run has found a place, or nobody wants it."""
        self._runs.pop(run, None)
