"""Runs struck at a random moment, again and again: every line is there, once, in its cell.

The kernel is here, and tnb is killed; or it is on another machine, and tnb or its ssh is.
`TNB_SOAK_ROUNDS` and `TNB_SOAK_SEED` say how many rounds of each, and which; `make soak` plays 200.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.terminal import Terminal
from programs import isolated_environment, tnb_command
from sshd import Sshd

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


class Machine:
    """Where the kernel is. The strikes are what can happen to who works there."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        self.path = notebooks.write(
            folder / "a.ipynb", *(notebooks.code(source(cell)) for cell in range(CELLS))
        )
        self.options = options
        self.terminals: list[Terminal] = []
        self.open()

    @property
    def terminal(self) -> Terminal:
        return self.terminals[-1]

    def open(self) -> None:
        """Open the notebook in one more terminal."""
        command = [*tnb_command(), self.path, *self.options]
        terminal = Terminal(command, env=isolated_environment(self.home), cwd=self.path.parent)
        self.terminals.append(terminal)
        terminal.wait_for(rf"\d/{CELLS}\n")

    def strikes(self) -> Sequence[Callable[[], None]]:
        return [partial(self.kill, each) for each in KILLS]

    def kill(self, signum: signal.Signals) -> None:
        """Kill tnb, and open the notebook again."""
        os.kill(self.terminal.process.pid, signum)
        self.terminal.wait_exit()
        self.open()

    def forget_the_dead(self) -> None:
        while len(self.terminals) > 1:
            self.terminals.pop(0).forget()

    def close(self) -> None:
        for each in self.terminals:
            each.close()


class FarMachine(Machine):
    """One behind ssh, whose client is killed as often as tnb is."""

    def __init__(self, folder: Path, far: Sshd) -> None:
        self._far = far
        super().__init__(folder, "--kernel", f"ssh://far{far.python}")

    def strikes(self) -> Sequence[Callable[[], None]]:
        return [*super().strikes(), *(self._far.cut for _ in KILLS)]


@pytest.fixture(params=["here", "far"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    """This one, and another."""
    if request.param == "here":
        one = Machine(tmp_path)
    else:
        one = FarMachine(tmp_path, request.getfixturevalue("far"))
    yield one
    one.close()


def run_all(terminal: Terminal) -> None:
    terminal.send("gg" + keys.CTRL_P)
    terminal.wait_for("type to find a command")
    terminal.send("run all cells\r")
    terminal.wait_for("busy")


def test_nothing_is_lost_doubled_or_misplaced(machine: Machine) -> None:
    chance = random.Random(SEED)
    for turn in range(ROUNDS):
        machine.terminal.wait_for("idle")
        run_all(machine.terminal)
        for _ in range(chance.choice((1, 1, 2))):
            machine.terminal.draw_for(chance.uniform(0, MOST_SECONDS))
            chance.choice(machine.strikes())()
        machine.terminal.wait_for("idle", timeout=120)
        machine.terminal.send(keys.CTRL_S)
        machine.terminal.wait_for("saved|nothing has changed")
        for cell in range(CELLS):
            printed = notebooks.printed(machine.path, cell)
            assert printed == expected(cell), f"round {turn} of seed {SEED}, cell {cell}"
        machine.forget_the_dead()
