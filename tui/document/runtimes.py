"""When a cell ran, as `metadata.execution` tells it, which JupyterLab writes where it is to record timing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from tui.document.notebook import Cell, Notebook

_EARLIEST: Final = 1_000_000_000.0
"""The autumn of 2001, when IPython was begun: a clock that says less was never set."""
_EXECUTION: Final = "execution"
_BEGAN: Final = ("iopub.execute_input", "shell.execute_reply.started", "iopub.status.busy")
_ENDED: Final = ("shell.execute_reply", "iopub.status.idle")


@dataclass(frozen=True, slots=True)
class RunTimes:
    """Of the last run of a cell."""

    began: float
    """Seconds since the epoch."""
    seconds: float | None
    """How long it took, where that is known."""


def believed(moment: float) -> float | None:
    """A moment that a kernel's clock tells; None where that clock was never set."""
    return moment if moment >= _EARLIEST else None


def times_of(cell: Cell) -> RunTimes | None:
    """What a cell's metadata says; None where they say nothing that can be read."""
    told = cell.metadata.get(_EXECUTION)
    if not isinstance(told, Mapping):
        return None
    times = cast("JsonObject", told)
    began, ended = _first(times, _BEGAN), _first(times, _ENDED)
    if began is None:
        return None
    return RunTimes(began, None if ended is None or ended < began else ended - began)


def keeps_times(notebook: Notebook) -> bool:
    """Whether the notebook has such metadata: then they are kept up, and otherwise not begun."""
    return any(_EXECUTION in cell.metadata for cell in notebook.cells)


def with_times(metadata: JsonObject, times: RunTimes) -> JsonObject:
    """The metadata of a cell that ran, with what else they say."""
    began, ended = _text(times.began), _text(times.began + (times.seconds or 0))
    told: JsonObject = {
        "iopub.execute_input": began,
        "iopub.status.busy": began,
        "iopub.status.idle": ended,
        "shell.execute_reply": ended,
    }
    return {**metadata, _EXECUTION: told}


def _first(times: JsonObject, names: tuple[str, ...]) -> float | None:
    return next((at for name in names if (at := _moment(times.get(name))) is not None), None)


def _moment(value: object) -> float | None:
    if not isinstance(value, str):
        return None
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _text(moment: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")
