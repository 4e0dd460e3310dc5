"""What a query matches, and what a replacement makes of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.document.query import Query, QueryError, pattern_of, template_of


def matches(query: Query, text: str) -> list[str]:
    return [found.group() for found in pattern_of(query).finditer(text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        (Query("a.b"), "a.b axb A.B", ["a.b", "A.B"]),
        (Query("a.b", match_case=True), "a.b A.B", ["a.b"]),
        (Query("x", whole_word=True), "x xx x1 _x (x)", ["x", "x"]),
        (Query("+=", whole_word=True), "a += 1", ["+="]),
        (Query("a|b", whole_word=True, is_regex=True), "a ab b", ["a", "b"]),
        (Query("^x", is_regex=True), "x\nx", ["x", "x"]),
        (Query("straße"), "STRASSE Straße", ["Straße"]),
    ],
)
def test_what_it_finds(query: Query, text: str, found: list[str]) -> None:
    assert matches(query, text) == found


@given(st.text(min_size=1), st.text(), st.text())
def test_what_is_no_expression_is_found_as_it_is(text: str, before: str, after: str) -> None:
    assert pattern_of(Query(text, match_case=True)).search(before + text + after) is not None


@pytest.mark.parametrize("text", ["(", "[a", "*", "(?P<a>", "a{2,1}", "\\"])
def test_what_is_no_expression_either_says_why(text: str) -> None:
    with pytest.raises(QueryError, match="no regular expression"):
        pattern_of(Query(text, is_regex=True))


@pytest.mark.parametrize(
    ("replacement", "made"),
    [
        (r"\1-\2", "b-a"),
        ("$1-$2", "b-a"),
        ("${two}", "a"),
        ("$&!", "ba!"),
        ("$$1", "$1"),
        (r"\g<0>", "ba"),
        ("x", "x"),
    ],
)
def test_groups_are_written_as_python_or_as_javascript_has_them(replacement: str, made: str) -> None:
    query = Query("(b)(?P<two>a)", is_regex=True)
    template = template_of(query, replacement)
    match = pattern_of(query).search("ba")
    assert match is not None
    assert match.expand(template) == made


@pytest.mark.parametrize("replacement", [r"\3", "$3", "${no}", r"\q"])
def test_a_group_that_there_is_not_says_so(replacement: str) -> None:
    with pytest.raises(QueryError, match="the replacement"):
        template_of(Query("(b)(?P<two>a)", is_regex=True), replacement)


@given(st.text())
def test_in_the_place_of_plain_text_comes_the_replacement_as_it_is(replacement: str) -> None:
    template = template_of(Query("x"), replacement)
    assert re.sub("x", template, "x") == replacement
