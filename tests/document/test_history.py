"""What is one step of undo: a word typed, a run of deletions, or a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import text_changes, texts
from tui.document.document import Document
from tui.document.edits import ChangeText
from tui.document.history import History, MergeRule, Place, Transaction, joined
from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key
from tui.document.selection import TextSelection
from tui.document.textchange import TextChange


class Editor:
    """One cell with a cursor, typed into as the controller does."""

    def __init__(self, text: str = "") -> None:
        self.key = new_key()
        self.document = Document(Notebook((Cell(self.key, CellKind.CODE, text),)))
        self.cursor = len(text)

    @property
    def text(self) -> str:
        return self.document.notebook.cells[0].source

    def change(self, change: TextChange, cursor: int, rule: MergeRule = MergeRule.TYPING) -> None:
        before, self.cursor = self.place, cursor
        self.document.perform((ChangeText(self.key, change),), before, self.place, rule)

    @property
    def place(self) -> Place:
        return Place(self.key, TextSelection.at(self.cursor))

    def type(self, text: str) -> None:
        for character in text:
            self.change(TextChange(self.cursor, "", character), self.cursor + 1)

    def backspace(self, count: int = 1) -> None:
        for _ in range(count):
            at = self.cursor - 1
            self.change(TextChange(at, self.text[at], ""), at)

    def delete(self, count: int = 1) -> None:
        for _ in range(count):
            self.change(TextChange(self.cursor, self.text[self.cursor], ""), self.cursor)

    def paste(self, text: str) -> None:
        self.change(TextChange(self.cursor, "", text), self.cursor + len(text), MergeRule.SEPARATE)

    def move_to(self, cursor: int) -> None:
        self.cursor = cursor
        self.document.break_here()

    def undo_all(self) -> list[str]:
        """The texts that undo shows, one after the other."""
        shown: list[str] = []
        while self.document.undo():
            shown.append(self.text)
        return shown


def test_a_word_and_the_space_before_it_are_one_step() -> None:
    editor = Editor()
    editor.type("one two  three")
    assert editor.undo_all() == ["one two", "one", ""]


def test_a_line_break_is_a_step_of_its_own() -> None:
    editor = Editor()
    editor.type("if x:\n    y")
    assert editor.undo_all() == ["if x:\n", "if x:", "if", ""]


def test_typing_over_a_selection_is_one_step_with_what_is_typed_next() -> None:
    editor = Editor("old\nlines")
    editor.change(TextChange(0, "old\nlines", "n"), 1)
    editor.type("ew")
    assert editor.text == "new"
    assert editor.undo_all() == ["old\nlines"]


def test_backspace_and_delete_take_a_word_in_one_step() -> None:
    editor = Editor("one two three")
    editor.backspace(6)
    assert editor.text == "one two"
    editor.move_to(0)
    editor.delete(4)
    assert editor.text == "two"
    assert editor.undo_all() == [" two", "one two", "one two ", "one two three"]


def test_deleting_after_typing_begins_a_step() -> None:
    editor = Editor()
    editor.type("word")
    editor.backspace(2)
    editor.type("k")
    assert editor.undo_all() == ["wo", "word", ""]


def test_moving_the_cursor_away_and_back_begins_a_step() -> None:
    editor = Editor()
    editor.type("ab")
    editor.move_to(0)
    editor.move_to(2)
    editor.type("cd")
    assert editor.undo_all() == ["ab", ""]


def test_typing_elsewhere_begins_a_step() -> None:
    editor = Editor()
    editor.type("ab")
    editor.cursor = 0
    editor.type("cd")
    assert editor.undo_all() == ["ab", ""]


def test_a_paste_is_a_step_of_its_own() -> None:
    editor = Editor()
    editor.type("a")
    editor.paste("b")
    editor.type("c")
    assert editor.undo_all() == ["ab", "a", ""]


def test_what_is_typed_after_undo_begins_a_step() -> None:
    editor = Editor()
    editor.type("one two")
    editor.document.undo()
    editor.move_to(3)
    editor.type("s")
    assert editor.undo_all() == ["one", ""]


def test_what_is_typed_after_a_save_begins_a_step_so_that_undo_comes_back_to_the_saved_text() -> None:
    editor = Editor()
    editor.type("ab")
    editor.document.mark_saved(editor.document.snapshot().revision)
    editor.type("cd")
    editor.document.undo()
    assert editor.text == "ab"
    assert not editor.document.is_modified


def test_results_of_a_run_do_not_break_the_word_being_typed() -> None:
    editor = Editor()
    editor.type("ab")
    editor.document.set_results(editor.key, (), 3)
    editor.type("cd")
    assert editor.undo_all() == [""]


def test_undo_and_redo_say_where_the_cursor_was() -> None:
    editor = Editor("x")
    start = editor.place
    editor.type("yz")
    undone = editor.document.undo()
    redone = editor.document.redo()
    assert undone is not None
    assert redone is not None
    assert (undone.place, redone.place) == (start, editor.place)


def test_typing_in_two_cells_is_two_steps() -> None:
    first, second = (Cell(new_key(), CellKind.CODE, "") for _ in range(2))
    document = Document(Notebook((first, second)))
    for cell in (first, second):
        edit = ChangeText(cell.key, TextChange(0, "", "x"))
        document.perform((edit,), Place(), Place(), MergeRule.TYPING)
    document.undo()
    assert [cell.source for cell in document.notebook.cells] == ["x", ""]


def test_an_empty_history_stays_empty() -> None:
    history = History()
    assert history.undone() is history
    assert history.redone() is history
    assert (history.to_undo, history.to_redo) == (None, None)


def test_a_long_history_costs_no_recursion() -> None:
    history = History()
    transaction = Transaction((), (), Place(), Place(), 1)
    for _ in range(100_000):
        history = history.record(transaction, MergeRule.SEPARATE)
    del transaction
    assert history.to_undo is not None
    del history


def _typed(key: CellKey, change: TextChange) -> Transaction:
    edit = ChangeText(key, change)
    return Transaction((edit,), (ChangeText(key, change.inverse()),), Place(), Place(), 1)


@given(st.data())
def test_two_changes_made_one_have_the_effect_of_both(data: st.DataObject) -> None:
    text = data.draw(texts())
    first = data.draw(text_changes(text))
    between = first.apply(text)
    end = first.start + len(first.inserted)
    second = data.draw(
        st.one_of(
            text_changes(between),
            texts(2).map(lambda more: TextChange(end, "", more)),
            st.just(TextChange(max(end - 1, 0), between[max(end - 1, 0) : end], "")),
            st.just(TextChange(end, between[end : end + 1], "")),
        )
    )
    both = joined(_typed(CellKey(1), first), _typed(CellKey(1), second))
    if both is not None:
        (edit,) = both.edits
        assert isinstance(edit, ChangeText)
        assert edit.change.apply(text) == second.apply(between)
        assert both.inverses == (ChangeText(edit.key, edit.change.inverse()),)


@pytest.mark.parametrize("text", ["one two\n  three", "日本 語\r\nx", "\t\t\n\n a"])
def test_every_word_typed_is_undone_and_done_again(text: str) -> None:
    editor = Editor()
    editor.type(text)
    editor.undo_all()
    assert editor.text == ""
    while editor.document.redo():
        pass
    assert editor.text == text


def test_a_session_is_one_step_wherever_and_whatever_it_changes_until_the_history_breaks() -> None:
    editor = Editor("one two")
    editor.document.break_here()
    for change in (TextChange(7, "", "!\n"), TextChange(0, "one", ""), TextChange(0, "", "1")):
        editor.change(change, change.start, MergeRule.SESSION)
    editor.document.break_here()
    editor.change(TextChange(0, "1", "2"), 1, MergeRule.SESSION)
    assert editor.undo_all() == ["1 two!\n", "one two"]


def test_a_session_comes_back_to_where_it_began() -> None:
    editor = Editor("abc")
    for at in (3, 4):
        editor.change(TextChange(at, "", "x"), at + 1, MergeRule.SESSION)
    travelled = editor.document.undo()
    assert travelled is not None
    assert travelled.place.text == TextSelection.at(3)
