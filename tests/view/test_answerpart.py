"""The line of an `input()`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strategies import texts
from tui.render.rowops import row_width
from tui.runs import Asking
from tui.view.answerpart import answer_rows
from viewing import texts_of


def shown(prompt: str, answer: str, width: int = 20, *, password: bool = False) -> list[str]:
    return texts_of(answer_rows(Asking(0.0, prompt, password), answer, width))


def test_the_answer_stands_behind_the_question() -> None:
    assert shown("Name: ", "Ada") == ["? Name: Ada"]


def test_without_a_question_there_is_still_a_sign() -> None:
    assert shown("", "") == ["?"]


def test_every_line_of_a_question_is_shown() -> None:
    assert shown("1 yes\n2 no\n> ", "2") == ["? 1 yes", "  2 no", "  > 2"]


def test_a_long_question_leaves_a_row_for_the_answer() -> None:
    assert shown("How many days?", "7") == ["? How many days?", "  7"]


def test_a_password_is_dots() -> None:
    assert shown("Pass: ", "secret", password=True) == ["? Pass: ••••••"]


def test_of_a_long_answer_the_end_is_in_sight() -> None:
    assert shown("> ", "abcdefghijklmnopqrstuvwxyz") == ["? > …lmnopqrstuvwxyz"]


def test_an_answer_of_wide_characters_is_cut_by_cells() -> None:
    [row] = answer_rows(Asking(0.0, "> ", password=False), "漢字" * 20, 20)
    assert row_width(row) == 20


def test_a_question_of_controls_is_harmless() -> None:
    assert "\x1b" not in "".join(shown("\x1b[2Jname\x07", "x"))


@given(texts(40), texts(40), st.integers(6, 40), st.booleans())
def test_no_row_is_wider_than_there_is_room(prompt: str, answer: str, width: int, password: bool) -> None:
    rows = answer_rows(Asking(0.0, prompt, password), answer, width)
    assert rows
    assert all(row_width(row) <= width for row in rows)
