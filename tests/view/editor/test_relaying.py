"""A change in a long line measures little of it, and gives what measuring all of it would."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.view.editor.lines import Line, MeasuredLine, lay_line
from tui.view.editor.relaying import relaid

PIECES = [
    "a", "word ", "漢字", "e\u0301", "\u0301", "👩‍👩‍👧‍👦", "👩", "\u200d", "❤️", "\ufe0f", "🇩🇪", "🇩", "👍🏽",
    "🏽", "\t", "हिन्दी", "\u1112", "\u1161", "\r", "\u202e", "😀" * 30, "1️⃣", "\u200b",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
WIDTHS = st.sampled_from([0, 4, 7, 20])


def measures(laid: Line, length: int) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Borders, columns and rows, however the line is held."""
    return (
        [laid.border_at(index) for index in range(length + 1)],
        [laid.columns(index) for index in range(length + 1)],
        [laid.row_span(row) for row in range(laid.row_count)],
    )


@given(TEXT, TEXT, TEXT, TEXT, WIDTHS)
@example("", "🇩", "", "🇪" * 9 + "a", 0)
@example("a", "", "👩\u200d", "👩b" + "c" * 80, 7)
@example("a\tb", "xx", "y", "c\td" + "e" * 100, 4)
def test_it_is_what_laying_the_line_out_whole_gives(
    before: str, removed: str, inserted: str, behind: str, width: int
) -> None:
    old = lay_line(before + removed + behind, width)
    line = before + inserted + behind
    laid = relaid(old, len(before), len(removed), len(inserted), line, width)

    assert measures(laid, len(line)) == measures(lay_line(line, width), len(line))


@pytest.mark.parametrize("part", ["ab 👩🏽 cd 😀 ", "e\u0301a b c ", "😀👩🏽"])
def test_a_key_in_a_long_line_costs_a_small_part_of_measuring_it(part: str) -> None:
    line = part * (200_000 // len(part))
    began = time.thread_time()
    laid = lay_line(line, 72)
    whole = time.thread_time() - began
    at = len(line) // 2
    began = time.thread_time()
    relaid(laid, at, 0, 1, f"{line[:at]}x{line[at:]}", 72)

    assert isinstance(laid, MeasuredLine)
    assert time.thread_time() - began < whole / 4
