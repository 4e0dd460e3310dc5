"""Finding one's way: from the launcher to a notebook, to another, and to what one looks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = [pytest.mark.e2e]

CTRL_O, ALT_R = "\x0f", "\x1br"


def test_from_a_folder_to_a_notebook_and_to_another_beside_it(open_tnb: OpenTnb, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    notebooks.write(folder / "first.ipynb", notebooks.code("of_the_first"))
    notebooks.write(folder / "second.ipynb", notebooks.code("of_the_second"))
    terminal = open_tnb(folder, "--no-kernel")
    terminal.wait_for(r"first\.ipynb")
    terminal.wait_for("New notebook")
    terminal.send("first")
    terminal.wait_gone(r"second\.ipynb")
    terminal.send(keys.ENTER)
    terminal.wait_for("of_the_first")
    terminal.send(CTRL_O)
    terminal.wait_for("Recent")
    terminal.send("second" + keys.ENTER)
    terminal.wait_for("of_the_second")
    terminal.wait_for(r"first\.ipynb +second\.ipynb")
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0


def test_a_switch_right_behind_what_opens_the_bar_is_one(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.code("1", printed="word and word\n"), notebooks.code("2")
    )
    terminal = open_notebook(path, "--no-kernel")
    terminal.send("/word")
    terminal.wait_for("none in cells; Alt\\+O: outputs")
    terminal.send(keys.ESCAPE)
    terminal.wait_gone("Find ›")
    terminal.send("/\x15word\x1bo")
    terminal.wait_for("1 of 2")
    column, row = terminal.find("word and word")
    terminal.wait_until(
        lambda: terminal.screen.cell(column, row) != terminal.screen.cell(column + 9, row), "one to be marked"
    )
    first, second = terminal.screen.cell(column, row), terminal.screen.cell(column + 9, row)
    terminal.send(keys.DOWN)
    terminal.wait_for("2 of 2")
    terminal.wait_until(lambda: terminal.screen.cell(column + 9, row) == first, "the second to be marked")
    assert terminal.screen.cell(column, row) == second


def test_an_expression_is_found_replaced_and_taken_back(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x1 = 2\nx2 = 3"), notebooks.code("y1 = x1"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send("f")
    terminal.wait_for("Find ›")
    terminal.send(r"\bx(\d)" + ALT_R)
    terminal.wait_for("1 of 3")
    terminal.send(keys.TAB + "$1_x")
    terminal.wait_for(r"With › \$1_x")
    terminal.send(keys.ENTER)
    terminal.wait_for(r"\+ 2_x = 3")
    terminal.send(keys.ENTER)
    terminal.wait_for("replaced in 3 places")
    terminal.send("s")
    terminal.wait_for("saved")
    assert notebooks.sources(path) == ["1_x = 2\n2_x = 3", "y1 = 1_x"]
    terminal.send("z")
    terminal.wait_for("x2 = 3")
    terminal.wait_gone("saved")
    terminal.send("s")
    terminal.wait_for("saved")
    assert notebooks.sources(path) == ["x1 = 2\nx2 = 3", "y1 = x1"]


def test_an_expression_without_end_holds_no_key_up(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a" * 60 + "b"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send("/")
    terminal.wait_for("Find ›")
    terminal.send("(a+)+$" + ALT_R)
    terminal.wait_for("● regex")
    terminal.send(keys.BACKSPACE)
    terminal.wait_for("1 of 1")
