"""How a run of a notebook ended: as a whole, and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kernelbridge.outputs import ErrorOutput, Output
from kernelbridge.runstatus import RunStatus
from tui.headless.exitstatus import FAILED, NO_KERNEL, RAN, TIMED_OUT
from tui.headless.plan import Step
from tui.runs import Ended, Run


class Stopped(Enum):
    """Why a run was cut off, with the exit status that tells it."""

    CELL_TIME = TIMED_OUT, "timed out"
    TOTAL_TIME = TIMED_OUT, "the run timed out"
    INTERRUPTED = 130, "interrupted"
    TERMINATED = 143, "terminated"
    HUNG_UP = 129, "hung up"

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words


class CellEnd(Enum):
    """What became of a cell."""

    OK = "ok"
    FAILED = "failed"
    ALLOWED = "failed as allowed"
    CUT_OFF = "cut off"
    LOST = "lost"
    """The kernel died under it."""
    NOT_RUN = "not run"

    @property
    def is_bad(self) -> bool:
        """Whether the run as a whole did not go well by it."""
        return self in (CellEnd.FAILED, CellEnd.CUT_OFF, CellEnd.LOST)


@dataclass(frozen=True, slots=True)
class CellResult:
    """One step that is over, or was never begun."""

    step: Step
    end: CellEnd
    seconds: float | None = None
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()
    last_words: tuple[str, ...] = ()
    """Where the kernel died: why, and the end of its log, not sanitized."""

    @property
    def error(self) -> ErrorOutput | None:
        """What it failed with, where the kernel said so."""
        return next((each for each in reversed(self.outputs) if isinstance(each, ErrorOutput)), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run of a notebook that is over."""

    cells: tuple[CellResult, ...]
    stopped: Stopped | None = None
    trouble: str = ""
    """Why there was no kernel to run it, or none any more, in one line; empty where there was."""

    @property
    def culprit(self) -> CellResult | None:
        """The cell at which it ended early."""
        return next((each for each in self.cells if each.end.is_bad), None)

    @property
    def place(self) -> Step | None:
        """How far it came: the cell at which it ended early, else the first that was not run."""
        if self.culprit is not None:
            return self.culprit.step
        return next((each.step for each in self.cells if each.end is CellEnd.NOT_RUN), None)

    @property
    def status(self) -> int:
        """The exit status."""
        if self.stopped is not None:
            return self.stopped.status
        if self.trouble:
            return NO_KERNEL
        return RAN if self.culprit is None else FAILED

    @property
    def word(self) -> str:
        """How it ended, for programs and for the notebook."""
        match self.status:
            case 0:
                return "ran"
            case 1:
                return "failed"
            case 3:
                return "no kernel"
            case 4:
                return "timed out"
            case _:
                return "interrupted"


def result_of(step: Step, run: Run | None, *, was_stopped: bool) -> CellResult:
    """What became of a step, by its newest run; `was_stopped` while the kernel worked on it."""
    if run is None or not isinstance(run.state, Ended):
        end = CellEnd.CUT_OFF if was_stopped else CellEnd.NOT_RUN
        return CellResult(step, end, outputs=() if run is None else run.outputs.items)
    state = run.state
    return CellResult(
        step,
        _end(step, state.status, was_stopped=was_stopped),
        state.seconds,
        run.execution_count,
        run.outputs.items,
        state.last_words,
    )


def _end(step: Step, status: RunStatus, *, was_stopped: bool) -> CellEnd:
    match status:
        case RunStatus.OK:
            return CellEnd.OK
        case RunStatus.ABORTED | RunStatus.CANCELLED:
            return CellEnd.NOT_RUN
        case _ if was_stopped:
            return CellEnd.CUT_OFF
        case RunStatus.LOST:
            return CellEnd.LOST
        case RunStatus.ERROR:
            return CellEnd.ALLOWED if step.may_fail else CellEnd.FAILED
