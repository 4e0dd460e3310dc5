"""Where the cursor goes, and where it cannot."""

from __future__ import annotations

import pytest

from editing import after, result, state
from tui.view.editor.state import Boundary

FAMILY = "👩‍👩‍👧"


@pytest.mark.parametrize(
    ("commands", "before", "expected"),
    [
        ("left", "ab|c", "a|bc"),
        ("right", "a|bc", "ab|c"),
        ("right", "a|\nb", "a\n|b"),
        ("left", f"a{FAMILY}|b", f"a|{FAMILY}b"),
        ("right", "|e\u0301x", "e\u0301|x"),
        ("right", "|漢字", "漢|字"),
        ("left", "a‹bc|›d", "a|bcd"),
        ("right", "a‹|bc›d", "abc|d"),
        ("word-right", "|foo.bar", "foo|.bar"),
        ("word-right", "foo|  bar_1+", "foo  bar_1|+"),
        ("word-right", "foo|\n  bar", "foo\n  bar|"),
        ("word-left", "foo  == |bar", "foo  |== bar"),
        ("word-left", "naïve e\u0301te\u0301|", "naïve |e\u0301te\u0301"),
        ("word-left", "  |x", "|  x"),
        ("line-end", "a|b\nc", "ab|\nc"),
        ("text-start", "ab\nc|d", "|ab\ncd"),
        ("text-end", "a|b\ncd", "ab\ncd|"),
    ],
)
def test_the_cursor_moves_by_characters_words_and_lines(commands: str, before: str, expected: str) -> None:
    assert after(commands, before) == expected


def test_line_start_goes_to_the_text_of_the_line_and_then_to_its_first_column() -> None:
    assert after("line-start", "    foo|") == "    |foo"
    assert after("line-start", "    |foo") == "|    foo"
    assert after("line-start", "|    foo") == "    |foo"


def test_on_a_wrapped_line_line_start_goes_to_the_start_of_the_row_first() -> None:
    assert after("line-start", "  abcdefg|", width=4) == "  abcdef|g"
    assert after("line-start line-start", "  abcdef|g", width=4) == "|  abcdefg"


def test_line_end_goes_to_the_end_of_the_whole_line() -> None:
    assert after("line-end", "a|bcdefg\nh", width=4) == "abcdefg|\nh"


def test_up_and_down_go_by_rows_of_the_screen() -> None:
    assert after("down", "a|bcdefg", width=4) == "abcde|fg"
    assert after("up", "abcde|fg", width=4) == "a|bcdefg"


def test_up_and_down_keep_the_column_over_shorter_lines() -> None:
    assert after("down down", "abcde|f\nx\nuvwxyz") == "abcdef\nx\nuvwxy|z"
    assert after("down left down", "abcde|f\nx\nuvwxyz") == "abcdef\nx\n|uvwxyz"


def test_the_column_that_is_kept_is_the_one_on_the_screen() -> None:
    assert after("down", "漢字|\nabcdef") == "漢字\nabcd|ef"
    assert after("down", "\t|x\nabcdef") == "\tx\nabcd|ef"


def test_pages_leave_one_row_in_sight_and_stop_at_the_ends() -> None:
    text = "\n".join("abcdefgh")
    assert after("page-down", f"|{text}", page_rows=4) == "a\nb\nc\n|d\ne\nf\ng\nh"
    assert after("page-down page-down page-down", f"|{text}", page_rows=4) == "a\nb\nc\nd\ne\nf\ng\n|h"
    assert after("page-up", f"{text}|", page_rows=99) == "a|\nb\nc\nd\ne\nf\ng\nh"


@pytest.mark.parametrize(
    ("command", "before", "boundary"),
    [
        ("up", "a|b\ncd", Boundary.ABOVE),
        ("page-up", "a|b\ncd", Boundary.ABOVE),
        ("down", "ab\nc|d", Boundary.BELOW),
        ("page-down", "ab\nc|d", Boundary.BELOW),
        ("left", "|ab", Boundary.ABOVE),
        ("right", "ab|", Boundary.BELOW),
        ("up", "|", Boundary.ABOVE),
    ],
)
def test_at_the_end_of_the_text_the_cursor_stays_and_the_boundary_is_told(
    command: str, before: str, boundary: Boundary
) -> None:
    answer = result(command, before)
    assert answer.boundary is boundary
    assert answer.change is None
    assert answer.selection.head == state(before).selection.head


def test_a_row_of_a_wrapped_line_is_no_boundary_while_there_is_another() -> None:
    assert result("down", "ab|cdef", width=4).boundary is None
    assert result("down", "abcde|f", width=4).boundary is Boundary.BELOW


def test_giving_up_a_selection_is_movement_and_no_boundary() -> None:
    assert result("up", "‹ab|›").boundary is None
    assert after("up", "‹ab|›") == "ab|"


@pytest.mark.parametrize(
    ("commands", "before", "expected"),
    [
        ("select-right select-right", "a|bcd", "a‹bc|›d"),
        ("select-left", "a‹|bc›d", "‹|abc›d"),
        ("select-left", "a‹b|›c", "a|bc"),
        ("select-word-left", "foo bar|", "foo ‹|bar›"),
        ("select-word-right", "|foo bar", "‹foo|› bar"),
        ("select-line-start", "  foo|", "  ‹|foo›"),
        ("select-line-end", "a|bc\nd", "a‹bc|›\nd"),
        ("select-down", "a|b\ncd", "a‹b\nc|›d"),
        ("select-up", "ab\nc|d", "a‹|b\nc›d"),
        ("select-page-down", "|a\nb\nc", "‹a\nb\n|›c"),
        ("select-page-up", "a\nb\n|c", "‹|a\nb\n›c"),
        ("select-text-start", "ab\nc|d", "‹|ab\nc›d"),
        ("select-text-end", "a|b\ncd", "a‹b\ncd|›"),
    ],
)
def test_the_same_motions_select(commands: str, before: str, expected: str) -> None:
    assert after(commands, before) == expected


def test_selecting_past_the_first_or_last_row_takes_what_is_left_of_it() -> None:
    assert after("select-down", "ab\nc|de") == "ab\nc‹de|›"
    assert after("select-up", "ab|c\nde") == "‹|ab›c\nde"
    assert result("select-down", "ab\n‹cde|›").boundary is Boundary.BELOW
