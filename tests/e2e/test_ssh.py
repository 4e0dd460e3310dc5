"""Kernels on another machine: what a cut line, a restarted sshd and a refused key do to one's work."""

from __future__ import annotations

import json
import os
import re
import signal
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
    terminal.wait_for("saved a")
    return notebooks.printed(path, 0).splitlines()


def test_a_cell_runs_on_the_other_machine_and_the_screen_says_where(
    far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    source = "import os\nprint('home', os.environ['HOME'])\nprint('in', os.getcwd())"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path, "--kernel", url(), size=(120, 24))
    terminal.wait_for(r"(python3|Python 3 \(ipykernel\)) · far")
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
    terminal.wait_for("log in")
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


def far_notebook(far: Sshd, source: str) -> tuple[Path, str]:
    """A notebook in a folder there, and its URL."""
    folder = far.home / "it's here"
    folder.mkdir()
    path = notebooks.write(folder / "a b.ipynb", notebooks.code(source))
    return path, f"ssh://far{path}"


def test_a_far_notebook_is_opened_run_and_saved_where_it_is(far: Sshd, open_notebook: OpenTnb) -> None:
    path, address = far_notebook(far, "import os\nprint('in', os.getcwd())")
    path.chmod(0o640)
    terminal = open_notebook(address, "--kernel", url(), size=(120, 24))
    terminal.wait_for(r"a b\.ipynb.*far")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(f"┊ in {path.parent}")
    assert saved_lines(terminal, path) == [f"in {path.parent}"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]
    assert json.loads((next((far.state / "keepers").glob("*/meta.json"))).read_text())["notebook"] == str(
        path
    )


def test_a_far_notebook_is_saved_over_a_line_that_was_cut_and_not_over_anothers_work(
    far: Sshd, open_notebook: OpenTnb
) -> None:
    path, address = far_notebook(far, "1")
    terminal = open_notebook(address, "--no-kernel", size=(160, 24))
    far.cut()
    terminal.send(f"{keys.ENTER}{keys.END}23{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for("saved a")
    assert notebooks.sources(path) == ["123"]
    theirs = path.read_bytes() + b"\n"
    path.write_bytes(theirs)
    terminal.send(f"{keys.ENTER}{keys.END}4{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for("another program changed it")
    assert path.read_bytes() == theirs
    terminal.send("o")
    terminal.wait_for("saved a")
    assert notebooks.sources(path) == ["1234"]
    far.stop()
    terminal.send(f"{keys.ENTER}{keys.END}5{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for(r"not saved \(S saves elsewhere\): far: ")
    far.start()
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a b")
    assert notebooks.sources(path) == ["12345"]


def test_a_new_far_notebook_is_made_at_its_first_save(far: Sshd, open_notebook: OpenTnb) -> None:
    terminal = open_notebook("ssh://far/~/new.ipynb", "--no-kernel")
    terminal.wait_for("new file")
    terminal.send(f"{keys.ENTER}42{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for("saved new")
    assert notebooks.sources(far.home / "new.ipynb") == ["42"]


@pytest.mark.parametrize("where", ["here", "there"])
def test_the_kernel_goes_along_when_a_notebook_is_saved_under_another_name(
    where: str, far: Sshd, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    folder = tmp_path if where == "here" else far.home
    notebooks.write(folder / "a.ipynb", notebooks.code("value = 41"), notebooks.code("value + 1"))
    place = str(folder) if where == "here" else f"ssh://far{folder}"
    terminal = open_notebook(f"{place}/a.ipynb", "--kernel", url(), size=(120, 24))
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"1 value = 41 .*✓")
    terminal.send("gs")
    terminal.wait_for("Save as")
    terminal.send("\x15b\r")
    terminal.wait_for(r"saved b\.ipynb")
    far.cut()
    terminal.send("j" + keys.CTRL_E)
    terminal.wait_for("42")
    os.kill(terminal.process.pid, signal.SIGHUP)
    terminal.wait_exit()
    again = open_notebook(f"{place}/b.ipynb", "--kernel", url(), size=(120, 24))
    again.wait_for("idle")
    again.send(f"jb{keys.ENTER}value + 2{keys.CTRL_E}")
    again.wait_for("43")
    fresh = open_notebook(f"{place}/a.ipynb", "--kernel", url(), size=(120, 24))
    fresh.wait_for("idle")
    fresh.send("j" + keys.CTRL_E)
    fresh.wait_for("NameError")


@pytest.mark.parametrize(
    ("path", "answer"),
    [("/~/none.ipyn", "ends in .ipynb"), ("/~/no/a.ipynb", "no folder"), ("/tmp", "it is a directory")],
)
def test_what_is_no_far_notebook_is_one_line(path: str, answer: str, far: Sshd, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(f"ssh://far{path}", "--no-kernel", size=(160, 24))
    assert terminal.wait_exit() == 1
    assert answer in terminal.text
