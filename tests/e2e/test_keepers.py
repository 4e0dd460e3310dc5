"""Kernels that outlive the terminal, and kernels that others started: in real terminals."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal
from kernelbridge.connectionfiles import answers
from programs import isolated_environment, tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

WAITING = """\
from pathlib import Path
import time
print('under' + ' way', flush=True)
while not Path('go').exists():
    time.sleep(0.01)
print('arr' + 'ived')"""


class Shell:
    """Commands of the user in whose home the terminals are."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._env = isolated_environment(home)
        self._folder = folder

    def tnb(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run(*tnb_command(), *words)

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self._env, cwd=self._folder, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )

    def ps(self) -> list[dict[str, Any]]:
        return json.loads(self.tnb("ps", "--json").stdout)

    def jupyter_run(self, file: str, code: str) -> str:
        """What code prints that is run by a frontend of Jupyter's: `jupyter run --existing`."""
        script = self._folder / "script.py"
        script.write_text(code)
        done = self.run(sys.executable, "-m", "jupyter_client.runapp", "--existing", file, script)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def shell(home: Path, tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(home, tmp_path)
    yield shell
    shell.tnb("stop", "--all", "--discard")


@pytest.fixture
def jupyters(home: Path, tmp_path: Path, open_tnb: OpenTnb) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a kernel that Jupyter's tools find."""
    runtime = home / ".local/share/jupyter/runtime"
    runtime.mkdir(parents=True)
    file = runtime / "kernel-theirs.json"
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", str(file)]
    with subprocess.Popen(
        argv, env=isolated_environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not answers(file):
            assert process.poll() is None
        yield process
        process.kill()


def leave(terminal: Terminal) -> None:
    """The terminal goes, and tnb with it, as when a connection breaks."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.process.wait()


def test_a_run_whose_terminal_went_is_listed_attached_to_and_stopped(
    open_notebook: OpenTnb, open_tnb: OpenTnb, shell: Shell, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(WAITING))
    first = open_notebook(path)
    first.send(keys.CTRL_E)
    first.wait_for("┊ under way")
    leave(first)
    (listed,) = shell.ps()
    assert (listed["notebook"], listed["state"]) == (str(path), "busy")
    table = open_tnb("ps")
    assert table.wait_exit() == 0
    assert re.search(
        rf"^{listed['id']}  \S+a\.ipynb +python3 +busy +\d+ s +{listed['pid']}  -$", table.text, re.MULTILINE
    )

    (tmp_path / "go").touch()
    again = open_notebook(listed["id"][:5], "attach")
    again.wait_for("┊ under way\n.*┊ arrived")
    assert shell.tnb("stop", listed["id"]).stdout.startswith(listed["id"])
    assert again.process.poll() is None
    again.send(keys.CTRL_S)
    again.wait_for("saved a.ipynb")
    assert notebooks.printed(path, 0) == "under way\narrived\n"


def test_all_are_stopped_and_an_open_notebook_goes_on_without(
    open_notebook: OpenTnb, shell: Shell, tmp_path: Path
) -> None:
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code("print(6 * 7)")))
    terminal.wait_for("idle")
    done = shell.tnb("stop", "--all")
    assert done.returncode == 0
    assert done.stdout.endswith(" ended\n")
    assert shell.ps() == []
    terminal.wait_for("no kernel")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ 42")


def test_an_unknown_id_is_one_line_and_no_full_screen(open_tnb: OpenTnb) -> None:
    terminal = open_tnb("zz", "attach")
    assert terminal.wait_exit() == 1
    assert terminal.text.startswith("tnb: there is no keeper whose id begins with 'zz'")


def test_a_kernel_of_jupyters_is_joined_and_left_as_it_was(
    open_notebook: OpenTnb, shell: Shell, tmp_path: Path, jupyters: subprocess.Popen[bytes]
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 20; print('x' + ' is set')"))
    terminal = open_notebook(path, "--existing")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ x is set")
    (listed,) = shell.ps()
    assert listed["connection_file"].endswith("kernel-theirs.json")
    assert shell.jupyter_run(listed["connection_file"], "print('twice', 2 * x)") == "twice 40\n"
    terminal.wait_for("1 other run")
    assert "twice" not in terminal.text
    terminal.send("O")
    terminal.wait_for(r"print\('twice', 2 \* x\)")
    terminal.wait_for("twice 40")
    terminal.send("q")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    assert jupyters.poll() is None
    assert shell.jupyter_run(listed["connection_file"], "print(x)") == "20\n"
    terminal.wait_until(lambda: shell.ps() == [], "the end of the keeper")


def test_stopping_a_joined_kernel_leaves_it(
    open_notebook: OpenTnb, shell: Shell, tmp_path: Path, jupyters: subprocess.Popen[bytes]
) -> None:
    terminal = open_notebook(
        notebooks.write(tmp_path / "a.ipynb", notebooks.code("1")), "--existing=kernel-theirs.json"
    )
    terminal.wait_for("idle")
    done = shell.tnb("stop", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    assert "left, and its kernel goes on" in done.stdout
    assert jupyters.poll() is None


def test_the_kernel_of_another_notebook_is_shared_and_survives_its_guest(
    open_notebook: OpenTnb, shell: Shell, tmp_path: Path
) -> None:
    host = open_notebook(notebooks.write(tmp_path / "host.ipynb", notebooks.code("x = 20")))
    host.send(keys.CTRL_E)
    host.wait_for("✓")
    (listed,) = shell.ps()
    path = notebooks.write(tmp_path / "guest.ipynb", notebooks.code("print('twice', 2 * x)"))
    guest = open_notebook(path, "--existing", listed["id"])
    guest.send(keys.CTRL_E)
    guest.wait_for("┊ twice 40")
    host.wait_for("1 other run")
    guest.send(keys.CTRL_S)
    guest.wait_for("saved guest.ipynb")
    leave(host)
    guest.send(keys.CTRL_Q)
    assert guest.wait_exit() == 0
    assert [(each["id"], each["state"]) for each in shell.ps()] == [(listed["id"], "idle")]


def test_jupyters_frontends_join_our_kernel_and_what_they_run_is_in_no_cell(
    open_notebook: OpenTnb, shell: Shell, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 20; print('x' + ' is set')"))
    terminal = open_notebook(path)
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ x is set")
    (listed,) = shell.ps()
    file = shell.tnb("ps", "--connection-file", listed["id"]).stdout.strip()
    assert shell.jupyter_run(file, "print('twice', 2 * x)") == "twice 40\n"
    terminal.wait_for("1 other run")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")
    assert notebooks.printed(path, 0) == "x is set\n"


def test_where_nothing_can_be_joined_no_full_screen_is_started(open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_tnb(path, "--existing")
    assert terminal.wait_exit() == 1
    assert terminal.text.startswith("tnb: no kernel answers")
