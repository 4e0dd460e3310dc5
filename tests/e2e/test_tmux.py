"""tnb inside tmux, where most people who work over ssh have it."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import notebooks
from programs import isolated_environment, require_program, tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]


class Tmux:
    """A tmux server of its own with one window of 80 by 24 that runs tnb."""

    def __init__(self, socket: Path, home: Path, notebook: Path) -> None:
        self._command = [require_program("tmux"), "-S", str(socket), "-f", "/dev/null"]
        self._environment = isolated_environment(home)
        self("new-session", "-d", "-x", "80", "-y", "24", *tnb_command(), str(notebook))

    def __call__(self, *arguments: str) -> str:
        command = [*self._command, *arguments]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=True
        ).stdout

    def wait_for(self, pattern: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not re.search(pattern, shown := self("capture-pane", "-p")):
            assert time.monotonic() < deadline, f"{pattern!r} did not come\n{shown}"
            time.sleep(0.05)


@pytest.fixture
def tmux(tmp_path: Path, home: Path) -> Iterator[Tmux]:
    notebook = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('in ' + 'tmux')"))
    server = Tmux(tmp_path / "socket", home, notebook)
    yield server
    subprocess.run([*server._command, "kill-server"], capture_output=True)


def test_a_cell_runs_inside_tmux_as_it_is_out_of_the_box(tmux: Tmux) -> None:
    tmux.wait_for("print")
    tmux("send-keys", "C-e")
    tmux.wait_for("┊ in tmux")


def test_what_is_copied_reaches_the_clipboard_of_tmux_and_through_it_the_terminals(tmux: Tmux) -> None:
    tmux("set", "-s", "set-clipboard", "on")
    tmux.wait_for("idle")
    tmux("send-keys", "C-c")
    tmux.wait_for("copied 1 line")
    assert tmux("show-buffer").strip() == "print('in ' + 'tmux')"
