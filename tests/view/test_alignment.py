"""What is sent to terminals that measure emoji and some scripts otherwise than we do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.width import cell_width
from tui.view.alignment import aligned

FAMILY, HEART, FLAG, THUMB, HINDI = "👩‍👩‍👧‍👦", "❤️", "🇩🇪", "👍🏽", "हिन्दी"
AGREED = ["plain", "漢字", "e\u0301", "😀", "עברית", "→…·", "ภาษา"]
TEXT = st.lists(st.sampled_from([FAMILY, HEART, FLAG, THUMB, HINDI, "1️⃣", " ", *AGREED])).map("".join)
MOVE = re.compile(r"\x1b\[(\d+);(\d+)H|([^\x1b])")


def shown(sent: str, width_of: dict[str, int]) -> dict[tuple[int, int], str]:
    """The cells of a terminal that knows no sequences: each code point for itself, as wide as it is told."""
    cells: dict[tuple[int, int], str] = {}
    row = column = 1
    for move in MOVE.finditer(sent):
        if move[3] is None:
            row, column = int(move[1]), int(move[2])
            continue
        for cell in range(width_of.get(move[3], cell_width(move[3]))):
            cells[row, column + cell] = move[3]
        column += width_of.get(move[3], cell_width(move[3]))
    return cells


@pytest.mark.parametrize("doubtful", [FAMILY, HEART, THUMB])
def test_what_stands_behind_a_doubtful_sequence_is_where_we_think_it_is(doubtful: str) -> None:
    cells = shown(aligned(f"\x1b[3;5Hab{doubtful}|end"), {})

    assert cells[3, 7 + cell_width(doubtful)] == "|"
    assert "".join(cells[3, 8 + cell_width(doubtful) + at] for at in range(3)) == "end"


def test_a_sequence_that_a_terminal_takes_for_narrower_leaves_a_blank() -> None:
    assert shown(aligned(f"\x1b[1;1H{HEART}|"), {}) == {(1, 1): "❤", (1, 2): " ", (1, 3): "|"}


def test_frames_in_lines_and_colours_go_through() -> None:
    sent = aligned(f"\x1b[2;1H\x1b[31mab\x1b[0m\r\n\x1b]8;id=1;https://a.b\x1b\\x\x1b]8;;\x1b\\{HEART}|")

    assert sent == (
        "\x1b[2;1H\x1b[31mab\x1b[0m\r\n\x1b]8;id=1;https://a.b\x1b\\x\x1b]8;;\x1b\\"
        f"  \x1b[3;2H{HEART}\x1b[3;4H|"
    )


@pytest.mark.parametrize("text", AGREED)
def test_what_all_terminals_measure_alike_is_sent_as_it_is(text: str) -> None:
    assert aligned(f"\x1b[1;1H{text}") == f"\x1b[1;1H{text}"


@given(TEXT, st.integers(1, 50), st.integers(1, 200))
def test_nothing_is_added_but_blanks_and_places(text: str, row: int, column: int) -> None:
    sent = aligned(f"\x1b[{row};{column}H{text}")

    assert re.sub(r" *\x1b\[\d+;\d+H", "", sent).replace(" ", "") == text.replace(" ", "")
    places = [(int(at[1]), int(at[2])) for at in re.finditer(r"\x1b\[(\d+);(\d+)H", sent)]
    assert all(at[0] == row and column <= at[1] <= column + cell_width(text) for at in places)
