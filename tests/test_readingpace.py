"""Text is shown as it comes, as long as somebody could read it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tui.readingpace import LONGEST, ReadingPace

FRAME = 1 / 60


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pauses(a_frame: int, frames: int = 240) -> list[float]:
    """Seconds between showings of what prints so many code points a frame, after a while."""
    clock = Clock()
    pace = ReadingPace(clock)
    shown: list[float] = []
    for _ in range(frames):
        clock.now += FRAME
        pace.printed(a_frame)
        if pace.is_due:
            pace.shown()
            shown.append(clock.now)
    settled = [moment for moment in shown if moment > shown[0] + frames * FRAME / 2]
    return [after - before for before, after in pairwise(settled)]


def test_the_first_is_shown_at_once() -> None:
    pace = ReadingPace(Clock())
    pace.printed(1_000_000)
    assert pace.is_due


def test_lines_that_can_be_read_are_shown_in_every_frame() -> None:
    assert max(pauses(a_frame=80)) == pytest.approx(FRAME)


@pytest.mark.parametrize("a_frame", [2_000, 65_536, 10_000_000])
def test_a_flood_is_shown_four_times_a_second(a_frame: int) -> None:
    assert LONGEST <= min(pauses(a_frame)) <= max(pauses(a_frame)) < LONGEST + 1.5 * FRAME


def test_the_last_of_a_flood_is_shown_soon() -> None:
    clock = Clock()
    pace = ReadingPace(clock)
    pace.printed(1_000_000)
    pace.shown()
    pace.printed(10)
    assert not pace.is_due
    clock.now += LONGEST
    assert pace.is_due


def test_what_is_no_text_is_shown_at_once() -> None:
    pace = ReadingPace(Clock())
    pace.printed(1_000_000)
    pace.shown()
    pace.hurry()
    assert pace.is_due
