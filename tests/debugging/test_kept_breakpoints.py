"""Breakpoints that outlive tnb: found again in the notebook as it is by then, or dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.keeper.jsontypes import JsonValue
from tui.debugging import breakpointfolder
from tui.debugging.breakpointfolder import load, store
from tui.debugging.keptbreakpoints import DamagedBreakpointsError, KeptCell, found, kept, read_kept
from tui.document.notebook import Cell, CellKind, Notebook, new_key

NAME = "/home/ann/study.ipynb"
SOURCES = st.lists(st.text("ab \n", max_size=8), min_size=1, max_size=4)


def cell(source: str, cell_id: str | None = None, kind: CellKind = CellKind.CODE) -> Cell:
    return Cell(new_key(), kind, source, id=cell_id)


def book(*cells: Cell) -> Notebook:
    """As another tnb reads it: with other keys."""
    return Notebook(tuple(replace(each, key=new_key()) for each in cells))


def brought_back(before: Notebook, lines: dict[int, set[int]], after: Notebook) -> dict[int, set[int]]:
    """Where breakpoints of a notebook are in another, by places of cells."""
    marks = {before.cells[place].key: frozenset(each) for place, each in lines.items()}
    places = found(after, kept(before, marks))
    return {after.index_of(key): set(each) for key, each in places.items()}


def test_a_cell_with_an_id_is_found_wherever_it_is() -> None:
    one, two = cell("a\nb", "one"), cell("a\nb", "two")
    assert brought_back(book(one, two), {1: {0, 1}}, book(two, cell("new", "x"), one)) == {0: {0, 1}}


def test_a_cell_whose_id_is_gone_is_not_looked_for_among_others_that_say_the_same() -> None:
    assert brought_back(book(cell("a", "one")), {0: {0}}, book(cell("a", "two"))) == {}


def test_a_notebook_that_lost_its_ids_still_has_them() -> None:
    assert brought_back(book(cell("a", "one"), cell("b", "two")), {1: {0}}, book(cell("a"), cell("b"))) == {
        1: {0}
    }


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (["x", "a\nb"], {1: {1}}),
        (["new", "x", "a\nb"], {2: {1}}),
        (["a\nb", "a\nb"], {1: {1}}),
        (["a\nb", "x", "a\nb"], {}),
        (["x", "a\nc"], {}),
        (["x"], {}),
    ],
)
def test_without_ids_a_cell_is_found_by_what_it_says_where_that_is_clear(
    after: list[str], expected: dict[int, set[int]]
) -> None:
    before = book(cell("x"), cell("a\nb"))
    assert brought_back(before, {1: {1}}, book(*map(cell, after))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\nb\nc", {1}),
        ("new\na\nb\nc", {2}),
        ("b\nc", {0}),
        ("if x:\n    a\n    b", {2}),
        ("b\na\nz\nb", {0}),
        ("a\nc", set()),
        ("", set()),
    ],
)
def test_the_line_of_a_changed_cell_is_found_by_what_it_says(source: str, expected: set[int]) -> None:
    after = brought_back(book(cell("a\nb\nc", "one")), {0: {1}}, book(cell(source, "one")))
    assert after == ({0: expected} if expected else {})


def test_only_code_is_found() -> None:
    after = book(cell("a", "one", CellKind.MARKDOWN), cell("a", kind=CellKind.RAW))
    assert brought_back(book(cell("a", "one")), {0: {0}}, after) == {}


@given(SOURCES, st.booleans(), st.data())
def test_in_a_notebook_that_did_not_change_all_are_where_they_were(
    sources: list[str], has_ids: bool, data: st.DataObject
) -> None:
    before = book(*(cell(source, f"id{at}" if has_ids else None) for at, source in enumerate(sources)))
    lines = {
        at: data.draw(st.sets(st.integers(0, source.count("\n")), min_size=1))
        for at, source in enumerate(sources)
    }
    assert brought_back(before, lines, book(*before.cells)) == lines


def test_what_is_stored_comes_back_as_it_was_and_says_nothing_of_the_code() -> None:
    notebook = book(cell("password = 'x'\nb", "one"), cell("c"))
    cells = kept(notebook, {notebook.cells[0].key: frozenset({0, 1}), notebook.cells[1].key: frozenset({0})})
    store(NAME, cells)
    assert load(NAME) == cells
    assert load("/another.ipynb") == ()
    assert "password" not in _only_file().read_text()
    assert _only_file().stat().st_mode & 0o777 == 0o600


def test_where_none_are_left_there_is_no_file() -> None:
    store(NAME, ())
    notebook = book(cell("a"))
    store(NAME, kept(notebook, {notebook.cells[0].key: frozenset({0})}))
    store(NAME, ())
    assert load(NAME) == ()
    assert not list(_folder().iterdir())


def test_those_set_longest_ago_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakpointfolder, "_MOST", 2)
    notebook = book(cell("a"))
    cells = kept(notebook, {notebook.cells[0].key: frozenset({0})})
    for name in ("/a", "/b", "/c"):
        store(name, cells)
    assert [bool(load(name)) for name in ("/a", "/b", "/c")] == [False, True, True]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [{}]}',
        b'{"cells": [{"id": null, "place": "x", "digest": "", "lines": []}]}',
        b'{"cells": [{"id": 1, "place": 1, "digest": "", "lines": []}]}',
        b'{"cells": [{"id": null, "place": 1, "digest": "", "lines": [{"number": "1"}]}]}',
    ],
)
def test_what_is_damaged_is_said_once(damaged: bytes) -> None:
    notebook = book(cell("a"))
    store(NAME, kept(notebook, {notebook.cells[0].key: frozenset({0})}))
    _only_file().write_bytes(damaged)
    with pytest.raises(DamagedBreakpointsError):
        load(NAME)
    assert load(NAME) == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: (
            st.lists(each) | st.dictionaries(st.sampled_from(["id", "place", "lines"]) | st.text(), each)
        ),
    )
)
def test_anything_that_may_stand_in_the_file_is_read_or_called_damaged(value: JsonValue) -> None:
    try:
        cells = read_kept(value)
    except DamagedBreakpointsError:
        return
    assert all(isinstance(each, KeptCell) for each in cells)
    assert found(book(cell("a", "one"), cell("b")), cells) == {}
    assert json.dumps([each.to_json() for each in cells])


def _folder() -> Path:
    return Path.home() / ".local/state/tnb/breakpoints"


def _only_file() -> Path:
    (path,) = _folder().glob("*.json")
    return path
