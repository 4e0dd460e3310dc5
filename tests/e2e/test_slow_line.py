"""A line of 150 ms and 100 kB/s: what is on the screen is never old, however much is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.slowline import FarTerminal
from programs import isolated_environment, tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

FRAMES_ON_THEIR_WAY = 20_000
"""Bytes: two frames of 80x24 in which every cell has a look of its own are less."""
FLOOD = """\
for i in range(100_000):
    print(i, "x" * (i * 7919 % 60), f"\\x1b[3{i % 8}m")
print("the " + "end")"""


def test_frames_are_merged_not_queued_while_a_cell_prints_more_than_the_line_brings(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(FLOOD), notebooks.code(""))
    environment = isolated_environment(home)
    with FarTerminal([*tnb_command(), path], env=environment, cwd=tmp_path) as terminal:
        terminal.wait_for("idle")
        terminal.most_waiting = 0
        terminal.send(keys.CTRL_R + keys.ENTER)
        for letter in "typed meanwhile":
            terminal.send(letter)
        terminal.wait_for("typed meanwhile")
        terminal.wait_for("the end")
        assert terminal.most_waiting < FRAMES_ON_THEIR_WAY
