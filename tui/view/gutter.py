"""What stands beside a cell's rows: the bar, a sign for its run, the execution count, state and time.

Columns: 0 the bar, 1 the sign, 2 to 4 the count or the mark of a wrapped row, 5 empty. A button takes
column 1, and the sign goes to 2 where the count leaves it. The content begins at column 6 and leaves two
columns free at the right, the first of them for the cursor at the end of a full row.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kernelbridge.runstatus import RunStatus
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.runs import Asking, CellRun, Ended, Queued, Running
from tui.view.linemarks import Mark
from tui.view.runbutton import RunButton

if TYPE_CHECKING:
    from tui.document.runtimes import RunTimes

CONTENT_COLUMN = 6
RIGHT_MARGIN = 2
WRAPPED = "↳"
"""Before a row that goes on with the line above it. Unlike ↪ it is no emoji: one cell in any terminal."""
_NO_COUNT = "[ ]"
"""Where a cell has no count: without colours, code that never ran would look like prose."""
GUTTER_WIDTH = CONTENT_COLUMN - 1
"""Cells between the bar and the content."""
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"

_COUNT = Style(Role.FAINT)
_RUNNING = Style(Role.ACCENT)
_QUEUED = Style(Role.MUTED)
_FAILED = Style(Role.ERROR)
_DONE = Style(Role.FAINT)
_FOLDED = Style(Role.MUTED, italic=True)
_BUTTON = Style(Role.ACCENT)
FOLDED = "▸"
"""Before a heading whose section is folded."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

NO_GUTTER = pad((), GUTTER_WIDTH)
"""Columns 1 to 5 where nothing stands beside the content."""
WRAPPED_GUTTER = text_row(f"{WRAPPED:>{GUTTER_WIDTH - 1}} ", Style(Role.FAINT))
"""Columns 1 to 5 of a row that goes on with the line above it."""

FAULT_GUTTER = text_row(f"{'-->':>{GUTTER_WIDTH - 1}} ", _FAILED)
"""Columns 1 to 5 of the line in which a cell failed: IPython's arrow, which shows without colours too."""


_BREAKPOINT = Style(Role.ERROR, bold=True)
_STOPPED = Style(Role.WARNING, bold=True)
STOPPED_LINE = Style(Role.WARNING, reverse=True)
"""The text of the line that is to be run next."""
_DOT = text_row("●", _BREAKPOINT)
_ARROW = text_row("-> ", _STOPPED)
"""As Python's own debugger has it."""


class Bar(Enum):
    """What the first column says of a cell."""

    NONE = " "
    FOCUSED = "▌"
    EDITING = "▐"
    SELECTED = "│"
    MARKED = "•"


BAR_STYLES = {
    Bar.NONE: Style(),
    Bar.FOCUSED: Style(Role.ACCENT),
    Bar.EDITING: Style(Role.OK),
    Bar.SELECTED: Style(Role.ACCENT),
    Bar.MARKED: Style(Role.ACCENT, bold=True),
}


def bar_row(bar: Bar) -> Row:
    """The first column."""
    return text_row(bar.value, BAR_STYLES[bar])


def button_row(button: RunButton) -> Row:
    """Column 1 of a row with a button; nothing where there is none."""
    return text_row(button.value, _BUTTON)


def gutter_row(run: CellRun | None, count: int | None, now: float, width: int = GUTTER_WIDTH) -> Row:
    """What of columns 1 to 5 a button leaves of a code cell's first row; `now` is on the monotonic clock."""
    match run:
        case Running(since):
            return _marked(_spin(now - since), "*", _RUNNING, width)
        case Asking():
            return _marked("?", "*", _RUNNING, width)
        case Queued():
            return _marked("·", "*", _QUEUED, width)
        case Ended(RunStatus.ERROR | RunStatus.LOST):
            return failed_gutter(count, width)
        case _:
            return _marked("", _number(count, width), _COUNT, width)


def failed_gutter(count: int | None, width: int = GUTTER_WIDTH) -> Row:
    """The same of a code cell that failed."""
    return _marked("✗", _number(count, width), _FAILED, width)


def marked_gutter(gutter: Row, mark: Mark, *, is_first: bool) -> Row:
    """The gutter of a row of source with its mark; of a cell's first row the sign of its run gives way."""
    width = row_width(gutter)
    match mark:
        case Mark.BREAKPOINT if is_first:
            return (*_DOT, *crop(gutter, 1, width))
        case Mark.BREAKPOINT:
            return (*text_row("   "), *_DOT, *text_row(" "))
        case Mark.STOPPED:
            return (*pad((), width - row_width(_ARROW)), *_ARROW)
        case Mark.REACHED:
            return (*pad((), width - row_width(_ARROW) - row_width(_DOT)), *_DOT, *_ARROW)
        case Mark.NONE | Mark.STOPPED_ON:
            return gutter


def folded_gutter(count: int) -> Row:
    """Columns 1 to 5 of a heading whose section is folded: how many cells it hides."""
    return _marked(FOLDED, _number(count, GUTTER_WIDTH), _FOLDED, GUTTER_WIDTH)


def folded_note(count: int) -> Row:
    """What stands at the right edge of such a heading."""
    return text_row("1 cell folded" if count == 1 else f"{count:,} cells folded", _FOLDED)


def hidden_note(source: str) -> Row:
    """The row that stands for a source that is hidden."""
    lines = source.count("\n") + 1
    return text_row("… 1 line hidden" if lines == 1 else f"… {lines:,} lines hidden", _FOLDED)


def _marked(sign: str, number: str, style: Style, width: int) -> Row:
    """Sign and number; a number that needs its place takes the sign's."""
    room = width - 1 - len(sign)
    text = f"{sign}{number.rjust(room)}" if len(number) <= room else number
    return text_row(f"{text} ", style)


def _number(count: int | None, width: int) -> str:
    """The count in at most four places: of a longer one the end, which tells neighbours apart."""
    number = _NO_COUNT if count is None else str(count)
    return number if len(number) < width else f"…{number[2 - width :]}"


def state_row(run: CellRun | None, now: float) -> Row:
    """What stands at the right edge; empty for a cell that was not run."""
    match run:
        case None:
            return ()
        case Queued(position):
            return text_row(f"· queued {position}", _QUEUED)
        case Running(since):
            return text_row(f"{_spin(now - since)} {_whole(int(now - since))}", _RUNNING)
        case Asking():
            return text_row("? input", _RUNNING)
        case Ended(status, seconds):
            return _ended_row(status, seconds)


def with_times(state: Row, times: RunTimes | None, now: float) -> Row:
    """The state of a cell and when it ran; `now` is in seconds since the epoch."""
    if times is None:
        return state
    when = text_row(when_text(times.began, now), _DONE)
    if state:
        return (*when, *text_row(" ", _DONE), *state)
    return (*when, *text_row("" if times.seconds is None else f" · {duration(times.seconds)}", _DONE))


def when_text(moment: float, now: float) -> str:
    """A moment as a person reads it: `14:05` of today, `24 Nov 14:05`, `24 Nov 2024`."""
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(moment, UTC).astimezone()
    today = datetime.fromtimestamp(now, UTC).astimezone()
    if at.date() == today.date():
        return f"{at:%H:%M}"
    day = f"{at.day} {_MONTHS[at.month - 1]}"
    return f"{day} {at:%H:%M}" if at.year == today.year else f"{day} {at.year}"


def with_state(row: Row, state: Row, width: int) -> Row | None:
    """The row with the state at its right edge; None where there is no room for it."""
    room = width - row_width(row) - row_width(state)
    if not state or room < 2:
        return None
    return (*row, *text_row(" " * room, Style()), *state)


def duration(seconds: float) -> str:
    """How long something took, as a person reads it: `0.4 s`, `12 s`, `3 m 05 s`, `2 h 10 m`."""
    return f"{seconds:.1f} s" if seconds < 9.95 else _whole(round(seconds))


def _whole(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} m {seconds % 60:02} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} m"


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
