"""The quick look before a search."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui.document.literal import may_hold

LETTERS = st.text("abiksIKSKſİı é1 .q", max_size=12)


@given(LETTERS, LETTERS, LETTERS, st.booleans())
def test_what_a_text_holds_is_never_passed_over(
    before: str, literal: str, behind: str, match_case: bool
) -> None:
    written = before + literal.swapcase() * (not match_case) + literal * match_case + behind
    if re.search(re.escape(literal), written, 0 if match_case else re.IGNORECASE):
        assert may_hold(literal, match_case=match_case)(written)


@given(st.text("isk", min_size=1, max_size=4), st.text("iskISKKſİı", max_size=8))
def test_letters_that_are_taken_for_others_beyond_ascii_are_looked_for_by_the_search(
    literal: str, text: str
) -> None:
    if re.search(literal, text, re.IGNORECASE):
        assert may_hold(literal, match_case=False)(text)


def test_a_text_without_it_is_passed_over() -> None:
    assert not may_hold("function", match_case=False)("for k in range(3): print(k)")
    assert not may_hold("Function", match_case=True)("function")
    assert not may_hold("quartz", match_case=False)("✓ ran")
