"""A day's work with a real kernel: edit, run, see, save, and open again."""

from __future__ import annotations

import re
from pathlib import Path

import psutil
import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

COUNTING = "n = globals().get('n', 0) + 1\nprint('ran', n)"


def place(terminal: Terminal) -> str:
    """Which cell is focused, of how many: the end of the top line."""
    found = re.search(r"(\d+/\d+)\s*$", terminal.screen.lines[0])
    return found[1] if found else ""


def wait_place(terminal: Terminal, expected: str) -> None:
    terminal.wait_until(lambda: place(terminal) == expected, f"the place {expected}")


def test_edit_run_save_and_open_again(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(
        tmp_path / "work.ipynb",
        notebooks.markdown("# The title"),
        notebooks.code("6 * 7"),
        notebooks.markdown("The end."),
    )
    terminal = open_notebook(path)
    terminal.wait_for("The title")
    terminal.wait_for("idle")
    terminal.send("j")
    wait_place(terminal, "2/3")
    terminal.send(keys.ENTER)
    terminal.send(keys.END + "00")
    terminal.wait_for(r"6 \* 700")
    terminal.wait_for("●")
    terminal.send(keys.CTRL_R)
    terminal.wait_for(r"┊ 4200\b")
    wait_place(terminal, "3/3")
    terminal.send(keys.CTRL_S)
    terminal.wait_gone("●")
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    assert notebooks.sources(path) == ["# The title", "6 * 700", "The end."]

    again = open_notebook(path, "--no-kernel")
    again.wait_for(r"┊ 4200\b")
    assert "●" not in again.text


def test_output_appears_while_the_cell_runs(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = "from pathlib import Path\nimport time\nprint('under way')\nwhile not Path('go').exists():\n"
    source += "    time.sleep(0.01)\nprint('ar' + 'rived')"
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code(source)))
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ under way")
    terminal.wait_for("busy")
    assert "arrived" not in terminal.text
    (tmp_path / "go").touch()
    terminal.wait_for("┊ arrived")
    terminal.wait_for("idle")


@pytest.mark.parametrize("key", ["CTRL_E", "CTRL_J", "KITTY_CTRL_ENTER", "XTERM_CTRL_ENTER"])
def test_a_key_that_runs_the_cell_and_stays(key: str, open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(
        notebooks.write(tmp_path / "a.ipynb", notebooks.code(COUNTING), notebooks.code("2"))
    )
    for count in (1, 2):
        terminal.send(getattr(keys, key))
        terminal.wait_for(f"ran {count}")
    assert place(terminal) == "1/2"


@pytest.mark.parametrize("key", ["CTRL_R", "KITTY_SHIFT_ENTER", "XTERM_SHIFT_ENTER"])
def test_a_key_that_runs_the_cell_and_goes_on(key: str, open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(
        notebooks.write(tmp_path / "a.ipynb", notebooks.code(COUNTING), notebooks.code("2"))
    )
    terminal.send(getattr(keys, key))
    wait_place(terminal, "2/2")
    terminal.wait_for("ran 1")


@pytest.mark.parametrize("key", ["ALT_ENTER", "KITTY_ALT_ENTER", "XTERM_ALT_ENTER"])
def test_a_key_that_runs_the_cell_and_adds_one_below(
    key: str, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(
        notebooks.write(tmp_path / "a.ipynb", notebooks.code(COUNTING), notebooks.code("2"))
    )
    terminal.send(getattr(keys, key))
    wait_place(terminal, "2/3")
    terminal.wait_for("ran 1")


def test_the_run_keys_work_inside_the_editor_of_a_plain_terminal(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(
        notebooks.write(tmp_path / "a.ipynb", notebooks.code(COUNTING), notebooks.code("2"))
    )
    terminal.wait_for("ran")
    terminal.send(keys.ENTER)
    terminal.send(keys.CTRL_E)
    terminal.wait_for("ran 1")
    assert place(terminal) == "1/2"
    terminal.send(keys.ENTER)
    terminal.send(keys.CTRL_R)
    terminal.wait_for("ran 2")
    wait_place(terminal, "2/2")


def test_a_question_of_the_code_is_answered_in_its_cell(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = "who = input('Who? ')\nprint('Hello', who.upper())"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path)
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"(?m)^▌[ ┊?]*Who\?")
    terminal.send(f"ada{keys.ENTER}")
    terminal.wait_for("Hello ADA")


def test_a_password_is_neither_shown_nor_saved(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = "from getpass import getpass\nprint(len(getpass('Key: ')), 'letters')"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path)
    terminal.send(keys.CTRL_E)
    terminal.wait_for("(?m)^▌[ ┊?]*Key:")
    terminal.send(f"s3cr3t-word{keys.ENTER}")
    terminal.wait_for("11 letters")
    terminal.send(keys.CTRL_S)
    terminal.wait_gone("●")
    assert b"s3cr3t" not in terminal.raw
    assert b"s3cr3t" not in path.read_bytes()


def test_a_running_cell_is_interrupted(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = "import time\nprint('beg' + 'un')\ntime.sleep(600)"
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code(source)))
    terminal.send(keys.CTRL_E)
    terminal.wait_for("begun")
    terminal.send("ii")
    terminal.wait_for("KeyboardInterrupt")
    terminal.wait_for("idle")


def test_a_kernel_that_dies_says_so_and_starts_again_with_one_key(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb",
        notebooks.code("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        notebooks.code("print('al' + 'ive')"),
    )
    terminal = open_notebook(path)
    terminal.send(keys.CTRL_R)
    terminal.wait_for("kernel died")
    terminal.wait_for("SIGKILL")
    terminal.send("00")
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ alive")


def test_an_error_shows_its_traceback(open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code("1 / 0")), size=(100, 30))
    terminal.send(keys.CTRL_E)
    terminal.wait_for("ZeroDivisionError: division by zero")


def test_quitting_ends_the_kernel(open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code("1")))
    terminal.wait_for("idle")
    started = terminal.family()
    assert len(started) > 1
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    psutil.wait_procs(started, timeout=10)
    assert terminal.family() == []


def test_the_kernel_works_in_the_folder_of_the_notebook(open_notebook: OpenTnb, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    path = notebooks.write(folder / "a.ipynb", notebooks.code("import os\nprint('in', os.getcwd()[-9:])"))
    terminal = open_notebook(path)
    terminal.send(keys.CTRL_E)
    terminal.wait_for("in elsewhere")


def test_without_its_kernel_a_notebook_is_edited_and_running_says_how_one_gets_it(
    tmp_path: Path, open_notebook: OpenTnb
) -> None:
    julia = {"name": "julia-1.9", "language": "julia", "display_name": "Julia"}
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1"), kernelspec=julia)
    terminal = open_notebook(path)
    terminal.wait_for("no such kernel")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("no kernel julia-1.9 is installed: .*IJulia")
    terminal.send("\ry" + keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")
    assert notebooks.sources(path) == ["yx = 1"]
