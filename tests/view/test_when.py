"""When a cell ran stands beside its state, as short as it can be said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kernelbridge.runstatus import RunStatus
from tui.document.runtimes import RunTimes
from tui.render.rowops import plain
from tui.runs import Ended
from tui.view.gutter import state_row, when_text, with_times


def local(*parts: int) -> float:
    """A moment by this machine's clock."""
    return datetime(*parts, tzinfo=datetime.now(UTC).astimezone().tzinfo).timestamp()


NOW = local(2024, 11, 26, 15, 0)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (local(2024, 11, 26, 9, 5), "09:05"),
        (local(2024, 11, 4, 9, 5), "4 Nov 09:05"),
        (local(2023, 1, 31, 9, 5), "31 Jan 2023"),
    ],
)
def test_a_moment_is_told_as_far_as_it_is_not_plain(moment: float, text: str) -> None:
    assert when_text(moment, NOW) == text


def test_it_stands_before_the_state_and_without_one_before_how_long_it_took() -> None:
    began = local(2024, 11, 26, 9, 5)
    state = state_row(Ended(RunStatus.OK, 2.0), 0)
    assert plain(with_times(state, RunTimes(began, None), NOW)) == "09:05 ✓ 2.0 s"
    assert plain(with_times((), RunTimes(began, 2.0), NOW)) == "09:05 · 2.0 s"
    assert with_times(state, None, NOW) == state
