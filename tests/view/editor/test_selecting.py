"""Selections made whole, and with the pointer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editing import after, context, marked, state
from tui.view.editor import selecting
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def pointed(pointing: Callable[..., EditorResult], before: str, *offsets: int) -> str:
    """The state after the pointer was used at offsets."""
    shown = state(before)
    where: tuple[EditorState, EditorContext] = (shown, context(shown))
    return marked(pointing(*where, *offsets).applied(shown.text))


def test_select_all() -> None:
    assert after("select-all", "a\n|b") == "‹a\nb|›"


def test_select_line_takes_the_newline_and_again_one_line_more() -> None:
    assert after("select-line", "a|b\nc\nd") == "‹ab\n|›c\nd"
    assert after("select-line select-line", "a|b\nc\nd") == "‹ab\nc\n|›d"


def test_the_selected_text_is_what_copying_takes() -> None:
    assert state("a‹b\n漢|›c").selected_text == "b\n漢"


def test_a_click_puts_the_cursor_and_a_drag_selects_from_there() -> None:
    assert pointed(selecting.click, "‹ab|›cd", 3) == "abc|d"
    assert pointed(selecting.drag, "abc|d", 1) == "a‹|bc›d"


def test_a_click_inside_a_grapheme_is_before_it() -> None:
    assert pointed(selecting.click, "|👩‍👩‍👧", 2) == "|👩‍👩‍👧"


@pytest.mark.parametrize(
    ("before", "offset", "expected"),
    [
        ("|foo.bar_2(x)", 5, "foo.‹bar_2|›(x)"),
        ("|foo == bar", 5, "foo ‹==|› bar"),
        ("|foo\nbar", 3, "‹foo|›\nbar"),
        ("|a  \n b", 2, "a‹  |›\n b"),
        ("|a\n\nb", 2, "a\n|\nb"),
        ("|日本語 x", 1, "‹日本語|› x"),
    ],
)
def test_a_double_click_selects_the_word_within_the_line(before: str, offset: int, expected: str) -> None:
    assert pointed(selecting.double_click, before, offset) == expected


def test_a_triple_click_selects_the_line_with_its_newline() -> None:
    assert pointed(selecting.triple_click, "ab|\ncd\ne", 4) == "ab\n‹cd\n|›e"
    assert pointed(selecting.triple_click, "ab\n|cd", 4) == "ab\n‹cd|›"


def test_dragging_after_a_double_or_triple_click_goes_by_words_or_lines() -> None:
    assert pointed(selecting.drag_words, "|one two three", 5, 9) == "one ‹two three|›"
    assert pointed(selecting.drag_words, "|one two three", 5, 1) == "‹|one two› three"
    assert pointed(selecting.drag_lines, "|a\nb\nc", 2, 0) == "‹|a\nb\n›c"


def test_the_word_at_the_cursor_or_at_an_offset() -> None:
    shown = state("foo.ba|r")
    assert selecting.word_at(shown, context(shown)) == "bar"
    assert selecting.word_at(shown, context(shown), 1) == "foo"
