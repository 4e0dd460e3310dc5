"""Opening a file gives a document with what can be shown, or one line that says what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Stream, UnknownOutput
from notebook_corpus import SHARED
from notebook_styles import BROKEN, ODDITIES, STYLES, canonical, code, markdown, notebook, result, stream
from ordinaryuser import ordinary_user
from tui.document.notebook import CellKind
from tui.files import errors
from tui.files.notebookfile import NotebookFile, ReadOnly, create, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.ipynb"


def opened(path: Path, document: Any) -> NotebookFile:
    path.write_text(canonical(document), encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("name", STYLES)
def test_every_style_reads_as_the_same_notebook(name: str, path: Path):
    path.write_bytes(STYLES[name])
    cells = read(path).notebook.cells
    assert [cell.kind for cell in cells] == [
        CellKind.MARKDOWN, CellKind.CODE, CellKind.CODE, CellKind.CODE, CellKind.RAW, CellKind.CODE
    ]  # fmt: skip
    assert cells[1].source == "import math\n\nprint('é', \"\\u00e9\", '\\\\n')\nx = 1\t# tab"
    assert [type(output) for output in cells[3].outputs] == [ExecuteResult, DisplayData, ErrorOutput]
    assert [str(output.text) for output in cells[5].outputs if isinstance(output, Stream)] == ["1\n", "2\n"]


def test_outputs_are_read_with_their_lines_joined_and_their_json_as_it_is(path: Path):
    lines = ["a\n", "b"]
    bundle = {
        "text/plain": lines,
        "image/svg+xml": lines,
        "application/json": lines,
        "application/vnd.v.json": lines,
    }
    cell = opened(path, notebook([code("x", [result(bundle, 3)], 3)])).notebook.cells[0]
    assert cell.execution_count == 3
    assert cell.outputs == (
        ExecuteResult(
            {
                "text/plain": "a\nb",
                "image/svg+xml": "a\nb",
                "application/json": lines,
                "application/vnd.v.json": lines,
            },
            {},
            3,
        ),
    )


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_says_so_in_one_line_and_is_left_alone(name: str, path: Path):
    data, kind = BROKEN[name]
    path.write_bytes(data)
    with pytest.raises(errors.CannotRead) as caught:
        read(path)
    assert type(caught.value) is kind
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert message.isprintable()
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_fault_in_the_json_is_named_by_line_and_column(path: Path):
    path.write_text('{\n "cells": [,]\n}')
    with pytest.raises(errors.NotJson, match="line 2, column 12"):
        read(path)


def test_merge_markers_are_named_by_line(path: Path):
    path.write_text('{\n<<<<<<< HEAD\n "cells": []\n=======\n}')
    with pytest.raises(errors.MergeConflict, match="line 2 has merge markers"):
        read(path)


@pytest.mark.parametrize("name", ODDITIES)
def test_an_odd_notebook_opens_to_be_edited(name: str, path: Path):
    path.write_bytes(ODDITIES[name])
    assert read(path).read_only is None


def test_a_cell_that_is_none_is_shown_as_its_own_json(path: Path):
    cells = opened(path, notebook([None, [1, 2]])).notebook.cells
    assert [cell.kind for cell in cells] == [CellKind.RAW, CellKind.RAW]
    assert cells[0].source == "null"


def test_of_a_key_that_stands_there_twice_the_last_counts_and_it_is_said(path: Path):
    path.write_bytes(ODDITIES["cells twice"])
    file = read(path)
    assert [cell.source for cell in file.notebook.cells] == ["x"]
    assert file.warning is not None


def test_an_output_that_cannot_be_read_is_kept_whole(path: Path):
    odd: list[Any] = [None, 1, {"output_type": "future"}, {"output_type": "stream", "name": "x", "text": 5}]
    outputs = opened(path, notebook([code("x", odd)])).notebook.cells[0].outputs
    assert outputs == tuple(UnknownOutput(item) for item in odd)


def test_a_newer_nbformat_is_for_reading_only(path: Path):
    file = opened(path, notebook([code("x")], nbformat=5))
    assert file.read_only == ReadOnly("it is of nbformat 5, which this version does not know")
    assert file.notebook.cells[0].source == "x"


def test_text_that_is_no_utf_8_is_for_reading_only_and_its_bytes_are_kept(path: Path):
    data = canonical(notebook([markdown("café")])).encode("latin-1")
    path.write_bytes(data)
    file = read(path)
    assert file.read_only is not None
    assert "not valid UTF-8" in file.read_only.reason
    assert file.encode(file.notebook) == data


OLDER = {
    "metadata": {"name": "old"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Title"]},
                {"cell_type": "markdown", "metadata": {}, "source": ["text\n", "more"]},
                {"cell_type": "raw", "metadata": {}, "source": ["raw"]},
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": ["1 + 1\n", "x"],
                    "language": "python",
                    "metadata": {},
                    "prompt_number": 4,
                    "outputs": [
                        {"output_type": "stream", "stream": "stderr", "text": ["warn\n"]},
                        {
                            "metadata": {},
                            "output_type": "pyout",
                            "prompt_number": 4,
                            "text": ["2"],
                            "html": ["<b>2</b>"],
                        },
                        {"metadata": {}, "output_type": "display_data", "png": "aGk=", "text": ["<Figure>"]},
                        {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["tb"]},
                    ],
                },
            ],
        }
    ],
}


def test_nbformat_3_is_shown_as_nbformat_converts_it_and_is_for_reading_only(path: Path):
    file = opened(path, OLDER)
    assert file.read_only is not None
    assert "nbformat 3" in file.read_only.reason
    converted = path.with_name("new.ipynb")
    converted.write_text(nbformat.writes(nbformat.reads(canonical(OLDER), as_version=4)))
    for ours, theirs in zip(file.notebook.cells, read(converted).notebook.cells, strict=True):
        assert (ours.kind, ours.source, ours.outputs, ours.execution_count) == (
            theirs.kind,
            theirs.source,
            theirs.outputs,
            theirs.execution_count,
        )


def test_all_worksheets_of_an_older_notebook_are_shown(path: Path):
    cell = {"cell_type": "code", "input": "a", "language": "python", "outputs": None}
    sheets = [{"cells": [cell]}, {}, {"cells": [cell, 5]}]
    file = opened(path, {"nbformat": 3, "nbformat_minor": 0, "metadata": [], "worksheets": sheets})
    assert [cell.source for cell in file.notebook.cells] == ["a", "a"]


def test_a_notebook_without_a_version_is_known_by_its_cells(path: Path):
    first = opened(path, {"cells": [{"cell_type": "code", "code": "x", "prompt_number": 1}]})
    assert (first.notebook.nbformat, first.notebook.cells[0].source) == (1, "x")
    assert first.read_only is not None
    fourth = opened(path, {"cells": [code("x")]})
    assert (fourth.notebook.nbformat, fourth.read_only) == (4, None)


def test_nothing_there_and_a_link_to_nothing_are_told_apart(path: Path):
    with pytest.raises(errors.NotFound, match="no such file"):
        read(path)
    path.symlink_to("elsewhere")
    with pytest.raises(errors.NotFound, match="link to a file that does not exist"):
        read(path)


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(path: Path):
    folder, pipe, sock = (path.with_name(name) for name in ("folder", "pipe", "socket"))
    folder.mkdir()
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(sock))
        for special in (folder, pipe, sock, Path("/dev/null"), Path("/dev/zero")):
            with pytest.raises(errors.NotARegularFile):
                read(special)


def test_a_file_that_may_not_be_read_says_so(path: Path):
    path.write_text("{}")
    path.chmod(0)
    with ordinary_user(), pytest.raises(errors.NotPermitted):
        read(path)


@pytest.mark.parametrize("name", ["a\x1b]0;x\x07.ipynb", "a\nb", "a\u202eb", "a\x00b", "loop", "x" * 300])
def test_a_message_cannot_be_made_to_act_on_the_terminal_by_a_files_name(name: str, tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(errors.CannotRead) as caught:
        read(tmp_path / name)
    assert str(caught.value).isprintable()


def test_a_name_that_is_no_unicode_is_opened_and_shown_escaped(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"a\xff.ipynb")
    path.write_bytes(b"{}")
    with pytest.raises(errors.NotANotebook, match=r"a\\udcff\.ipynb"):
        read(path)


def test_a_new_notebook_has_one_empty_code_cell_and_is_not_on_the_disk(path: Path):
    file = create(path, {"kernelspec": {"name": "ir", "display_name": "R"}})
    assert not path.exists()
    assert [(cell.kind, cell.source) for cell in file.notebook.cells] == [(CellKind.CODE, "")]
    parsed = nbformat.reads(file.data.decode(), as_version=4)
    nbformat.validate(parsed)
    assert nbformat.writes(parsed) + "\n" == file.data.decode()


def test_reading_notebooks_loads_nothing_heavy():
    program = "import sys, tui.files.notebookfile; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {
        "nbformat",
        "jsonschema",
        "textual",
        "rich",
        "zmq",
        "asyncio",
        "platformdirs",
        "hashlib",
        "random",
    }
    assert not {name.partition(".")[0] for name in done.stdout.split()} & heavy


def test_the_time_to_open_grows_with_the_file_and_no_faster(path: Path):
    def seconds(cells: int) -> float:
        opened(path, notebook([code(f"x = {n}\nprint(x)", [stream(f"{n}\n")], n) for n in range(cells)], 4))
        times: list[float] = []
        for _ in range(4):
            start = time.process_time()
            read(path)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(4000) < 24 * seconds(500)


def test_one_wide_character_does_not_make_a_notebook_larger_in_memory(path: Path):
    def size(first: str) -> int:
        path.write_text(canonical(notebook([code(f"print('{first}')"), *[code("x = 1\n" * 50)] * 200])))
        tracemalloc.start()
        try:
            file = read(path)
            current, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert first in file.notebook.cells[0].source
        return current

    assert size("\N{GRINNING FACE}") < 1.1 * size("x")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    maker = SHARED / "hostile" / "gen.py"
    subprocess.run([sys.executable, maker, folder], check=True, capture_output=True, cwd=folder)
    return folder


@pytest.mark.skipif(
    not (SHARED / "hostile" / "gen.py").exists(), reason="no hostile notebooks beside the project"
)
def test_every_hostile_file_opens_with_its_bytes_kept_or_says_why_not(hostile: Path):
    seen = 0
    for path in hostile.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        seen += 1
        start, message = time.process_time(), ""
        try:
            file = read(path)
        except errors.CannotRead as error:
            file = None
            message = str(error)
        seconds = time.process_time() - start
        assert seconds < 2, path
        if file is None:
            assert message.isprintable()
        else:
            assert file.encode(file.notebook) == path.read_bytes()
    assert seen > 150
