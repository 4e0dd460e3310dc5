"""A display and the pace that its terminal sets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from e2e.screen import Screen
from terminal.display.frames import PAPER
from tui.terminal.display.abilities import Abilities
from tui.terminal.display.cellrow import CellRow, blank_row, cells_of
from tui.terminal.display.display import Display
from tui.terminal.display.look import PLAIN, look_of
from tui.terminal.display.pacing import REQUEST, Pacing
from tui.terminal.display.painted import rows_painted

WIDTH, HEIGHT = 30, 4


class Line:
    """A display, its terminal, and a line between them that brings what it is told to."""

    def __init__(self, abilities: Abilities | None = None) -> None:
        self.now = 0.0
        self.due: list[Callable[[], None]] = []
        """What is to be done a second later."""
        self.pacing = Pacing(lambda _seconds, what: self.due.append(what), lambda: self.now)
        self.sent: list[str] = []
        self.display = Display(self.sent.append, abilities or Abilities(), self.pacing)
        self.display.resize(WIDTH, HEIGHT)
        self.screen = Screen(WIDTH, HEIGHT)

    def show(self, text: str, row: int = 0) -> None:
        self.display.put(row, 0, line(text))
        self.display.present()

    def bring(self) -> str:
        """Have all that was sent shown."""
        text = "".join(self.sent)
        self.sent.clear()
        self.screen.feed(text.encode())
        return text


def line(text: str) -> CellRow:
    return cells_of([(text, PLAIN)], WIDTH)


def noise(number: int) -> CellRow:
    """A row whose looks make it long to send."""
    pieces = [(chr(97 + (number + at) % 26), look_of(f"38;2;{number % 256};{at};0")) for at in range(WIDTH)]
    return cells_of(pieces, WIDTH)


def fill(to: Line, number: int) -> None:
    for row in range(HEIGHT):
        to.display.put(row, 0, noise(number + row))
    to.display.present()


def test_only_what_differs_is_sent() -> None:
    to = Line()
    to.show("one")
    to.bring()
    to.show("one", 0)
    assert to.sent == []
    to.show("two", 1)
    assert "one" not in to.bring()
    assert to.screen.lines[:2] == ["one", "two"]


def test_painting_anew_sends_all_of_it() -> None:
    to = Line()
    to.show("one")
    to.bring()
    to.display.invalidate()
    to.display.present()
    assert "one" in to.bring()


def test_what_another_drew_is_not_sent_again() -> None:
    to = Line()
    frame = f"\x1b[1;1H\x1b[0;48;2;20;20;20mone{' ' * (WIDTH - 3)}\x1b[0m"
    frame += "".join(f"\x1b[{row};1H\x1b[0;48;2;20;20;20m{' ' * WIDTH}\x1b[0m" for row in range(2, 5))
    to.display.has_shown(rows_painted(frame, WIDTH))
    for row, text in enumerate(("one", "", "new", "")):
        to.display.put(row, 0, cells_of([(text, PAPER), ("", PAPER)], WIDTH))
    to.display.present()
    text = to.bring()
    assert "new" in text
    assert "one" not in text


def test_a_frame_for_another_size_is_painted_whole() -> None:
    to = Line()
    to.display.has_shown([blank_row(WIDTH)])
    to.show("one")
    assert "one" in to.bring()


def test_a_long_frame_is_shown_at_once_where_the_terminal_can() -> None:
    to = Line(Abilities(synchronizes=True))
    fill(to, 1)
    assert to.bring().startswith("\x1b[?2026h")
    to.show("x")
    assert "2026" not in to.bring()


class TestPace:
    def answered(self) -> Line:
        to = Line()
        to.pacing.answered()
        return to

    def test_without_an_answer_ever_all_is_sent(self) -> None:
        to = Line()
        for number in range(5):
            fill(to, number * 7)
        assert len(to.sent) == 5
        assert REQUEST not in to.bring()

    def test_two_frames_are_on_their_way_and_what_comes_behind_them_is_merged(self) -> None:
        to = self.answered()
        for number in range(5):
            fill(to, number * 7)
        assert len(to.sent) == 2
        to.pacing.answered()
        assert len(to.sent) == 3
        to.bring()
        assert to.screen.seen() == shown_whole([noise(4 * 7 + row) for row in range(HEIGHT)])

    def test_small_frames_do_not_wait(self) -> None:
        to = self.answered()
        for number in range(30):
            to.show(f"{number}")
        assert len(to.sent) == 30
        assert REQUEST not in to.bring()

    def test_an_answer_that_is_lost_holds_nothing_up_for_long(self) -> None:
        to = self.answered()
        for number in range(5):
            fill(to, number * 7)
        to.now += 1
        (later,) = to.due
        later()
        assert len(to.sent) == 3


def shown_whole(rows: list[CellRow]) -> object:
    to = Line()
    for number, row in enumerate(rows):
        to.display.put(number, 0, row)
    to.display.present()
    to.bring()
    return to.screen.seen()


@pytest.mark.parametrize(
    ("term", "tmux", "erases", "scrolls"),
    [
        ("xterm-256color", "", True, True),
        ("screen-256color", "", False, True),
        ("screen-256color", "/tmp/tmux,1,0", True, True),
        ("no-such-terminal", "", False, False),
        ("", "", False, False),
    ],
)
def test_what_a_terminal_can_do_is_asked_of_terminfo(
    term: str, tmux: str, erases: bool, scrolls: bool
) -> None:
    code = (
        "from tui.terminal.display.abilities import abilities_here\n"
        "a = abilities_here()\nprint(a.erases_in_color, a.scrolls_regions)"
    )
    environment = {**os.environ, "TERM": term, "TMUX": tmux}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(erases), str(scrolls)]
