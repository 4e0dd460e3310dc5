"""A notebook that is opened is known by its first cells before all of them are made."""

from __future__ import annotations

import json
import weakref
from pathlib import Path

import pytest

from e2e import notebooks
from tui.files import layout
from tui.files.layout import decoded, read_layout
from tui.files.notebookfile import begin_at, read
from tui.files.place import Here

COUNT = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    cells = [notebooks.code(f"cell_{number}", f"{number}\n") for number in range(COUNT)]
    return notebooks.write(tmp_path / "a.ipynb", *cells)


@pytest.mark.parametrize("most_json", [1 << 20, 0])
def test_the_first_cells_are_there_at_once_and_all_when_they_are_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch, most_json: int
) -> None:
    monkeypatch.setattr(layout, "_LEAST_JSON", 0)
    monkeypatch.setattr(layout, "_MOST_JSON", most_json)
    beginning = begin_at(Here(path), 3)
    assert [cell.source for cell in beginning.file.notebook.cells] == ["cell_0", "cell_1", "cell_2"]
    assert beginning.count == COUNT
    whole, plainly = beginning.whole(), read(path)
    assert [cell.source for cell in whole.notebook.cells] == [f"cell_{number}" for number in range(COUNT)]
    assert whole.encode(whole.notebook) == path.read_bytes()
    assert [cell.outputs for cell in whole.notebook.cells] == [
        cell.outputs for cell in plainly.notebook.cells
    ]
    assert beginning.whole().notebook.cells == whole.notebook.cells


def test_a_short_notebook_is_whole_from_the_beginning(path: Path) -> None:
    beginning = begin_at(Here(path), COUNT)
    assert beginning.rest is None
    assert beginning.whole() is beginning.file


def test_neither_text_nor_json_is_kept_once_all_cells_are_made(path: Path) -> None:
    class Text(str):
        __slots__ = ("__weakref__",)

    data = path.read_bytes()
    text = Text(decoded(data))
    kept = weakref.ref(text)
    found, _ = read_layout(path, data, text)
    del text
    assert found is not None
    assert kept() is not None
    notebook = found.notebook()
    assert kept() is None
    assert len(notebook.cells) == len(json.loads(data)["cells"])
