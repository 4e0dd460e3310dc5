"""Several cursors: what a command does at one it does at each."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from editing import context
from tui.document.selection import TextSelection
from tui.view.editor.commands import COMMANDS
from tui.view.editor.inserting import insert_text
from tui.view.editor.layout import TextLayout
from tui.view.editor.multiple import on_each, places_of, with_next
from tui.view.editor.state import EditorState


def at(*places: int | tuple[int, int]) -> list[TextSelection]:
    return [TextSelection.at(each) if isinstance(each, int) else TextSelection(*each) for each in places]


def after(command: str, text: str, *places: int | tuple[int, int]) -> tuple[str, list[tuple[int, int]]]:
    selections = at(*places)
    result = on_each(
        COMMANDS[f"editor.{command}"], text, selections, context(EditorState(text, selections[0]))
    )
    made = text if result.change is None else result.change.apply(text)
    return made, [(each.anchor, each.head) for each in result.selections]


def test_text_is_typed_at_each():
    text, selections = "one\none\n", at((4, 7), (0, 3))
    typing = partial(lambda state, where, what: insert_text(state, where, what), what="two")
    result = on_each(typing, text, selections, context(EditorState(text, selections[0])))
    assert result.change is not None
    assert result.change.apply(text) == "two\ntwo\n"
    assert [each.head for each in result.selections] == [7, 3]


def test_text_is_deleted_at_each():
    assert after("delete-left", "ab\nab", 5, 2) == ("a\na", [(3, 3), (1, 1)])


def test_cursors_on_one_line_do_to_it_once_what_is_done_to_lines():
    assert after("toggle-comment", "a b\nc", 0, 2)[0] == "# a b\nc"
    assert after("delete-line", "ab\ncd", 0, 1)[0] == "cd"


def test_cursors_that_meet_are_one():
    assert after("text-start", "ab\nab", 1, 4) == ("ab\nab", [(0, 0)])


def test_the_next_place_of_a_word_is_selected_round_about():
    layout = TextLayout.of("one ones one\none", 0)
    selections = with_next(layout, at(1))
    assert selections == (TextSelection(0, 3),)
    selections = with_next(layout, with_next(layout, selections))
    assert selections == (TextSelection(13, 16), TextSelection(9, 12), TextSelection(0, 3))
    assert with_next(layout, selections) == selections


def test_a_part_of_a_word_is_found_in_words():
    layout = TextLayout.of("ones tones", 0)
    assert places_of(layout, TextSelection(0, 3)) == [TextSelection(0, 3), TextSelection(6, 9)]


@given(
    st.text("ab (\n", min_size=1, max_size=40),
    st.lists(st.integers(0, 40), min_size=1, max_size=5),
    st.sampled_from(sorted(COMMANDS)),
)
def test_selections_stay_in_the_text_whatever_is_done(text: str, heads: list[int], command: str):
    selections = at(*(min(head, len(text)) for head in heads))
    result = on_each(COMMANDS[command], text, selections, context(EditorState(text, selections[0])))
    made = text if result.change is None else result.change.apply(text)
    assert result.selections
    assert all(0 <= each.start <= each.end <= len(made) for each in result.selections)
