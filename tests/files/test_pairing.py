"""A notebook in two files: text with its cells, JSON with their results."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from e2e import notebooks
from tui.document.notebook import Notebook
from tui.files.notebookfile import NotebookFile
from tui.files.pairing import partners, read_paired, save_paired

HEADER = "# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:percent\n# ---\n\n"
TEXT = f"{HEADER}# %%\none\n\n# %%\ntwo\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_text(TEXT)
    return path


@pytest.fixture
def pair(text: Path) -> Path:
    """The notebook beside the text."""
    path = notebooks.write(
        text.with_suffix(".ipynb"), notebooks.code("one", "printed\n"), notebooks.code("two")
    )
    value = json.loads(path.read_text())
    value["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    value["metadata"]["own"] = 1
    path.write_text(json.dumps(value, indent=1) + "\n")
    return path


def edited(file: NotebookFile, source: str) -> Notebook:
    return file.notebook.with_cell(1, replace(file.notebook.cells[1], source=source))


def test_the_results_of_a_text_are_those_of_its_partner(text: Path, pair: Path) -> None:
    first, second = read_paired(text).notebook.cells
    assert (len(first.outputs), len(second.outputs)) == (1, 0)


def test_a_save_of_the_text_brings_the_notebook_up_to_date(text: Path, pair: Path) -> None:
    file = read_paired(text)
    before = json.loads(pair.read_text())
    assert save_paired(file, edited(file, "changed")).warning is None
    assert text.read_text() == TEXT.replace("two", "changed")
    before["cells"][1]["source"] = ["changed"]
    now = json.loads(pair.read_text())
    assert notebooks.sources(pair) == ["one", "changed"]
    assert now["cells"][0] == before["cells"][0]
    assert now["metadata"] == before["metadata"]


def test_a_save_of_the_notebook_brings_the_text_up_to_date(text: Path, pair: Path) -> None:
    file = read_paired(pair)
    assert save_paired(file, edited(file, "changed")).warning is None
    assert text.read_text() == TEXT.replace("two", "changed")


def test_a_save_without_an_edit_writes_neither(text: Path, pair: Path) -> None:
    before = text.read_bytes(), pair.read_bytes()
    for path in (text, pair):
        file = read_paired(path)
        save_paired(file, file.notebook)
    assert (text.read_bytes(), pair.read_bytes()) == before


def test_a_partner_that_is_not_there_is_made(text: Path) -> None:
    file = read_paired(text)
    save_paired(file, edited(file, "changed"))
    pair = text.with_suffix(".ipynb")
    assert notebooks.sources(pair) == ["one", "changed"]
    assert partners(read_paired(pair)) == [text]


def test_a_partner_with_changes_of_its_own_is_told_and_left_alone(text: Path, pair: Path) -> None:
    file = read_paired(pair)
    text.write_text(TEXT.replace("one", "theirs"))
    saved = save_paired(file, edited(file, "changed"))
    assert saved.warning == "a.py, which is paired with it, has changes of its own and was not written"
    assert text.read_text() == TEXT.replace("one", "theirs")
    assert notebooks.sources(pair) == ["one", "changed"]


def test_a_partner_that_cannot_be_read_is_told(text: Path) -> None:
    text.with_suffix(".ipynb").write_text("{")
    file = read_paired(text)
    assert file.warning is not None
    assert "a.ipynb" in file.warning
    warning = save_paired(file, edited(file, "changed")).warning
    assert warning is not None
    assert "a.ipynb" in warning


@pytest.mark.parametrize("formats", ["ipynb", "notebooks//ipynb,scripts//py", "md,Rmd", "", "auto,ipynb"])
def test_what_pairs_nothing_in_this_folder_has_no_partner(formats: str, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"))
    value = json.loads(path.read_text())
    value["metadata"]["jupytext"] = {"formats": formats}
    path.write_text(json.dumps(value))
    assert partners(read_paired(path)) == []
