"""Brackets and quotes that close, are typed over, and are deleted together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing import context, marked, state
from tui.render.languages import PYTHON, Language, language_named
from tui.view.editor.brackets import break_pair, delete_pair, matching, type_text


def typed(text: str, before: str, language: Language = PYTHON) -> str:
    shown = state(before)
    for character in text:
        shown = type_text(shown, context(shown, language=language), character).applied(shown.text)
    return marked(shown)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("(", "print|", "print(|)"),
        ("(", "|value", "(|value"),
        ("(", "f(|)", "f((|))"),
        ("(", "f(|))", "f((|))"),
        ("()", "f|", "f()|"),
        (")", "f((|)", "f(()|)"),
        (")", "f(|)", "f()|"),
        ("[{", "|", "[{|}]"),
        ("(", "# see |", "# see (|"),
        ("(", '"a|', '"a(|'),
        ('"', "|", '"|"'),
        ('"', "f|", 'f"|"'),
        ('"', "if|f", 'if"|f'),
        ("'", "don|", "don'|"),
        ("'", "# don|", "# don'|"),
        ('""', "|", '""|'),
        ('"""', "|", '"""|"""'),
        ('"""a"""', "|", '"""a"""|'),
        ('"a"', "x = |", 'x = "a"|'),
        ("(", "a ‹b|› c", "a (‹b|›) c"),
        ('"', "‹b|›", '"‹b|›"'),
        ("}", "if x {\n    |\n}", "if x {\n}|\n}"),
    ],
)
def test_what_is_typed_closes_itself_where_something_new_begins(text: str, before: str, after: str):
    assert typed(text, before) == after


def test_an_apostrophe_is_no_quote_in_prose_nor_in_lisp():
    assert typed("'", "|", language_named("markdown")) == "'|"
    assert typed("'(", "|", language_named("scheme")) == "'(|)"


@pytest.mark.parametrize(
    ("before", "after"), [("f(|)", "f|"), ('"|"', "|"), ("(|]", None), ("(a|)", None), ("|()", None)]
)
def test_an_empty_pair_is_deleted_as_one(before: str, after: str | None):
    shown = state(before)
    result = delete_pair(shown)
    assert (None if result is None else marked(result.applied(shown.text))) == after


def test_a_line_within_an_empty_pair_moves_the_half_that_closes_it_below():
    shown = state("    f(|)")
    result = break_pair(shown, context(shown))
    assert result is not None
    assert marked(result.applied(shown.text)) == "    f(\n        |\n    )"
    assert break_pair(state("f(a|)"), context(state("f(a|)"))) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("|(a)", (0, 2)),
        ("(a)|", (0, 2)),
        ("f(')', |[1])", (7, 9)),
        ("f('(', [1])|", (1, 10)),
        ("(|", None),
        ("a|b", None),
        ("(]|", None),
    ],
)
def test_the_other_half_of_a_bracket_is_found_past_strings(text: str, pair: tuple[int, int] | None):
    shown = state(text)
    assert matching(shown.text, shown.selection.head) == pair


@given(st.text("()[]{}'\"ab \n#\\", max_size=30), st.integers(0, 30), st.sampled_from("()[]{}'\"a"))
def test_whatever_is_typed_stands_before_the_cursor_then(text: str, head: int, character: str):
    shown = state(text[:head] + "|" + text[head:])
    result = type_text(shown, context(shown), character)
    after = result.applied(shown.text)
    assert after.text[: after.selection.head].endswith(character)
    assert len(after.text) - len(text) in (-3, -2, -1, 0, 1, 2, 4)
    matching(after.text, after.selection.head)
