"""What is deleted."""

from __future__ import annotations

import pytest

from editing import after, context, marked, state
from tui.view.editor.deleting import delete_selection


@pytest.mark.parametrize(
    ("commands", "before", "expected"),
    [
        ("delete-left", "ab|c", "a|c"),
        ("delete-left", "a\n|b", "a|b"),
        ("delete-left", "|ab", "|ab"),
        ("delete-left", "e\u0301|", "|"),
        ("delete-left", "x👩‍👩‍👧|y", "x|y"),
        ("delete-right", "a|bc", "a|c"),
        ("delete-right", "a|\nb", "a|b"),
        ("delete-right", "ab|", "ab|"),
        ("delete-right", "|🇯🇵x", "|x"),
        ("delete-word-left", "foo.bar  |x", "foo.|x"),
        ("delete-word-left", "foo\n   |x", "foo\n|x"),
        ("delete-word-left", "foo\n|x", "foo|x"),
        ("delete-word-right", "a|  foo.bar", "a|.bar"),
        ("delete-word-right", "foo|  \nbar", "foo|\nbar"),
        ("delete-word-right", "foo|\nbar", "foo|bar"),
        ("delete-to-line-start", "a\n  fo|o", "a\n|o"),
        ("delete-to-line-start", "a\n|foo", "a|foo"),
        ("delete-to-line-end", "f|oo\nb", "f|\nb"),
        ("delete-to-line-end", "f|\nb", "f|b"),
        ("delete-line", "a\nb|c\nde", "a\nd|e"),
        ("delete-line", "abc\nde|", "ab|c"),
        ("delete-line", "a|bc", "|"),
        ("delete-line", "a\n‹b\nc|›\nd", "a\nd|"),
        ("delete-line", "a\n‹b\n|›c", "a\n|c"),
    ],
)
def test_what_a_command_deletes(commands: str, before: str, expected: str) -> None:
    assert after(commands, before) == expected


@pytest.mark.parametrize(
    "command",
    ["left", "right", "word-left", "word-right", "to-line-start", "to-line-end"],
)
def test_with_a_selection_only_the_selection_goes(command: str) -> None:
    assert after(f"delete-{command}", "a‹b\nc|›d") == "a|d"


def test_in_an_indentation_delete_left_goes_back_to_the_level_before() -> None:
    assert after("delete-left", "        |x") == "    |x"
    assert after("delete-left", "      |x") == "    |x"
    assert after("delete-left", "x   |y") == "x  |y"


def test_when_what_is_left_joins_into_one_grapheme_the_cursor_stands_behind_it() -> None:
    assert after("delete-right", "e|\n\u0301x") == "e\u0301|x"


def test_cutting_deletes_the_selection_and_without_one_nothing() -> None:
    for before, expected in (("a‹bc|›d", "a|d"), ("a|b", "a|b")):
        shown = state(before)
        assert marked(delete_selection(shown, context(shown)).applied(shown.text)) == expected
