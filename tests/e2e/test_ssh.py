"""Kernels on another machine: what a cut line, a restarted sshd and a refused key do to one's work."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal
from sshd import Sshd

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

COUNT = 2000
PACED = f"""\
from pathlib import Path
for i in range({COUNT}):
    print(i, flush=True)
    if i == {COUNT // 2}:
        Path({{went!r}}).touch()
        while not Path({{go!r}}).exists():
            pass
"""
"""Stops in the middle until it is told to go on."""


def url(path: str = sys.prefix) -> str:
    return f"ssh://far{path}"


def saved_lines(terminal: Terminal, path: Path) -> list[str]:
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved")
    return notebooks.printed(path, 0).splitlines()


def test_a_cell_runs_on_the_other_machine_and_the_screen_says_where(
    far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    source = "import os\nprint('home', os.environ['HOME'])\nprint('in', os.getcwd())"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path, "--kernel", url(), size=(120, 24))
    terminal.wait_for(r"python3 · far")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(f"┊ home {far.home}")
    terminal.wait_for(f"┊ in {far.home}")
    terminal.send(keys.CTRL_Q)


@pytest.mark.parametrize("how", ["the ssh client is killed", "sshd is killed and started again"])
def test_nothing_is_lost_or_there_twice_when_the_line_is_cut_amid_a_run(
    how: str, far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    went, go = tmp_path / "went", tmp_path / "go"
    source = PACED.format(went=str(went), go=str(go))
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path, "--kernel", url())
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_until(went.exists, "the middle of the run")
    if how == "the ssh client is killed":
        far.cut()
        go.touch()
    else:
        far.stop()
        go.touch()
        terminal.wait_for("reconnecting")
        far.start()
    terminal.wait_for(rf"┊ {COUNT - 1}\b")
    terminal.wait_for("idle")
    assert saved_lines(terminal, path) == [str(number) for number in range(COUNT)]


def test_a_notebook_that_is_opened_again_finds_its_kernel_there(
    far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.code("n = globals().get('n', 0) + 1\nprint('ran', n)")
    )
    terminal = open_notebook(path, "--kernel", url())
    terminal.send(keys.CTRL_E)
    terminal.wait_for("ran 1")
    terminal.process.kill()
    terminal.process.wait()
    again = open_notebook(path, "--kernel", url())
    again.wait_for("idle")
    again.send(keys.CTRL_E)
    again.wait_for("ran 2")


def test_a_key_that_is_refused_later_takes_a_person_and_one_key_goes_on(
    far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('still ' + 'there')"))
    terminal = open_notebook(path, "--kernel", url())
    terminal.wait_for("idle")
    far.authorize(anyone=False)
    far.cut()
    terminal.wait_for("logged out")
    assert "log in" in terminal.text
    terminal.send("R")
    terminal.wait_for("Permission denied")
    terminal.wait_for("logged out")
    far.authorize()
    terminal.send("R")
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ still there")


def test_an_unknown_host_key_is_asked_about_before_the_screen(
    far: Sshd, open_tnb: OpenTnb, tmp_path: Path
) -> None:
    (far.folder / "known").write_text("")
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_tnb(path, "--kernel", url())
    terminal.wait_for("Are you sure you want to continue connecting")
    terminal.send("yes\n")
    terminal.wait_for("idle")


@pytest.mark.parametrize(
    ("path", "answer"),
    [("/nowhere/python", "there is no /nowhere/python"), ("/bin/false", "far: ")],
)
def test_what_cannot_work_is_one_line_before_the_screen(
    path: str, answer: str, far: Sshd, open_tnb: OpenTnb, tmp_path: Path
) -> None:
    notebook = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_tnb(notebook, "--kernel", url(path))
    assert terminal.wait_exit() == 1
    assert re.search(rf"^tnb: .*{answer}", terminal.text, re.MULTILINE)


def test_a_changed_host_key_is_told_in_one_line_and_nothing_is_opened(
    far: Sshd, open_tnb: OpenTnb, tmp_path: Path
) -> None:
    far.change_host_key()
    terminal = open_tnb(notebooks.write(tmp_path / "a.ipynb", notebooks.code("1")), "--kernel", url())
    assert terminal.wait_exit() == 1
    assert "the host's key has changed" in terminal.text
