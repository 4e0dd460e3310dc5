"""Saved under another name: the notebook, what is unsaved of it and its kernel go on there."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal
from smalldisk import small_disk

pytestmark = pytest.mark.e2e

CTRL_U = "\x15"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))


def save_as(terminal: Terminal, name: str) -> None:
    terminal.send("gs")
    terminal.wait_for("Save as")
    terminal.send(f"{CTRL_U}{name}\r")


def test_the_old_file_stays_as_it_was_and_what_is_typed_from_then_on_is_of_the_new_one(
    path: Path, open_notebook: OpenTnb, home: Path
) -> None:
    before = path.read_bytes()
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "new " + keys.ESCAPE)
    save_as(terminal, "b")
    terminal.wait_for(r"saved b\.ipynb")
    assert terminal.text.startswith(" b.ipynb ")
    other = path.with_name("b.ipynb")
    assert (path.read_bytes(), notebooks.sources(other)) == (before, ["new first"])
    terminal.send(keys.ENTER + "unsaved ")
    recovery = home / ".local/state/tnb/recovery"
    terminal.wait_until(lambda: any("unsaved" in each.read_text() for each in recovery.glob("*.json")), "it")
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.wait_exit()
    open_notebook(path, "--no-kernel").wait_for("Enter edit")
    again = open_notebook(other, "--no-kernel")
    again.wait_for("b.ipynb was not saved when tnb ended")
    again.wait_for(r"\+ .*unsaved")


def test_another_file_is_only_overwritten_when_one_says_so(path: Path, open_notebook: OpenTnb) -> None:
    other = notebooks.write(path.with_name("b.ipynb"), notebooks.code("theirs"))
    terminal = open_notebook(path, "--no-kernel")
    for answer in (keys.ESCAPE, "o"):
        save_as(terminal, str(other))
        terminal.wait_for("overwrite it")
        assert notebooks.sources(other) == ["theirs"]
        terminal.send(answer)
    terminal.wait_for(r"saved b\.ipynb")
    assert notebooks.sources(other) == ["first"]


def test_a_folder_that_is_not_there_is_said_and_the_name_can_be_another(
    path: Path, open_notebook: OpenTnb
) -> None:
    terminal = open_notebook(path, "--no-kernel")
    save_as(terminal, "nowhere/b")
    terminal.wait_for(r"not saved \(S saves elsewhere\): its folder does not exist")
    save_as(terminal, "c.ipynb")
    terminal.wait_for(r"saved c\.ipynb")
    assert notebooks.sources(path.with_name("c.ipynb")) == ["first"]


def test_of_a_notebook_for_reading_only_a_copy_is_kept(tmp_path: Path, open_notebook: OpenTnb) -> None:
    cell = {"cell_type": "code", "language": "python", "input": ["old"], "outputs": []}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [cell]}]}))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("S keeps a copy: it is of nbformat 3")
    save_as(terminal, "b")
    terminal.wait_for(r"kept a copy as b\.ipynb")
    assert path.with_name("b.ipynb").read_bytes() == path.read_bytes()
    assert terminal.text.startswith(" a.ipynb ")


@pytest.mark.kernel
def test_the_kernel_belongs_to_the_new_name_and_the_old_file_gets_another(
    tmp_path: Path, open_notebook: OpenTnb
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("value = 41"), notebooks.code("value + 1"))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"1 value = 41 .*✓")
    save_as(terminal, "b")
    terminal.wait_for(r"saved b\.ipynb")
    os.kill(terminal.process.pid, signal.SIGHUP)
    terminal.wait_exit()
    again = open_notebook(path.with_name("b.ipynb"))
    again.wait_for("idle")
    again.send("j" + keys.CTRL_E)
    again.wait_for("42")
    fresh = open_notebook(path)
    fresh.wait_for("idle")
    fresh.send("j" + keys.CTRL_E)
    fresh.wait_for("NameError")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "small", 64) as folder:
        yield folder


def test_where_the_disk_is_full_it_is_said_the_file_stays_and_another_place_is_offered(
    disk: Path, tmp_path: Path, open_notebook: OpenTnb
) -> None:
    path = notebooks.write(disk / "a.ipynb", notebooks.code("first"))
    before = path.read_bytes()
    text = "x" * 100_000
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + keys.paste(text))
    terminal.wait_for("xfirst")
    terminal.send(keys.ESCAPE + keys.CTRL_S)
    terminal.wait_for(r"not saved \(S saves elsewhere\): no space left on device")
    assert path.read_bytes() == before
    assert [each.name for each in disk.iterdir()] == ["a.ipynb"]
    save_as(terminal, f"{tmp_path}/b.ipynb")
    terminal.wait_for(r"saved b\.ipynb")
    assert notebooks.sources(tmp_path / "b.ipynb") == [text + "first"]
    assert path.read_bytes() == before


def test_saving_as_a_name_on_a_full_disk_leaves_the_other_file_and_the_notebook_where_it_was(
    path: Path, disk: Path, open_notebook: OpenTnb
) -> None:
    other = notebooks.write(disk / "b.ipynb", notebooks.code("theirs"))
    text = "x" * 100_000
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + keys.paste(text))
    terminal.wait_for("xfirst")
    terminal.send(keys.ESCAPE)
    save_as(terminal, str(other))
    terminal.wait_for("overwrite it")
    terminal.send("o")
    terminal.wait_for(r"not saved \(S saves elsewhere\): no space left on device")
    assert notebooks.sources(other) == ["theirs"]
    terminal.send(keys.CTRL_S)
    terminal.wait_for(r"saved a\.ipynb")
    assert notebooks.sources(path) == [text + "first"]


def test_a_device_is_refused_in_one_line_also_through_a_link(path: Path, open_notebook: OpenTnb) -> None:
    link = path.with_name("link.ipynb")
    link.symlink_to("/dev/full")
    terminal = open_notebook(path, "--no-kernel")
    for name in ("/dev/full", link.name):
        save_as(terminal, name)
        terminal.wait_for(f"{Path(name).name}: it is a device, not a file")
        terminal.send(keys.CTRL_S)
        terminal.wait_for("nothing has changed")
    assert link.readlink() == Path("/dev/full")
