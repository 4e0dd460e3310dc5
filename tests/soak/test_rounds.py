"""Runs whose terminal is killed at a random moment, again and again: every line is there, once, in its cell.

`TNB_SOAK_ROUNDS` and `TNB_SOAK_SEED` say how many rounds, and which; `make soak` plays 200.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.terminal import Terminal
from programs import isolated_environment, tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel, pytest.mark.timeout(7200)]

ROUNDS = int(os.environ.get("TNB_SOAK_ROUNDS", "3"))
SEED = int(os.environ.get("TNB_SOAK_SEED", "0")) or random.randrange(1 << 32)
LINES = 2000
CELLS = 3
KILLS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)
MOST_SECONDS = 1.5
"""After the run began, within which the terminal is killed."""


def source(cell: int) -> str:
    return (
        "import time\n"
        f"for i in range({LINES}):\n"
        f"    print('cell {cell} line', i, flush=i % 7 == 0)\n"
        "    if i % 100 == 0: time.sleep(0.02)"
    )


def expected(cell: int) -> str:
    return "".join(f"cell {cell} line {line}\n" for line in range(LINES))


def opened(path: Path, home: Path) -> Terminal:
    terminal = Terminal([*tnb_command(), path], env=isolated_environment(home), cwd=path.parent)
    terminal.wait_for(rf"\d/{CELLS}\n")
    return terminal


def run_all(terminal: Terminal) -> None:
    terminal.send("gg" + keys.CTRL_P)
    terminal.wait_for("type to find a command")
    terminal.send("run all cells\r")
    terminal.wait_for("busy")


def test_nothing_is_lost_doubled_or_misplaced(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    home = tmp_path / "home"
    home.mkdir()
    path = notebooks.write(tmp_path / "a.ipynb", *(notebooks.code(source(cell)) for cell in range(CELLS)))
    terminals: list[Terminal] = []
    try:
        terminal = opened(path, home)
        terminals.append(terminal)
        for turn in range(ROUNDS):
            terminal.wait_for("idle")
            run_all(terminal)
            for _ in range(chance.choice((1, 1, 2))):
                terminal.draw_for(chance.uniform(0, MOST_SECONDS))
                os.kill(terminal.process.pid, chance.choice(KILLS))
                terminal.wait_exit()
                terminal = opened(path, home)
                terminals.append(terminal)
            terminal.wait_for("idle", timeout=120)
            terminal.send(keys.CTRL_S)
            terminal.wait_for("saved|nothing has changed")
            for cell in range(CELLS):
                printed = notebooks.printed(path, cell)
                assert printed == expected(cell), f"round {turn} of seed {SEED}, cell {cell}"
            while len(terminals) > 1:
                terminals.pop(0).forget()
    finally:
        for each in terminals:
            each.close()
