"""Another program changes the file while it is open: noticed, shown, merged, never overwritten silently."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal

pytestmark = pytest.mark.e2e

FOCUS = "\x1b[I"


def write(path: Path, *sources: str) -> Path:
    return notebooks.write(path, *(notebooks.code(source) for source in sources))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "a.ipynb", "one", "two", "three")


@pytest.fixture
def terminal(path: Path, open_notebook: OpenTnb) -> Terminal:
    return open_notebook(path, "--no-kernel")


def save(terminal: Terminal) -> None:
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")


def test_a_change_is_told_as_the_terminal_gets_the_focus_and_taken_with_one_key(
    path: Path, terminal: Terminal
) -> None:
    write(path, "one", "two, theirs", "three")
    terminal.send(FOCUS)
    terminal.wait_for("another program changed a.ipynb: gd shows")
    terminal.wait_for("changed on the disk")
    terminal.send("gd")
    terminal.wait_for(r"\[x\] cell 2 · code · source")
    terminal.wait_for(r"\+ two, theirs")
    terminal.send(keys.ENTER)
    terminal.wait_for("took it from the file")
    terminal.wait_gone("a.ipynb ●|changed on the disk")
    terminal.send("z")
    terminal.wait_for("a.ipynb ●")
    save(terminal)
    assert notebooks.sources(path) == ["one", "two", "three"]


def test_a_touch_and_the_same_bytes_say_nothing(path: Path, terminal: Terminal) -> None:
    os.utime(path)
    terminal.send(FOCUS + "j")
    terminal.wait_for("2/3")
    path.write_bytes(path.read_bytes())
    terminal.send(FOCUS + "j")
    terminal.wait_for("3/3")
    assert "disk" not in terminal.text
    assert "program" not in terminal.text


def test_cells_that_do_not_collide_are_merged_when_saving_meets_a_change(
    path: Path, terminal: Terminal
) -> None:
    terminal.send(keys.ENTER + "mine " + keys.ESCAPE)
    write(path, "one", "two", "three, theirs", "four")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("another program changed it  c compare")
    terminal.send("c")
    terminal.wait_for(r"\[ \] cell 1 · code · source")
    terminal.wait_for(r"\[x\] cell 3 · code · source")
    terminal.wait_for(r"\[x\] cell 4 · code · only in the file")
    terminal.send(keys.ENTER)
    terminal.wait_for("took it from the file")
    save(terminal)
    assert notebooks.sources(path) == ["mine one", "two", "three, theirs", "four"]


def test_all_of_the_file_can_be_taken_and_undone(path: Path, terminal: Terminal) -> None:
    terminal.send(keys.ENTER + "mine " + keys.ESCAPE)
    write(path, "theirs")
    terminal.send("gd")
    terminal.wait_for("take all of the file")
    terminal.send("d")
    terminal.wait_for("sure?")
    terminal.send("d")
    terminal.wait_for("1/1")
    terminal.wait_for("theirs")
    terminal.send("z")
    terminal.wait_for("mine one")
    save(terminal)
    assert notebooks.sources(path) == ["mine one", "two", "three"]


def test_what_is_kept_against_the_file_is_saved_over_it(path: Path, terminal: Terminal) -> None:
    write(path, "one, theirs", "two", "three")
    terminal.send("gd")
    terminal.wait_for(r"\[x\] cell 1")
    terminal.send(" ")
    terminal.wait_for(r"\[ \] cell 1")
    terminal.send(keys.ENTER)
    terminal.wait_for("a.ipynb ●")
    save(terminal)
    assert notebooks.sources(path) == ["one", "two", "three"]


def test_a_file_that_went_is_told_and_written_anew_when_asked(path: Path, terminal: Terminal) -> None:
    path.unlink()
    terminal.send(FOCUS)
    terminal.wait_for("is no longer on the disk: saving writes it anew")
    terminal.wait_for("gone from the disk")
    terminal.send(keys.ENTER + "mine " + keys.CTRL_S)
    terminal.wait_for("it is no longer there")
    terminal.send("o")
    terminal.wait_for("saved a.ipynb")
    assert notebooks.sources(path) == ["mine one", "two", "three"]


def test_compared_without_a_change_it_shows_what_is_unsaved_and_takes_it_back(
    path: Path, terminal: Terminal
) -> None:
    terminal.send(keys.ENTER + "mine " + keys.ESCAPE + "gd")
    terminal.wait_for("- mine one")
    terminal.send("a" + keys.ENTER)
    terminal.wait_gone("a.ipynb ●")
    terminal.wait_gone("mine one")
