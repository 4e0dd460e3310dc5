"""The line at the bottom keeps what one must know to go on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.rowops import plain, row_width
from tui.widgets.hintline import Question, bottom_row

ANSWERS = {"s": "save and quit", "d": "discard and quit"}


@pytest.mark.parametrize("name", ["a.ipynb", "n" * 240 + ".ipynb"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_answers_to_a_question_stay_in_sight_however_long_it_is(name: str, width: int) -> None:
    line = plain(bottom_row(Question(f"Save {name} before leaving?", ANSWERS), width))
    assert line.startswith(f" Save {name}"[:20])
    for answer in ("s save and quit", "d discard and quit", "esc back"):
        assert answer in line


@given(st.text(), st.integers(min_value=1, max_value=200))
def test_a_question_is_never_wider_than_the_terminal(text: str, width: int) -> None:
    assert row_width(bottom_row(Question(text, ANSWERS), width)) <= width
