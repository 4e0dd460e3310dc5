"""How a run goes, on standard error: a bar on a terminal, lines in a log; or lines of JSON for a program."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from typing import Final, TextIO

from kernelbridge.outputs import JsonValue
from tui.headless.columns import cut_to_columns
from tui.headless.execution import Execution
from tui.headless.lastline import last_line
from tui.headless.outcome import CellEnd, CellResult, Outcome
from tui.headless.plan import Step
from tui.sanitize import clean

_REFRESH: Final = 0.1
_STILL: Final = 60.0
"""Seconds after which a log is told that a cell is running still, as what reads it may give up otherwise."""
_BAR: Final = 20
_START_OF_LINE: Final = "\r\x1b[K"


class Quiet:
    """Says nothing."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._execution: Execution | None = None
        self._done = 0

    def begun(self, execution: Execution) -> None:
        """The kernel is being started."""
        self._execution = execution

    def started(self, step: Step) -> None:
        """The kernel began with a cell."""

    def finished(self, result: CellResult) -> None:
        """A cell is over."""
        self._done += result.end is not CellEnd.NOT_RUN

    def changed(self) -> None:
        """There is more in the document."""

    def told(self, text: str) -> None:
        """Something that a person should know."""

    def ended(self, outcome: Outcome) -> None:
        """It is over."""

    @property
    def count(self) -> int:
        """How many cells there are."""
        return 0 if self._execution is None else len(self._execution.steps)

    def _print(self, text: str) -> None:
        """Whoever read may have gone; the run goes on, and the interpreter's last flush must not fail."""
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


class Lines(Quiet):
    """A line for each cell that is over."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self._timer: asyncio.TimerHandle | None = None

    def started(self, step: Step) -> None:
        """Say so where it takes long."""
        self._cancel()
        self._still(step, time.monotonic())

    def _still(self, step: Step, since: float) -> None:
        def tell() -> None:
            self._print(self._line(step, "running", time.monotonic() - since, self._printed(step)))
            self._still(step, since)

        self._timer = asyncio.get_running_loop().call_later(_STILL, tell)

    def finished(self, result: CellResult) -> None:
        """Say how."""
        super().finished(result)
        self._cancel()
        self._print(self._line(result.step, result.end.value, result.seconds, last_line(result.outputs)))

    def told(self, text: str) -> None:
        """Say it."""
        self._print(f"{clean(text)}\n")

    def ended(self, outcome: Outcome) -> None:
        """How many of the cells ran, where it were not all."""
        self._cancel()
        if outcome.status:
            self._print(f"{self._done} of {self.count} cells ran\n")

    def _line(self, step: Step, word: str, seconds: float | None, printed: str) -> str:
        took = "" if seconds is None else f", {duration(seconds)}"
        said = f": {printed}" if printed else ""
        return f"cell {step.number} ({self._done} of {self.count}) {word}{took}{said}\n"

    def _printed(self, step: Step) -> str:
        if self._execution is None:
            return ""
        run = self._execution.controller.runs.newest(step.key)
        return "" if run is None else last_line(run.outputs.items)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Bar(Quiet):
    """One line that is drawn over and over, and gone in the end."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self._timer: asyncio.TimerHandle | None = None
        self._step: Step | None = None
        self._since = time.monotonic()

    def begun(self, execution: Execution) -> None:
        """Draw it from now on."""
        super().begun(execution)
        self._draw()

    def started(self, step: Step) -> None:
        """Show which."""
        self._step, self._since = step, time.monotonic()

    def told(self, text: str) -> None:
        """A line above the bar."""
        self._print(f"{_START_OF_LINE}{clean(text)}\n")

    def ended(self, outcome: Outcome) -> None:
        """Take it away."""
        if self._timer is not None:
            self._timer.cancel()
        seconds = sum(each.seconds or 0.0 for each in outcome.cells)
        done = sum(each.end in (CellEnd.OK, CellEnd.ALLOWED) for each in outcome.cells)
        self._print(f"{_START_OF_LINE}{done} of {self.count} cells ran, {duration(seconds)}\n")

    def _draw(self) -> None:
        self._print(_START_OF_LINE + cut_to_columns(self._text(), _columns(self._out) - 1))
        self._timer = asyncio.get_running_loop().call_later(_REFRESH, self._draw)

    def _text(self) -> str:
        filled = _BAR * self._done // max(1, self.count)
        bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {self._done}/{self.count}"
        step, execution = self._step, self._execution
        if step is None or execution is None:
            return f"{bar} starting the kernel {duration(time.monotonic() - self._since)}"
        run = execution.controller.runs.newest(step.key)
        printed = "" if run is None else last_line(run.outputs.items)
        return f"{bar} cell {step.number} {duration(time.monotonic() - self._since)} {printed}"


class JsonLines(Quiet):
    """An object a line, for a program."""

    def begun(self, execution: Execution) -> None:
        """How many cells there are."""
        super().begun(execution)
        self._tell(event="begin", cells=self.count)

    def started(self, step: Step) -> None:
        """Which."""
        self._tell(event="start", cell=step.number)

    def finished(self, result: CellResult) -> None:
        """How."""
        super().finished(result)
        error = result.error
        self._tell(
            event="end",
            cell=result.step.number,
            status=result.end.value,
            seconds=result.seconds,
            execution_count=result.execution_count,
            error=None if error is None else {"ename": error.ename, "evalue": error.evalue},
        )

    def told(self, text: str) -> None:
        """What a person should know."""
        self._tell(event="note", text=clean(text))

    def ended(self, outcome: Outcome) -> None:
        """The whole of it."""
        place = outcome.place
        self._tell(
            event="over",
            status=outcome.word,
            exit_status=outcome.status,
            cell=None if place is None else place.number,
        )

    def _tell(self, **fields: JsonValue) -> None:
        self._print(json.dumps(fields) + "\n")


def duration(seconds: float) -> str:
    """As a person says it."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _columns(out: TextIO) -> int:
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
