"""Standard input and output as scripts leave them: read no further, full, or closed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.headlessruns import read, texts, write
from kept import state_of_own
from programs import leave_out, tnb_command

CONTENT = {
    "show a.ipynb": 1,
    "clean -": 1,
    "export --to script -": 1,
    "convert --to md -o - -": 1,
    "diff a.ipynb b.ipynb": 2,
    "merge a.ipynb a.ipynb b.ipynb": 2,
    "ps": 1,
    "completion bash": 1,
    "config show": 1,
}
"""What prints what it was asked for, with its exit status where that cannot be written."""
READING = {
    "show -": 1,
    "clean -": 1,
    "export --to script -": 1,
    "convert --to md -o - -": 1,
    "diff - a.ipynb": 2,
    "run - -o -": 5,
}
"""What reads standard input, with its exit status where nothing is there."""
NOBODY_READS = 141


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.ipynb", "1")
    write(tmp_path / "b.ipynb", "2")
    with state_of_own():
        yield tmp_path


def tnb(words: str, redirected: str, folder: Path) -> tuple[int, str]:
    """The exit status and what stderr said, in a shell, with a notebook on stdin where nothing else is."""
    command = f"{tnb_command()[0]} {words} < a.ipynb {redirected}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, cwd=folder)
    return done.returncode, done.stderr


def unread(words: str, given: Path) -> tuple[int, bytes]:
    """The exit status and what stderr said, with a pipe for stdout that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [*tnb_command(), *words.split()]
    with given.open() as file:
        done = subprocess.run(command, stdin=file, stdout=writing, stderr=subprocess.PIPE, cwd=given.parent)
    os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", CONTENT)
def test_whoever_reads_may_leave_and_the_status_is_that_of_a_broken_pipe(words: str, folder: Path) -> None:
    assert unread(words, folder / "a.ipynb") == (NOBODY_READS, b"")


@pytest.mark.parametrize("words", CONTENT)
def test_where_it_cannot_be_written_one_line_says_why(words: str, folder: Path) -> None:
    if not Path("/dev/full").exists():
        leave_out("there is no /dev/full")
    said = (CONTENT[words], "tnb: standard output: No space left on device\n")
    assert tnb(words, "> /dev/full", folder) == said


@pytest.mark.parametrize("words", [*CONTENT, "--help"])
def test_a_closed_standard_output_is_nowhere(words: str, folder: Path) -> None:
    status = 1 if words.startswith("diff") else 0
    assert tnb(words, ">&-", folder) == (status, "")


@pytest.mark.parametrize("words", READING)
def test_a_closed_standard_input_is_empty(words: str, folder: Path) -> None:
    status, told = tnb(words, "<&-", folder)
    assert (status, told.count("\n")) == (READING[words], 1)
    assert "nothing came" in told


def test_complaints_go_nowhere_else_where_standard_error_is_closed_or_full(folder: Path) -> None:
    assert tnb("show missing.ipynb", "2>&- >out", folder) == (1, "")
    assert (folder / "out").read_text() == ""
    assert tnb("show missing.ipynb", "2>/dev/full >out", folder) == (1, "")


@pytest.mark.kernel
def test_what_a_console_is_given_tells_so_too(folder: Path) -> None:
    (folder / "code").write_text("print(1)")
    if Path("/dev/full").exists():
        told = "tnb console: standard output: No space left on device\n"
        assert tnb("console", "< code > /dev/full", folder) == (1, told)
    assert unread("console", folder / "code") == (NOBODY_READS, b"")


@pytest.mark.kernel
@pytest.mark.parametrize("words", ["", "--json", "--report r.xml"])
def test_a_notebook_is_run_with_all_of_them_closed(words: str, folder: Path) -> None:
    assert tnb(f"run {words} b.ipynb", "<&- >&- 2>&-", folder) == (0, "")
    assert texts(read(folder / "b.ipynb")) == ["2"]
