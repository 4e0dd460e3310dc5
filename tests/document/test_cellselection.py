"""A selection of cells, and what becomes of it when cells come and go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import edits, notebooks
from tui.document.cellselection import CellSelection
from tui.document.edits import InsertCells, MoveCells, RemoveCells, apply, apply_all
from tui.document.notebook import Cell, CellKind, Notebook, new_key


def code(source: str) -> Cell:
    return Cell(new_key(), CellKind.CODE, source)


@pytest.fixture
def abcde() -> Notebook:
    return Notebook(tuple(code(name) for name in "abcde"))


def select(notebook: Notebook, anchor: int, head: int) -> CellSelection:
    return CellSelection(notebook.cells[anchor].key, notebook.cells[head].key)


def names(selection: CellSelection | None, notebook: Notebook) -> str:
    assert selection is not None
    return "".join(cell.source for cell in selection.cells(notebook))


def test_it_holds_both_ends_whichever_is_the_head(abcde: Notebook) -> None:
    assert select(abcde, 1, 3).indices(abcde) == range(1, 4)
    assert select(abcde, 3, 1).indices(abcde) == range(1, 4)
    assert CellSelection.of(abcde.cells[2].key).indices(abcde) == range(2, 3)
    assert CellSelection.of(abcde.cells[2].key).is_single


def test_it_grows_and_shrinks_by_its_head_and_ends_at_the_ends(abcde: Notebook) -> None:
    start = select(abcde, 2, 2)
    assert names(start.extended(abcde, 1), abcde) == "cd"
    assert names(start.extended(abcde, 1).extended(abcde, -2), abcde) == "bc"
    assert names(start.extended(abcde, 99), abcde) == "cde"
    assert names(start.extended(abcde, -99), abcde) == "abc"


@pytest.mark.parametrize(
    ("removed", "selected", "expected"),
    [
        ((1, 1), (1, 1), "c"),
        ((1, 3), (2, 2), "e"),
        ((3, 2), (4, 4), "c"),
        ((2, 1), (1, 3), "bd"),
        ((3, 2), (1, 4), "bc"),
        ((0, 2), (3, 0), "cd"),
    ],
)
def test_an_end_that_is_removed_goes_to_the_next_below_or_else_above(
    abcde: Notebook, removed: tuple[int, int], selected: tuple[int, int], expected: str
) -> None:
    after, _ = apply(abcde, RemoveCells(*removed))
    assert names(select(abcde, *selected).mapped(abcde, after), after) == expected


def test_it_follows_cells_that_move(abcde: Notebook) -> None:
    after, _ = apply(abcde, MoveCells(1, 2, 3))
    assert select(abcde, 1, 2).mapped(abcde, after) == select(abcde, 1, 2)
    assert select(abcde, 1, 2).indices(after) == range(3, 5)


def test_where_every_cell_is_another_it_goes_to_the_one_in_its_place(abcde: Notebook) -> None:
    after, _ = apply_all(abcde, (RemoveCells(0, 5), InsertCells(0, (code("x"), code("y")))))
    assert names(select(abcde, 0, 0).mapped(abcde, after), after) == "x"
    assert names(select(abcde, 4, 4).mapped(abcde, after), after) == "y"


def test_without_cells_there_is_none(abcde: Notebook) -> None:
    after, _ = apply(abcde, RemoveCells(0, 5))
    assert select(abcde, 0, 2).mapped(abcde, after) is None


@settings(max_examples=50)
@given(st.data())
def test_after_any_edit_it_is_within_the_notebook(data: st.DataObject) -> None:
    notebook = data.draw(notebooks(min_cells=1))
    index = st.integers(0, len(notebook.cells) - 1)
    selection = select(notebook, data.draw(index), data.draw(index))
    after, _ = apply(notebook, data.draw(edits(notebook)))
    mapped = selection.mapped(notebook, after)
    assert (mapped is None) == (not after.cells)
    if mapped:
        assert len(mapped.indices(after)) >= 1
