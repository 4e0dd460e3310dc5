"""What stands beside a cell: a sign, the execution count, state and time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.runstatus import RunStatus
from tui.render.rowops import plain, row_width, text_row
from tui.runs import Asking, CellRun, Ended, Queued, Running
from tui.view.gutter import (
    CONTENT_COLUMN,
    GUTTER_WIDTH,
    Bar,
    bar_row,
    button_row,
    duration,
    gutter_row,
    marked_gutter,
    state_row,
    with_state,
)
from tui.view.linemarks import Mark
from tui.view.runbutton import RunButton

OK, FAILED = Ended(RunStatus.OK, 0.42), Ended(RunStatus.ERROR, 3.0)

runs = st.one_of(
    st.none(),
    st.builds(Queued, st.integers(1, 10**6)),
    st.builds(Running, st.floats(0, 10**6)),
    st.builds(Asking, st.just(0.0), st.text(), st.booleans()),
    st.builds(Ended, st.sampled_from(RunStatus), st.none() | st.floats(0, 10**6)),
)


@pytest.mark.parametrize(
    ("run", "count", "expected"),
    [
        (None, None, " [ ] "),
        (Ended(RunStatus.CANCELLED, None), None, " [ ] "),
        (None, 7, "   7 "),
        (OK, 42, "  42 "),
        (OK, 1234, "1234 "),
        (OK, 12345, "…345 "),
        (FAILED, 7, "✗  7 "),
        (FAILED, 999, "✗999 "),
        (FAILED, 1234, "1234 "),
        (Queued(2), 7, "·  * "),
        (Running(100.0), 7, "⠋  * "),
        (Asking(0.0, "", password=False), 7, "?  * "),
        (Ended(RunStatus.LOST, None), 7, "✗  7 "),
    ],
)
def test_the_gutter_shows_sign_and_count(run: CellRun | None, count: int | None, expected: str) -> None:
    assert plain(gutter_row(run, count, now=100.0)) == expected


@pytest.mark.parametrize(
    ("run", "count", "expected"),
    [
        (None, None, "[ ] "),
        (OK, 42, " 42 "),
        (OK, 123, "123 "),
        (OK, 1234, "…34 "),
        (FAILED, 7, "✗ 7 "),
        (FAILED, 42, "✗42 "),
        (FAILED, 999, "999 "),
        (Ended(RunStatus.LOST, None), None, "[ ] "),
        (Queued(2), 7, "· * "),
        (Running(100.0), 7, "⠋ * "),
        (Asking(0.0, "", password=False), 7, "? * "),
    ],
)
def test_beside_a_button_the_sign_keeps_a_place_where_the_count_leaves_one(
    run: CellRun | None, count: int | None, expected: str
) -> None:
    assert plain(gutter_row(run, count, 100.0, GUTTER_WIDTH - 1)) == expected


@given(
    runs,
    st.none() | st.integers(-5, 10**12),
    st.floats(10**6, 10**7),
    st.sampled_from(RunButton),
    st.sampled_from(Mark),
)
def test_the_gutter_is_always_as_wide(
    run: CellRun | None, count: int | None, now: float, button: RunButton, mark: Mark
) -> None:
    beside = gutter_row(run, count, now, GUTTER_WIDTH - row_width(button_row(button)))
    gutter = (*button_row(button), *marked_gutter(beside, mark, is_first=True))
    assert row_width(gutter) == CONTENT_COLUMN - 1


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark.NONE, "►  7 "),
        (Mark.BREAKPOINT, "►● 7 "),
        (Mark.STOPPED, "► -> "),
        (Mark.REACHED, "►●-> "),
    ],
)
def test_marks_of_the_first_line_and_the_button_leave_each_other_room(mark: Mark, expected: str) -> None:
    beside = gutter_row(OK, 7, 0.0, GUTTER_WIDTH - 1)
    assert plain((*button_row(RunButton.RUN), *marked_gutter(beside, mark, is_first=True))) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (None, ""),
        (Queued(3), "· queued 3"),
        (Running(88.0), "⠹ 12 s"),
        (Asking(0.0, "name?", password=False), "? input"),
        (OK, "✓ 0.4 s"),
        (Ended(RunStatus.OK, None), "✓"),
        (FAILED, "✗ 3.0 s"),
        (Ended(RunStatus.LOST, 3.0), "✗ kernel gone"),
        (Ended(RunStatus.ABORTED, None), "· not run"),
        (Ended(RunStatus.CANCELLED, None), "· not run"),
    ],
)
def test_the_state_says_how_a_run_stands(run: CellRun | None, expected: str) -> None:
    assert plain(state_row(run, now=100.0)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0.0 s"),
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 m 00 s"),
        (185, "3 m 05 s"),
        (3599.7, "1 h 00 m"),
        (7800, "2 h 10 m"),
        (360_000, "100 h 00 m"),
    ],
)
def test_times_read_as_a_person_says_them(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_the_state_ends_at_the_width() -> None:
    row = with_state(text_row("code"), text_row("✓ 1 s"), 20)
    assert row is not None
    assert plain(row) == "code           ✓ 1 s"


def test_without_two_cells_between_there_is_no_room_for_the_state() -> None:
    assert with_state(text_row("code"), text_row("✓"), 7) is not None
    assert with_state(text_row("code"), text_row("✓"), 6) is None
    assert with_state(text_row("code"), (), 20) is None


def test_no_two_bars_look_alike_without_colours() -> None:
    assert len({plain(bar_row(bar)) for bar in Bar}) == len(Bar)
    assert all(row_width(bar_row(bar)) == 1 for bar in Bar)
