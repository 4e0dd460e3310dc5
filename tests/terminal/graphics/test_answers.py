"""What terminals say of themselves, and which way to show pictures follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.graphics.answers import (
    Answers,
    Protocol,
    draws_placeholders,
    draws_sextants,
    may_be_asked,
    protocol_of,
)
from tui.terminal.graphics.cellsize import CellSize


def heard(*sequences: str) -> Answers:
    answers = Answers()
    for sequence in sequences:
        answers = answers.hearing(sequence)
    return answers


@pytest.mark.parametrize(
    ("sequences", "protocol"),
    [
        (["\x1bP>|kitty(0.36.1)\x1b\\", "\x1b[?62;c"], Protocol.KITTY),
        (["\x1bP>|kitty(0.28.0)\x1b\\", "\x1b[?62;c"], Protocol.KITTY),
        (["\x1bP>|kitty(1.0.0)\x1b\\", "\x1b[?62;c"], Protocol.KITTY),
        (["\x1bP>|kitty(0.26.5)\x1b\\", "\x1b[?62;c"], Protocol.NONE),
        (["\x1bP>|ghostty 1.2.0\x1b\\", "\x1b[?62;22c"], Protocol.KITTY),
        (["\x1bP>|WezTerm 20240203\x1b\\", "\x1b[?65;4;6;18;22c"], Protocol.SIXEL),
        (["\x1bP>|foot(1.16.2)\x1b\\", "\x1b[?62;4;22;28c"], Protocol.SIXEL),
        (["\x1bP>|XTerm(379)\x1b\\", "\x1b[?63;1;2;4;6;9;15;16;22;28c"], Protocol.SIXEL),
        (["\x1bP>|XTerm(379)\x1b\\", "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"], Protocol.NONE),
        (["\x1bP>|tmux 3.3a\x1b\\", "\x1b[?1;2c"], Protocol.NONE),
        (["\x1b[?4c"], Protocol.NONE),
        (["\x1b[?62;22;44c"], Protocol.NONE),
        ([], Protocol.NONE),
    ],
)
def test_the_best_way_that_a_terminal_is_known_to_have(sequences: list[str], protocol: Protocol) -> None:
    assert protocol_of(heard(*sequences)) is protocol


def test_a_cell_and_colours_are_what_it_says() -> None:
    answers = heard("\x1b[6;34;17t", "\x1b[?1;0;1024S")

    assert (answers.cell, answers.colors) == (CellSize(17, 34), 1024)
    assert heard("\x1b[6;0;17t").cell is None
    assert heard("\x1b[6;9999;17t").cell is None


def test_the_last_answer_is_told_from_the_others() -> None:
    assert not heard("\x1bP>|kitty(0.36.1)\x1b\\").is_complete
    assert heard("\x1b[?62;c").is_complete


@given(st.text())
def test_anything_else_says_nothing(sequence: str) -> None:
    assert Answers().hearing(sequence) == Answers()
    assert isinstance(draws_placeholders(sequence), bool)


@pytest.mark.parametrize(
    ("environment", "may"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
    ],
)
def test_terminals_that_draw_questions_are_not_asked(environment: dict[str, str], may: bool) -> None:
    assert may_be_asked(environment) is may


def test_terminals_that_depend_on_their_font_get_no_sextants() -> None:
    environment = {"TERM": "xterm-256color"}

    assert draws_sextants("kitty(0.26.5)", environment)
    assert draws_sextants("", environment)
    assert not draws_sextants("XTerm(379)", environment)
    assert not draws_sextants("", {"TERM": "linux"})
