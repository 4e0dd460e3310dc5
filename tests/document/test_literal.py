"""Where a literal may begin: what is found with it is what a regular expression finds by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.document.cells import new_cell
from tui.document.found import Found, Searched, found_in
from tui.document.literal import places_of
from tui.document.notebook import CellKind, Notebook
from tui.document.query import Query, pattern_of

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL = new_cell(Notebook(), CellKind.CODE, "").key
LETTERS = st.text("abiksIKSKſİı é1 .q\ud800", max_size=12)


def found(query: Query, text: str) -> Sequence[Found]:
    places = places_of(query.text, match_case=query.match_case)(text)
    return list(found_in(Searched(CELL, None, text), pattern_of(query), places=places))


def found_by_the_expression(query: Query, text: str) -> Sequence[Found]:
    return list(found_in(Searched(CELL, None, text), pattern_of(query)))


@given(LETTERS, LETTERS.filter(bool), LETTERS, st.booleans(), st.booleans(), st.booleans())
def test_all_is_found_that_the_expression_finds(
    before: str, literal: str, behind: str, match_case: bool, whole_word: bool, is_large: bool
) -> None:
    text = before + (literal.swapcase() if is_large else literal) + behind + literal
    query = Query(literal, match_case=match_case, whole_word=whole_word)
    assert found(query, text) == found_by_the_expression(query, text)


@given(st.text("isk", min_size=1, max_size=4), st.text("iskISKKſİı", max_size=8))
def test_letters_that_are_taken_for_others_beyond_ascii_are_found(literal: str, text: str) -> None:
    assert found(Query(literal), text) == found_by_the_expression(Query(literal), text)


@pytest.mark.parametrize("text", ["Aaa aA" * 2_000, "Aaa aA✓" * 2_000])
def test_so_are_very_many_and_those_that_overlap(text: str) -> None:
    for literal in ("a", "aa", "aaa"):
        for match_case in (False, True):
            query = Query(literal, match_case=match_case)
            assert found(query, text) == found_by_the_expression(query, text)


def test_a_text_without_it_is_passed_over() -> None:
    assert places_of("function", match_case=False)("for k in range(3): print(k)") == ()
    assert places_of("Function", match_case=True)("function") == []
    assert places_of("quartz", match_case=False)("✓ ran") == ()
    assert places_of("ran away", match_case=False)("✓ RAN, AWAY") == ()
    assert places_of("ran away", match_case=False)("RAN, AWAY") == []
