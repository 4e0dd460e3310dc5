"""The same in another emulator: what tmux shows after differences, and after the whole of the last screen."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from e2e.screen import Seen
from e2e.terminal import Terminal
from programs import isolated_environment, require_program
from terminal.display.frames import changed, row_of
from tui.terminal.display.abilities import Abilities
from tui.terminal.display.cellrow import CellRow
from tui.terminal.display.difference import draw_all, draw_difference
from tui.terminal.display.pen import Pen

WIDTH, HEIGHT = 60, 20
STEPS = int(os.environ.get("TNB_DISPLAY_STEPS", "60"))
ALL = Abilities(
    erases_in_color=True,
    repeats=True,
    scrolls_regions=True,
    scrolls_by_count=True,
    shifts_cells=True,
    saves_cursor=True,
    goes_down_by_vt=True,
)


class Pane:
    """A tmux that shows what is written to it, on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        fifo = folder / "fifo"
        os.mkfifo(fifo)
        self._command = [require_program("tmux"), "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._step = 0
        self._terminal = Terminal(
            [*self._command, "new-session", f"stty raw -echo; exec cat {fifo}", ";", *_STATUS],
            columns=WIDTH,
            rows=HEIGHT + 1,
            env=isolated_environment(folder),
        )
        self._descriptor = os.open(fifo, os.O_WRONLY)
        self.write("\x1b[?7l\x1b[?25l\x1b[2J")

    def write(self, text: str) -> None:
        """Write, and wait until it is shown."""
        self._step += 1
        data = f"{text}\x1b]2;<{self._step}>\x07".encode()
        while data:
            data = data[os.write(self._descriptor, data) :]
        self._terminal.wait_for(rf"<{self._step}>")

    def seen(self) -> list[list[Seen]]:
        """Text and attributes, without the status line."""
        return self._terminal.screen.seen()[:HEIGHT]

    def close(self) -> None:
        os.close(self._descriptor)
        subprocess.run([*self._command, "kill-server"], check=False, capture_output=True)
        self._terminal.close()


_STATUS = ("set", "-g", "status-left-length", "60", ";", "set", "-g", "status-left", "#{pane_title}")


@pytest.fixture
def open_pane(tmp_path: Path) -> Iterator[Callable[[str], Pane]]:
    with ExitStack() as panes:

        def start(name: str) -> Pane:
            pane = Pane(tmp_path / name)
            panes.callback(pane.close)
            return pane

        yield start


def whole(rows: Sequence[CellRow]) -> str:
    pen = Pen(WIDTH, Abilities())
    draw_all(rows, pen)
    return "\x1b[m\x1b[2J" + pen.take()


@pytest.mark.timeout(3600)
def test_tmux_shows_the_same_by_differences_as_painted_whole(open_pane: Callable[[str], Pane]) -> None:
    differences, painted = open_pane("differences"), open_pane("whole")
    chance = random.Random(7)
    rows = [row_of(chance, WIDTH) for _ in range(HEIGHT)]
    pen = Pen(WIDTH, ALL)
    differences.write(whole(rows) + "\x1b[m")
    for step in range(STEPS):
        following = changed(chance, rows)
        draw_difference(rows, following, pen, ALL)
        rows = following
        differences.write(pen.take())
        painted.write(whole(rows))
        assert differences.seen() == painted.seen(), f"step {step}"
