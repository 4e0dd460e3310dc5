"""What stands beside a cell's rows: the bar, a sign for its run, the execution count, state and time.

Columns: 0 the bar, 1 the sign, 2 to 4 the count (a longer one takes the sign's place), 5 empty; the content
begins at column 6 and leaves two columns free at the right, where its rows end with state and time.
"""

from __future__ import annotations

from enum import Enum

from kernelbridge.runstatus import RunStatus
from tui.render.rowops import pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.runs import Asking, CellRun, Ended, Queued, Running

CONTENT_COLUMN = 6
RIGHT_MARGIN = 2
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"

_COUNT = Style(Role.FAINT)
_RUNNING = Style(Role.ACCENT)
_QUEUED = Style(Role.MUTED)
_FAILED = Style(Role.ERROR)
_DONE = Style(Role.FAINT)


class Bar(Enum):
    """What the first column says of a cell."""

    NONE = " "
    FOCUSED = "▌"
    EDITING = "▐"
    SELECTED = "│"


BAR_STYLES = {
    Bar.NONE: Style(),
    Bar.FOCUSED: Style(Role.ACCENT),
    Bar.EDITING: Style(Role.OK),
    Bar.SELECTED: Style(Role.ACCENT),
}


def bar_row(bar: Bar) -> Row:
    """The first column."""
    return text_row(bar.value, BAR_STYLES[bar])


def gutter_row(run: CellRun | None, count: int | None, now: float) -> Row:
    """Columns 1 to 5 of a code cell's first row; `now` is on the monotonic clock."""
    number = "" if count is None else str(count)
    match run:
        case Running(since):
            return pad(text_row(f"{_spin(now - since)}  * ", _RUNNING), CONTENT_COLUMN - 1)
        case Asking():
            return pad(text_row("?  * ", _RUNNING), CONTENT_COLUMN - 1)
        case Queued():
            return pad(text_row("·  * ", _QUEUED), CONTENT_COLUMN - 1)
        case Ended(RunStatus.ERROR | RunStatus.LOST):
            return pad(text_row(f"✗{number.rjust(3)} ", _FAILED), CONTENT_COLUMN - 1)
        case _:
            return pad(text_row(f"{number.rjust(4)} ", _COUNT), CONTENT_COLUMN - 1)


def state_row(run: CellRun | None, now: float) -> Row:
    """What stands at the right edge; empty for a cell that was not run."""
    match run:
        case None:
            return ()
        case Queued(position):
            return text_row(f"· queued {position}", _QUEUED)
        case Running(since):
            return text_row(f"{_spin(now - since)} {duration(now - since)}", _RUNNING)
        case Asking():
            return text_row("? input", _RUNNING)
        case Ended(status, seconds):
            return _ended_row(status, seconds)


def with_state(row: Row, state: Row, width: int) -> Row | None:
    """The row with the state at its right edge; None where there is no room for it."""
    room = width - row_width(row) - row_width(state)
    if not state or room < 2:
        return None
    return (*row, *text_row(" " * room, Style()), *state)


def duration(seconds: float) -> str:
    """A time as a person reads it: `0.4 s`, `12 s`, `3 m 05 s`, `2 h 10 m`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} m {int(seconds % 60):02} s"
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60):02} m"


def _ended_row(status: RunStatus, seconds: float | None) -> Row:
    time = "" if seconds is None else f" {duration(seconds)}"
    match status:
        case RunStatus.OK:
            return text_row(f"✓{time}", _DONE)
        case RunStatus.ERROR:
            return text_row(f"✗{time}", _FAILED)
        case RunStatus.LOST:
            return text_row("✗ kernel gone", _FAILED)
        case RunStatus.ABORTED | RunStatus.CANCELLED:
            return text_row("· not run", _QUEUED)


def _spin(seconds: float) -> str:
    return SPINNER[int(seconds) % len(SPINNER)]
