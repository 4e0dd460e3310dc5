"""The words of a notebook's code, the nearest first."""

from __future__ import annotations

from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.words import words_near


def notebook_of(*sources: str, kind: CellKind = CellKind.CODE) -> Notebook:
    return Notebook(tuple(Cell(new_key(), kind, source) for source in sources))


def test_words_of_the_nearest_cells_come_first_each_once():
    notebook = notebook_of("value_far = 1", "VALUE = value_near", "", "value_next = value_near", "")
    assert words_near(notebook, 4, "val", 0) == ["value_near", "value_next", "VALUE", "value_far"]


def test_what_is_typed_itself_is_no_word():
    assert words_near(notebook_of("alpha", "alpha beta"), 1, "alpha", 0) == []


def test_prose_and_numbers_are_no_words():
    assert words_near(notebook_of("value", kind=CellKind.MARKDOWN), 0, "v", 0) == []
    assert words_near(notebook_of("0x12345 ab"), 0, "", 10) == []


def test_what_is_typed_into_a_word_does_not_go_on_to_that_word():
    assert words_near(notebook_of("aval_0 = avocado"), 0, "a", 1) == ["avocado"]
    assert words_near(notebook_of("aval_0 = aval_0"), 0, "av", 2) == ["aval_0"]
