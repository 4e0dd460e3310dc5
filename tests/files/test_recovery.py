"""What is unsaved, told so that it can be laid over the file again."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.keeper.home.machine import host
from strategies import edits as edits_of
from tui.document.edits import EditError, apply
from tui.document.notebook import CellKind, Notebook
from tui.files import recoveryfolder
from tui.files.notebookfile import NotebookFile, create, read
from tui.files.place import Here
from tui.files.recovery import DamagedRecoveryError, Writer, decode, encode
from tui.files.recoveryfolder import RecoveryFile, leftovers, this_process

WRITER = Writer("here", "boot", 1, "1")


def file_of(*sources: str) -> NotebookFile:
    """A file of code cells that was read."""
    new = create(Path("/nowhere/a.ipynb"))
    first = new.notebook.cells[0]
    cells = [
        replace(first, key=type(first.key)(first.key + 1000 + at), source=source, id=f"id{at}")
        for at, source in enumerate(sources)
    ]
    return replace(new.with_notebook(new.notebook.with_cells(tuple(cells))), on_disk=True)


def again(file: NotebookFile, notebook: Notebook, over: NotebookFile | None = None) -> Notebook:
    return decode(encode(file, notebook, WRITER, 1.0)).laid_over(over or file)


def said(notebook: Notebook) -> list[tuple[CellKind, str, str]]:
    return [(cell.kind, cell.source, json.dumps(cell.metadata, sort_keys=True)) for cell in notebook.cells]


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


@given(st.data())
def test_whatever_was_edited_comes_back(data: st.DataObject) -> None:
    file = file_of("one", "two", "three")
    notebook = file.notebook
    for _ in range(data.draw(st.integers(0, 5))):
        try:
            notebook, _ = apply(notebook, data.draw(edits_of(notebook)))
        except EditError:
            continue
    found = again(file, notebook)
    assert said(found) == said(notebook)
    assert found.metadata == notebook.metadata


@given(st.data())
def test_over_a_file_that_changed_no_edited_text_is_lost_and_no_text_of_the_file(
    data: st.DataObject,
) -> None:
    before, after = data.draw(st.lists(st.sampled_from("abcd"))), data.draw(st.lists(st.sampled_from("abcd")))
    file, over = file_of(*before), file_of(*after)
    notebook = file.notebook
    changed = [at for at in range(len(before)) if data.draw(st.booleans())]
    for at in changed:
        notebook = notebook.with_cell(at, replace(notebook.cells[at], source=f"mine {at}"))
    found = sources(again(file, notebook, over))
    assert [f"mine {at}" for at in changed] == sorted(
        (each for each in found if each.startswith("mine")), key=lambda each: int(each.split()[1])
    )
    gone = sorted(before[at] for at in changed)
    for letter in set(after):
        assert found.count(letter) >= after.count(letter) - gone.count(letter)


def test_a_cell_is_found_again_where_another_program_put_cells_before_it() -> None:
    file, over = file_of("a", "b"), file_of("new", "a", "b")
    mine = file.notebook.with_cell(1, replace(file.notebook.cells[1], source="b, mine"))
    found = again(file, mine, over)
    assert sources(found) == ["new", "a", "b, mine"]
    assert found.cells[2].key == over.notebook.cells[2].key


def test_cells_as_in_the_file_take_no_room() -> None:
    file = file_of(*["x" * 1000] * 1000)
    mine = file.notebook.with_cell(500, replace(file.notebook.cells[500], source="mine"))
    assert len(encode(file, mine, WRITER, 1.0)) < 1000


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"recovery": 99}', '{"recovery": 1, "cells": 5}'])
def test_what_is_no_recovery_is_refused(text: str) -> None:
    with pytest.raises(DamagedRecoveryError):
        decode(text)


@given(st.integers(0, 400))
def test_a_recovery_cut_off_at_any_byte_is_refused(size: int) -> None:
    text = encode(file_of("one", "two"), file_of("three").notebook, WRITER, 1.0)
    if size < len(text):
        with pytest.raises(DamagedRecoveryError):
            decode(text[:size])


def written(text: str, identity: str = "/nowhere/a.ipynb") -> Path:
    file = RecoveryFile(identity)
    file.write(text)
    (path,) = recoveryfolder.state_folder().joinpath("recovery").iterdir()
    return path


@pytest.fixture
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(recoveryfolder, "private_bases", lambda: iter([tmp_path / "runtime"]))


@pytest.mark.usefixtures("_own_state")
class TestOnDisk:
    def test_only_this_user_can_read_it(self) -> None:
        path = written("text")
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700

    def test_what_a_tnb_that_is_gone_left_is_found_and_what_a_running_one_keeps_is_not(self) -> None:
        gone = Writer(host(), "boot", 1, "1")
        file = file_of("a")
        path = written(encode(file, file.notebook, gone, 1.0))
        RecoveryFile("/nowhere/a.ipynb").write(encode(file, file.notebook, this_process(), 2.0))
        found = leftovers("/nowhere/a.ipynb")
        assert [left.path for left in found.found] == [path]
        assert leftovers("/nowhere/b.ipynb").found == ()

    def test_a_damaged_one_is_told_and_kept(self) -> None:
        path = written("no recovery")
        assert leftovers("/nowhere/a.ipynb").damaged == (path,)
        assert path.exists()

    def test_a_new_text_is_found_as_soon_as_it_is_written_however_long_the_disk_takes(self) -> None:
        """The process is killed while it waits for the disk (`fsync`), before the new text took its place."""
        gone = Writer(host(), "boot", 1, "1")
        recovery, file = RecoveryFile("/nowhere/a.ipynb"), file_of("a")
        for number, source in enumerate(("first", "second")):
            if not (child := os.fork()):
                os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
                mine = file.notebook.with_cell(0, replace(file.notebook.cells[0], source=source))
                recovery.write(encode(file, mine, gone, 5.0 - number))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
            (left,) = leftovers("/nowhere/a.ipynb").found
            assert sources(left.recovery.laid_over(file)) == [source]
            if number == 0:
                left.path.rename(left.path.with_suffix(".json"))
        recoveryfolder.remove(left.path)
        assert list(left.path.parent.iterdir()) == []

    def test_one_that_was_being_written_when_all_ended_leaves_the_one_before_it(self) -> None:
        file = file_of("a")
        text = encode(file, file.notebook, Writer(host(), "boot", 1, "1"), 1.0)
        path = written(text)
        new = path.with_suffix(".new")
        for size in range(len(text)):
            new.write_text(text[:size])
            found = leftovers("/nowhere/a.ipynb")
            assert ([left.path for left in found.found], found.damaged) == ([path], ())
        path.unlink()
        assert leftovers("/nowhere/a.ipynb").damaged == ()  # as it may be being written
        os.utime(new, (0, 0))
        assert leftovers("/nowhere/a.ipynb").damaged == (new,)

    def test_another_machine_s_is_told_and_left_alone(self) -> None:
        file = file_of("a")
        path = written(encode(file, file.notebook, Writer("elsewhere", "", 1, "1"), 1.0))
        found = leftovers("/nowhere/a.ipynb")
        assert (found.found, found.elsewhere) == ((), ("elsewhere",))
        assert path.exists()

    def test_where_the_state_folder_cannot_be_written_another_is_used(self, tmp_path: Path) -> None:
        (tmp_path / "state").write_text("in the way")
        file = file_of("a")
        RecoveryFile("/nowhere/a.ipynb").write(encode(file, file.notebook, Writer(host(), "b", 1, "1"), 1.0))
        assert len(leftovers("/nowhere/a.ipynb").found) == 1

    def test_a_new_notebook_s_text_comes_back_too(self, tmp_path: Path) -> None:
        new = create(tmp_path / "new.ipynb")
        mine = new.notebook.with_cell(0, replace(new.notebook.cells[0], source="typed"))
        assert sources(decode(encode(new, mine, WRITER, 1.0)).laid_over(create(tmp_path / "new.ipynb"))) == [
            "typed"
        ]

    def test_it_belongs_to_the_file_as_it_was_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.ipynb"
        path.write_bytes(file_of("a").data)
        first = read(path)
        recovery = decode(encode(first, first.notebook, WRITER, 1.0))
        assert recovery.notebook == Here(path).identity
        assert recovery.fits(read(path))
        path.write_bytes(file_of("b").data)
        assert not recovery.fits(read(path))
