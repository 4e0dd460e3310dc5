"""Cells that stand for pieces of a picture, as kitty reads them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.sanitize import clean, visible
from tui.terminal.graphics.placeholders import (
    IDS,
    MARKS,
    MOST,
    PLACEHOLDER,
    Run,
    color_of_number,
    picture_id,
    row_of_cells,
    runs,
    strip_of_cells,
)


def test_the_marks_are_those_of_kittys_list() -> None:
    """`rowcolumn-diacritics.txt`: 297 marks above a letter, in order; nothing is composed of one."""
    assert (MOST, len(set(MARKS))) == (297, 297)
    assert list(MARKS) == sorted(MARKS)
    assert [f"{ord(mark):x}" for mark in (*MARKS[:5], MARKS[60], *MARKS[-3:])] == [
        *("305", "30d", "30e", "310", "312"),
        "616",
        *("1d242", "1d243", "1d244"),
    ]
    for mark in MARKS:
        assert (unicodedata.category(mark), unicodedata.combining(mark)) == ("Mn", 230)
        assert not unicodedata.decomposition(mark)


@given(st.integers(0, IDS - 1), st.integers(0, IDS - 1))
def test_ids_differ_and_say_by_their_lowest_byte_which_colour_the_cells_have(one: int, other: int) -> None:
    assert (picture_id(one) == picture_id(other)) is (one == other)
    assert picture_id(one) & 0xFF == color_of_number(one)
    assert 16 <= color_of_number(one) <= 255
    assert 1 << 24 <= picture_id(one) < 1 << 32
    assert picture_id(one) & 0xFFFF00 == 0


def test_a_cell_is_the_placeholder_with_marks_for_row_column_and_the_highest_byte() -> None:
    picture = 2 << 24 | 42

    assert row_of_cells(picture, 3, 2) == (
        f"{PLACEHOLDER}{MARKS[3]}{MARKS[0]}{MARKS[2]}{PLACEHOLDER}{MARKS[3]}{MARKS[1]}{MARKS[2]}"
    )
    assert cell_len(row_of_cells(picture, 296, 297)) == 297


@given(st.integers(0, IDS - 1), st.integers(0, 99), st.integers(0, 20), st.integers(1, 20))
def test_what_is_left_of_a_row_says_which_cells_of_which_picture_it_is(
    number: int, row: int, first: int, count: int
) -> None:
    picture = picture_id(number)
    cells = row_of_cells(picture, row, 60)[first * 4 : (first + count) * 4]
    before = f"text \x1b[1;38;5;{picture & 0xFF};48;2;1;2;3m"

    assert list(runs(f"{before}{cells}\x1b[0m")) == [
        Run(picture, row, first, count, len(before), len(before) + len(cells))
    ]


@given(st.integers(0, IDS - 1), st.integers(0, 99), st.integers(0, 20), st.integers(1, 20))
def test_cells_of_sixels_say_so_in_any_colour(number: int, row: int, first: int, count: int) -> None:
    picture = picture_id(number)
    cells = strip_of_cells(picture, row, 60)[first * 5 : (first + count) * 5]

    assert cell_len(cells) == count
    for before in ("", "\x1b[38;5;77;48;5;9m", "\x1b[38;2;1;2;3m"):
        assert list(runs(f"{before}{cells}\x1b[0m")) == [
            Run(picture, row, first, count, len(before), len(before) + len(cells))
        ]


def test_text_never_holds_a_placeholder() -> None:
    hostile = f"\x1b[38;5;42m{PLACEHOLDER}{MARKS[0]}{MARKS[0]}"

    assert PLACEHOLDER not in clean(hostile)
    assert PLACEHOLDER not in visible(hostile)
