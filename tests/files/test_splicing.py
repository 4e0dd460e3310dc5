"""Saving changes nothing in the file but what was edited, in whatever style it is written."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData, ExecuteResult, Output, Stream, UnknownOutput
from kernelbridge.streamtext import StreamText
from notebook_edits import EDITS, NEW_OUTPUTS, change_character, changed_lines, comparable
from notebook_styles import ODDITIES, STYLES, canonical, code, markdown, notebook, stream
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.files.notebookfile import NotebookFile, read

ALL = STYLES | ODDITIES


@pytest.fixture
def opened(tmp_path: Path):
    def open_bytes(data: bytes) -> NotebookFile:
        path = tmp_path / "notebook.ipynb"
        path.write_bytes(data)
        return read(path)

    return open_bytes


@pytest.mark.parametrize("name", ALL)
def test_no_edit_gives_the_same_bytes(name: str, opened: Any):
    file = opened(ALL[name])
    same = replace(file.notebook, cells=tuple(replace(cell) for cell in file.notebook.cells))
    assert file.encode(file.notebook) == ALL[name]
    assert file.encode(same) == ALL[name]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", ALL)
def test_the_saved_file_is_the_old_json_with_the_edit_in_it(name: str, edit: str, opened: Any):
    data = ALL[name]
    file = opened(data)
    for seed in range(3):
        edited = EDITS[edit](file.notebook, json.loads(data.decode("utf-8-sig")), random.Random(seed))
        if edited is not None:
            saved = json.loads(file.encode(edited.notebook).decode("utf-8-sig"))
            assert comparable(saved) == comparable(edited.document)


LINED = {name: data for name, data in STYLES.items() if data.count(b"\n") > 20 and "strings" not in name}


@pytest.mark.parametrize("name", LINED)
def test_one_character_changed_is_one_line_out_and_one_in(name: str, opened: Any):
    data = LINED[name]
    file = opened(data)
    for seed in range(8):
        edited = change_character(file.notebook, json.loads(data.decode("utf-8-sig")), random.Random(seed))
        assert edited is not None
        assert changed_lines(data, file.encode(edited.notebook)) == (1, 1)


@pytest.mark.parametrize("name", ALL)
def test_undoing_an_edit_after_saving_it_gives_the_first_bytes_back_for_cells(name: str, opened: Any):
    file = opened(ALL[name])
    for edit in ("delete a cell", "move a cell", "insert a cell"):
        edited = EDITS[edit](file.notebook, json.loads(ALL[name].decode("utf-8-sig")), random.Random(1))
        if edited is not None and len(file.notebook.cells) > 1:
            back = file.with_notebook(edited.notebook).with_notebook(file.notebook)
            assert comparable(json.loads(back.data.decode("utf-8-sig"))) == comparable(
                json.loads(ALL[name].decode("utf-8-sig"))
            )


def test_a_cell_that_comes_back_has_its_own_text_again(opened: Any):
    data = canonical(notebook([code("a"), code("b", odd="keep"), code("c")])).replace('"keep"', ' "keep" ')
    file = opened(data.encode())
    without = replace(file.notebook, cells=(file.notebook.cells[0], file.notebook.cells[2]))
    assert file.with_notebook(without).with_notebook(file.notebook).data == data.encode()


def test_deleting_all_cells_and_adding_one_again_is_written_in_the_files_style(opened: Any):
    file = opened(canonical(notebook([code("a"), code("b")], 4)).encode())
    empty = file.with_notebook(replace(file.notebook, cells=()))
    assert json.loads(empty.data)["cells"] == []
    one = empty.with_notebook(replace(empty.notebook, cells=(Cell(new_key(), CellKind.CODE, "x\ny"),)))
    assert one.data.decode() == canonical(notebook([code("x\ny")], 4))


def test_a_file_edited_here_looks_like_one_that_nbformat_wrote(opened: Any):
    file = opened(canonical(notebook([markdown("# a", id="a")])).encode())
    cells = (
        file.notebook.cells[0],
        Cell(new_key(), CellKind.CODE, "x = 1\ny", NEW_OUTPUTS, 7, {"tags": ["z"]}, id="b"),
        Cell(new_key(), CellKind.MARKDOWN, "", id="c", attachments={"a.png": {"image/png": "aGk="}}),
        Cell(new_key(), CellKind.RAW, "raw\u2028é", id="d"),
    )
    data = file.encode(replace(file.notebook, cells=cells))
    parsed = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(parsed)
    assert nbformat.writes(parsed) + "\n" == data.decode()


def test_a_run_keeps_the_text_of_outputs_that_stay(opened: Any):
    text = canonical(notebook([code("x", [stream("a\n"), stream("b\n", "stderr")], 1)], 4)).replace(
        '"a\\n"', '"\\u0061\\n"'
    )
    file = opened(text.encode())
    cell = file.notebook.cells[0]
    new = (*cell.outputs, Stream("stdout", StreamText.of("c\n")))
    data = file.encode(file.notebook.with_cell(0, replace(cell, outputs=new)))
    assert b'"\\u0061\\n"' in data
    assert changed_lines(text.encode(), data) == (0, 7)


def test_a_stream_that_grew_keeps_the_lines_it_had(opened: Any):
    text = canonical(notebook([code("x", [stream("a\nb\n")], 1)], 4)).replace('"a\\n"', '"\\u0061\\n"')
    file = opened(text.encode())
    cell = file.notebook.cells[0]
    grown = (Stream("stdout", StreamText.of("a\nb\nc\n")),)
    data = file.encode(file.notebook.with_cell(0, replace(cell, outputs=grown)))
    assert changed_lines(text.encode(), data) == (1, 2)
    assert b'"\\u0061\\n"' in data


def test_only_the_changed_keys_of_metadata_are_written(opened: Any):
    text = (
        canonical(notebook([code("x")], 4))
        .replace('"3.11.4"', ' "\\u0033.11.4"')
        .replace('"python3"', '"pythonX"')
    )
    file = opened(text.encode())
    metadata = json.loads(json.dumps(file.notebook.metadata))
    metadata["kernelspec"]["name"] = "ir"
    metadata["authors"] = [{"name": "A"}]
    data = file.encode(replace(file.notebook, metadata=metadata))
    assert b' "\\u0033.11.4"' in data
    assert json.loads(data)["metadata"] == metadata
    assert list(json.loads(data)["metadata"]) == ["authors", "kernelspec", "language_info"]


def test_metadata_that_changes_between_true_and_one_is_saved(opened: Any):
    file = opened(canonical(notebook([code("x", metadata={"a": True})], 4)).encode())
    data = file.encode(file.notebook.with_cell(0, replace(file.notebook.cells[0], metadata={"a": 1})))
    assert json.loads(data)["cells"][0]["metadata"]["a"] is not True


def test_metadata_missing_from_the_file_is_added_in_its_place(opened: Any):
    document = {"cells": [code("x")], "nbformat": 4, "nbformat_minor": 4}
    file = opened(canonical(document).encode())
    data = file.encode(replace(file.notebook, metadata={"a": [1]}))
    assert data.decode() == canonical({**document, "metadata": {"a": [1]}})


@pytest.mark.parametrize("kind", CellKind)
@pytest.mark.parametrize("name", ["nbformat 4.4", "compact", "keys in another order"])
def test_a_cell_of_another_kind_has_the_keys_of_that_kind(name: str, kind: CellKind, opened: Any):
    file = opened(STYLES[name])
    for at, cell in enumerate(file.notebook.cells):
        saved = json.loads(file.encode(file.notebook.with_cell(at, replace(cell, kind=kind))))["cells"][at]
        assert saved["cell_type"] == kind.value
        assert ("outputs" in saved) == ("execution_count" in saved) == (kind is CellKind.CODE)


def test_a_source_cut_elsewhere_than_at_lines_keeps_its_cuts(opened: Any):
    cell = {**code(""), "source": ["a = 1\nb = 2\n", "c", " = 3\n", "d"]}
    file = opened(canonical(notebook([cell], 4)).encode())
    text = file.notebook.cells[0].source.replace("d", "e")
    data = file.encode(file.notebook.with_cell(0, replace(file.notebook.cells[0], source=text)))
    assert json.loads(data)["cells"][0]["source"] == ["a = 1\nb = 2\n", "c", " = 3\n", "e"]


def test_an_output_that_cannot_be_read_is_kept(opened: Any):
    odd = {"output_type": "future", "x": [1]}
    file = opened(canonical(notebook([code("x", [odd, stream("a")])], 4)).encode())
    cell = file.notebook.cells[0]
    assert cell.outputs[0] == UnknownOutput(odd)
    data = file.encode(file.notebook.with_cell(0, replace(cell, outputs=cell.outputs[:1])))
    assert json.loads(data)["cells"][0]["outputs"] == [odd]


ODD_OUTPUTS: list[Output] = [
    Stream("", StreamText.of("")),
    Stream("stdout", StreamText.of("a\r\nb\x0b\x85\u2028c\ud800")),
    DisplayData(
        {"text/plain": ["a\n", "b"], "image/png": "a\nb\n", "application/vnd.vega.v5.json": ["x", "y"]}
    ),
    DisplayData({"application/json": float("nan"), "text/x": {"a": (1, 2)}}),
    ExecuteResult({}, {"": None}, None),
    UnknownOutput([1, None]),
]


@pytest.mark.parametrize("output", ODD_OUTPUTS, ids=repr)
def test_whatever_a_kernel_sends_can_be_saved(output: Output, opened: Any):
    file = opened(STYLES["nbformat 4.5"])
    new = file.with_notebook(file.notebook.with_cell(1, replace(file.notebook.cells[1], outputs=(output,))))
    assert len(json.loads(new.data)["cells"][1]["outputs"]) == 1


SOURCES = st.text(
    st.one_of(st.characters(), st.sampled_from('\n\r\t"\\\x00\x1b\u2028\x85\ud800\udc00😀ab')), max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(name=st.sampled_from(sorted(ALL)), sources=st.lists(SOURCES, min_size=1, max_size=4), data=st.data())
def test_any_text_in_any_file_reads_back_as_it_was_typed(
    name: str, sources: list[str], data: Any, opened: Any
):
    file = opened(ALL[name])
    for source in sources:
        cells = list(file.notebook.cells)
        at = data.draw(st.integers(0, len(cells)))
        if at == len(cells):
            cells.append(Cell(new_key(), CellKind.MARKDOWN, source))
        else:
            cells[at] = replace(cells[at], source=source)
        file = file.with_notebook(replace(file.notebook, cells=tuple(cells)))
        written = json.loads(file.data.decode("utf-8-sig"))["cells"][at]
        if isinstance(written, dict):
            joined = "".join(written.get("source") or "") if source else ""
            assert joined.encode("utf-16", "surrogatepass") == source.encode("utf-16", "surrogatepass")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(
    name=st.sampled_from(sorted(ALL)),
    steps=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 99)), max_size=6),
)
def test_any_sequence_of_edits_and_saves_gives_the_json_it_should(
    name: str, steps: list[tuple[str, int]], opened: Any
):
    file = opened(ALL[name])
    for edit, seed in steps:
        document = json.loads(file.data.decode("utf-8-sig"))
        edited = EDITS[edit](file.notebook, document, random.Random(seed))
        if edited is not None:
            file = file.with_notebook(edited.notebook)
            assert file.notebook is edited.notebook
            assert comparable(json.loads(file.data.decode("utf-8-sig"))) == comparable(edited.document)


def test_a_notebook_of_equal_value_needs_no_new_text(opened: Any):
    file = opened(STYLES["nbformat 4.5"])
    again = Notebook(file.notebook.cells, dict(file.notebook.metadata), 4, 5)
    assert file.with_notebook(again).data is file.data
