"""`tnb show`: what is said on its command line, what it prints into a pipe, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from e2e import notebooks
from programs import tnb_command
from tui.cli.answering import NOBODY_READS
from tui.cli.paging import pager
from tui.cli.show import Coloring, ShowArguments, parse_show


def show(
    *arguments: str | Path, given: bytes | None = None, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    left_out = ("NO_COLOR", "COLUMNS", "COLORTERM")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [*tnb_command(), "show", *arguments],
        input=given or b"",
        capture_output=True,
        env={**environment, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PAGER": "false", **env},
        cwd=cwd,
    )


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [
        notebooks.markdown("# Title\n\nProse with a [link](https://example.org)."),
        notebooks.code("print('hello')", "hello\n", count=3),
        notebooks.code("x" * 70),
    ]
    return notebooks.write(tmp_path / "a.ipynb", *cells)


TEXT = """\
     Title
     ─────
     Prose with a link.

   3 print('hello')
     ┊ hello

 [ ] {}
""".format("x" * 70)


def test_a_pipe_gets_text_of_80_columns_without_any_sequence(notebook: Path) -> None:
    done = show(notebook)
    assert done.stdout.decode() == TEXT
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_comes_on_standard_input_is_shown(notebook: Path) -> None:
    assert show("-", given=notebook.read_bytes()).stdout.decode() == TEXT


def test_the_width_is_the_one_asked_for_or_that_of_the_environment(notebook: Path) -> None:
    narrow = show("--width", "40", notebook).stdout.decode()
    assert "   ↳ " + "x" * 34 in narrow
    assert show(notebook, COLUMNS="40").stdout.decode() == narrow


def test_colours_in_a_pipe_are_there_if_asked_for(notebook: Path) -> None:
    always = show("--color", "always", notebook, NO_COLOR="1").stdout
    assert b"\x1b[38;5;" in always
    assert b"\x1b]8;;https://example.org\x1b\\" in always
    assert b"\x1b[38;2;" in show("--color=always", notebook, COLORTERM="truecolor").stdout
    light = show("--color", "always", "--theme", "light", notebook).stdout
    assert light != always
    assert b"\x1b" not in show("--color", "never", notebook).stdout


def test_only_some_of_the_cells(notebook: Path) -> None:
    lines = TEXT.splitlines(keepends=True)
    assert show("--cells", "1", notebook).stdout.decode() == "".join(lines[:3])
    assert show("--cells", "2-", notebook).stdout.decode() == "".join(lines[4:])
    assert show("--cells", "1,2-2,9", notebook).stdout.decode() == "".join(lines[:6])


def test_all_that_may_be_said(tmp_path: Path) -> None:
    said = ["--width", "99", "--no-pictures", "--color", "never", "--theme", "nord", "--no-pager", "a.ipynb"]
    assert parse_show([*said, "--cells", "3-7,12,20-"]) == ShowArguments(
        Path("a.ipynb"),
        (range(2, 7), range(11, 12), range(19, sys.maxsize)),
        99,
        has_pictures=False,
        coloring=Coloring.NEVER,
        theme="nord",
        is_paged=False,
    )
    assert parse_show(["-"]) == ShowArguments(None)


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["a", "b"],
        ["--width", "7", "a"],
        ["--width", "wide", "a"],
        ["--color", "red", "a"],
        ["--theme", "no", "a"],
        *(["--cells", cells, "a"] for cells in ("0", "7-3", "", "a", "1,,2", "-3")),
    ],
    ids=" ".join,
)
def test_what_it_cannot_read_is_one_line_and_status_2(said: list[str]) -> None:
    done = show(*said)
    assert done.returncode == 2
    assert done.stderr.startswith(b"tnb: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("data", [b"", b"no notebook", b'{"cells": [', b"[1]", b"\0" * 9, b"\x1f\x8b\x08"])
def test_a_file_that_is_no_notebook_is_told_as_when_it_is_opened(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.ipynb").write_bytes(data)
    done = show("b.ipynb", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    opened = subprocess.run([*tnb_command(), "b.ipynb"], capture_output=True, cwd=tmp_path, input=b"")
    assert done.stderr == opened.stderr
    given = show("-", given=data)
    said = done.stderr.replace(b"b.ipynb", b"standard input")
    assert given.stderr == (said if data else b"tnb: standard input: nothing came\n")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = show(tmp_path / "new.ipynb")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"there is no such file" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_had_enough_ends_it_without_a_word(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1", "line\n" * 200_000))
    process = subprocess.Popen(
        [*tnb_command(), "show", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "1" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == NOBODY_READS


def test_a_long_stream_is_printed_as_it_is_read(tmp_path: Path) -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "line of the stream\n" * 1_500_000}
    path = tmp_path / "a.ipynb"
    code = {**notebooks.code("1", count=1), "outputs": [stream]}
    path.write_text(json.dumps({"cells": [code], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    began = time.monotonic()
    process = subprocess.Popen([*tnb_command(), "show", path], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.monotonic() - began
        while process.stdout.read(1 << 20):
            pass
    assert first < (time.monotonic() - began) / 2


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("", None),
        ("cat", None),
        ("  ", None),
        ("no-such-pager-anywhere -x", None),
        ("'unfinished", None),
        ("LESSCHARSET=utf-8 sh -c true", "LESSCHARSET=utf-8 sh -c true"),
        ("sh -x", "sh -x"),
    ],
)
def test_the_pager_is_the_one_that_is_asked_for(asked: str, command: str | None) -> None:
    assert pager(asked) == command


def test_what_the_encoding_lacks_is_replaced(notebook: Path) -> None:
    done = show(notebook, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"     ? hello" in done.stdout
