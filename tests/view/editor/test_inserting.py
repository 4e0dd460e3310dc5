"""Typing, pasting and new lines."""

from __future__ import annotations

import pytest

from editing import after, context, marked, state
from tui.render.languages import PYTHON, Language, language_named
from tui.view.editor.inserting import insert_text, paste

JULIA = language_named("julia")
JAVASCRIPT = language_named("javascript")


def typed(text: str, before: str, language: Language = PYTHON) -> str:
    """The state after typing a text, character by character."""
    shown = state(before)
    for character in text:
        shown = insert_text(shown, context(shown, language=language), character).applied(shown.text)
    return marked(shown)


def pasted(text: str, before: str) -> str:
    shown = state(before)
    return marked(paste(shown, context(shown), text).applied(shown.text))


def test_typing_puts_text_at_the_cursor_and_over_a_selection() -> None:
    assert typed("x", "a|b") == "ax|b"
    assert typed("xy", "a‹bc|›d") == "axy|d"


def test_a_typed_mark_joins_the_letter_before() -> None:
    assert typed("\u0301", "e|x") == "e\u0301|x"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_pasting_keeps_indentation_and_makes_every_line_end_a_newline(line_end: str) -> None:
    assert pasted(f"  if x:{line_end}    y", "    |z") == "      if x:\n    y|z"


def test_pasting_replaces_the_selection() -> None:
    assert pasted("xy", "a‹bc|›d") == "axy|d"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("foo|", "foo\n|"),
        ("    foo|", "    foo\n    |"),
        ("if x:|", "if x:\n    |"),
        ("if x:  # why|", "if x:  # why\n    |"),
        ("x = '#:'  # a:|", "x = '#:'  # a:\n|"),
        ("  foo(|a)", "  foo(\n      |a)"),
        ("    return x|", "    return x\n|"),
        ("        pass|", "        pass\n    |"),
        ("    returned = 1|", "    returned = 1\n    |"),
        ("    return [|", "    return [\n        |"),
        ("\tif x:|", "\tif x:\n\t    |"),
        ("ab|  cd", "ab\n|cd"),
        ("  |  x", "  \n  |  x"),
        ("|    x", "\n|    x"),
        ("    a\n    |", "    a\n\n    |"),
        ("a‹b\n  c|› d", "a\n|d"),
    ],
)
def test_a_new_line_in_python_is_as_deep_as_the_code_asks_for(before: str, expected: str) -> None:
    assert after("newline", before) == expected


def test_a_new_line_follows_the_language_of_the_cell() -> None:
    assert after("newline", "for i in x|", language=JULIA) == "for i in x\n    |"
    assert after("newline", "if x y end|", language=JULIA) == "if x y end\n|"
    assert after("newline", "if (x) {|", language=JAVASCRIPT) == "if (x) {\n  |"
    assert after("newline", "if x:|", language=language_named("markdown")) == "if x:\n|"


def test_a_word_that_goes_on_with_a_block_moves_to_where_the_block_began() -> None:
    assert typed("else:", "if x:\n    y\n    |") == "if x:\n    y\nelse:|"
    assert typed("except (A, B):", "try:\n    y\n    |") == "try:\n    y\nexcept (A, B):|"
    assert typed("elif z:", "    if x:\n        y\n        |") == "    if x:\n        y\n    elif z:|"


def test_such_a_word_stays_where_it_is_already_at_its_place() -> None:
    assert typed("else:", "if x:\n    if y:\n        z\n    |") == "if x:\n    if y:\n        z\n    else:|"
    assert typed("else:", "for a in b:\n    if c:\n        return\n    |").endswith("return\n    else:|")


def test_a_word_that_only_begins_like_one_stays() -> None:
    assert typed("elsewhere: int", "if x:\n    y\n    |") == "if x:\n    y\n    elsewhere: int|"


def test_a_closing_bracket_goes_back_to_the_line_that_its_bracket_ends() -> None:
    assert typed("}", "f {\n  x\n  |", JAVASCRIPT) == "f {\n  x\n}|"
    assert typed(")", "def f():\n    g(a,\n    |") == "def f():\n    g(a,\n    )|"


def test_a_word_that_ends_a_block_goes_back_when_its_line_is_done() -> None:
    assert after("newline", "while x\n    y\n    end|", language=JULIA) == "while x\n    y\nend\n|"
