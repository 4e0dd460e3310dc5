"""A mark finds the very cell that was run, in another process and another reading of the file, or none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.document.cellmark import CellMark, MarkedCells, mark_of
from tui.document.notebook import Cell, CellKind, Notebook, new_key

PATH = "/home/ann/a.ipynb"


def code(source: str, cell_id: str | None = None) -> Cell:
    return Cell(new_key(), CellKind.CODE, source, id=cell_id)


def found(before: Notebook, index: int, after: Notebook, path: str = PATH) -> int | None:
    """Where the cell at an index is found again in another notebook."""
    sent = json.loads(json.dumps(mark_of(before, before.cells[index].key, PATH).to_json()))
    mark = CellMark.from_json(sent)
    assert mark is not None
    key = MarkedCells(after, path).find(mark)
    return None if key is None else after.index_of(key)


def test_a_cell_is_found_by_what_it_says_wherever_it_moved() -> None:
    before = Notebook((code("a"), code("b"), code("c")))
    after = Notebook((code("new"), code("c"), code("b"), Cell(new_key(), CellKind.MARKDOWN, "a")))
    assert [found(before, index, after) for index in range(3)] == [None, 2, 1]


def test_a_cell_of_a_notebook_that_was_renamed_is_found() -> None:
    notebook = Notebook((code("a"),))
    mark = mark_of(notebook, notebook.cells[0].key, PATH)
    assert MarkedCells(notebook, "/b.ipynb").find(mark) is None
    assert MarkedCells(notebook, "/b.ipynb", ("/old.ipynb", PATH)).find(mark) == notebook.cells[0].key


def test_a_cell_that_was_changed_is_not_found_even_by_its_id() -> None:
    before = Notebook((code("a", "one"),))
    assert found(before, 0, Notebook((code("a2", "one"),))) is None
    assert found(before, 0, Notebook((code("a2", "one"), code("a", "two")))) is None


def test_of_cells_that_say_the_same_the_place_among_them_tells() -> None:
    before = Notebook((code("plot()"), code("x"), code("plot()")))
    after = Notebook((code("x"), code("plot()"), code("y"), code("plot()")))
    assert [found(before, index, after) for index in (0, 2)] == [1, 3]


def test_it_is_unclear_where_one_of_them_came_or_went() -> None:
    before = Notebook((code("plot()"), code("plot()")))
    assert found(before, 0, Notebook((code("plot()"),))) is None
    assert found(before, 1, Notebook((code("plot()"), code("plot()"), code("plot()")))) is None


def test_it_is_unclear_where_an_id_is_there_twice() -> None:
    before = Notebook((code("a", "one"), code("b", "two")))
    after = Notebook((code("a", "one"), code("b", "two"), code("a", "one")))
    assert [found(before, index, after) for index in (0, 1)] == [None, 1]


def test_the_same_cell_of_another_notebook_is_another() -> None:
    notebook = Notebook((code("import numpy"),))
    assert found(notebook, 0, notebook, "/home/ann/b.ipynb") is None


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"notebook": 1}, {"notebook": "a", "digest": "b"}])
def test_what_is_no_mark_is_none(value: object) -> None:
    assert CellMark.from_json(value) is None  # pyright: ignore[reportArgumentType]


@given(st.lists(st.text(max_size=5), min_size=1, max_size=6))
def test_every_cell_of_an_unchanged_notebook_is_found(sources: list[str]) -> None:
    before, after = (Notebook(tuple(code(source) for source in sources)) for _ in range(2))
    assert [found(before, index, after) for index in range(len(sources))] == list(range(len(sources)))
