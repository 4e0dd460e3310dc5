"""Writing code with a real kernel: completions while it runs, help, formatting, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e import keys, notebooks

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.conftest import OpenTnb

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

SLOW = """import time
class Slow:
    def __dir__(self):
        time.sleep(600)
        return []
slow = Slow()"""


def test_a_kernel_that_runs_code_completes_and_explains(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = "value_of_mine = 1\nimport time\nwhile True: time.sleep(0.01)"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source), notebooks.code(""))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("busy")
    terminal.send(keys.ENTER)
    terminal.send("value_o")
    terminal.wait_for(r"value_of_mine\s+instance")
    terminal.send("\t")
    terminal.wait_for(r"▐ +\[ \] value_of_mine")
    terminal.send("; print(")
    terminal.wait_for(r"print\(\)")
    terminal.send(keys.SHIFT_TAB)
    terminal.wait_for("Prints the values")
    terminal.send(keys.ESCAPE)
    terminal.wait_gone("Prints the values")
    assert "busy" in terminal.text


def test_letters_come_while_a_completion_hangs(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(SLOW), notebooks.code(""))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("✓")
    terminal.send(keys.ENTER)
    terminal.send("slow.")
    terminal.wait_for(r"slow\.")
    terminal.send("later = 1")
    terminal.wait_for(r"slow\.later = 1")
    terminal.send(keys.CTRL_U + "6 * 7")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"┊ 42\b")


def test_cells_are_formatted_in_one_step_and_their_magics_stay(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb",
        notebooks.code("%env  A=1\nx=[ 1,2 ]\nx ;"),
        notebooks.code("%%bash\nls   -l"),
        notebooks.code("def  broken(:"),
    )
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send("F")
    terminal.wait_for(r"x = \[1, 2\]")
    terminal.wait_for("1 cell formatted")
    terminal.send("z")
    terminal.wait_for(r"x=\[ 1,2 \]")
    terminal.send(keys.CTRL_P)
    terminal.send("format all")
    terminal.send(keys.ENTER)
    terminal.wait_for("1 cell formatted, 1 left as they were")
    terminal.send("s")
    terminal.wait_gone("●")
    assert notebooks.sources(path) == ["%env  A=1\nx = [1, 2]\nx;", "%%bash\nls   -l", "def  broken(:"]


def test_what_was_run_before_comes_back(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first_of_all = 1"), notebooks.code(""))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("✓")
    terminal.send(keys.ENTER)
    terminal.send(keys.CTRL_UP)
    terminal.wait_for(r"▐ +\[ \] first_of_all = 1")
