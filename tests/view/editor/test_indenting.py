"""Tab and shift+tab."""

from __future__ import annotations

import pytest

from editing import after, context, state
from tui.render.languages import language_named
from tui.view.editor.indenting import is_in_indentation, selects_lines

GO = language_named("go")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("|x", "    |x"),
        ("  |x", "    |x"),
        ("abcde|", "abcde   |"),
        ("漢|", "漢  |"),
        ("a‹b|›c", "a   |c"),
        ("‹ab|›", "‹    ab|›"),
        ("‹a\n\n  b|›\nc", "‹    a\n\n      b|›\nc"),
        ("‹a\n|›b", "‹    a\n|›b"),
    ],
)
def test_indent_goes_to_the_next_stop_or_takes_selected_lines_deeper(before: str, expected: str) -> None:
    assert after("indent", before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("    x|", "x|"),
        ("      x|", "    x|"),
        ("  |x", "|x"),
        ("\t\tx|", "\tx|"),
        ("|x", "|x"),
        ("    ‹a\n  b\nc|›", "‹a\nb\nc|›"),
        ("   | x", "|x"),
    ],
)
def test_dedent_takes_lines_a_level_back(before: str, expected: str) -> None:
    assert after("dedent", before) == expected


def test_a_language_of_tabs_is_indented_with_tabs() -> None:
    assert after("indent", "a|", language=GO) == "a\t|"
    assert after("indent indent", "‹a\nb|›", language=GO) == "‹\t\ta\n\t\tb|›"
    assert after("dedent", "\t    |x", language=GO) == "\t|x"


def test_a_selection_of_lines_reaches_over_a_newline_or_covers_a_line() -> None:
    for marked, expected in (("‹ab|›\nc", True), ("a‹b\n|›c", True), ("‹a|›b", False), ("|", False)):
        shown = state(marked)
        assert selects_lines(shown, context(shown)) is expected


def test_the_cursor_is_in_the_indentation_while_only_space_is_before_it() -> None:
    for marked, expected in (("  |  x", True), ("|x", True), ("x |", False), ("x\n\t|", True)):
        shown = state(marked)
        assert is_in_indentation(shown, context(shown)) is expected
