from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render.width import Grapheme, cell_width, graphemes, is_single_cells, without_piles

AWKWARD = st.text(st.sampled_from("ae\u0301漢字👍🏽👩💻\u200d\ufe0f☂#\u20e3🇩🇪\u0300\x00 "))


@given(st.text() | AWKWARD)
def test_width_is_what_the_compositor_measures(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(st.text() | AWKWARD)
def test_graphemes_cover_the_text_and_their_widths_add_up(text: str) -> None:
    found = graphemes(text)

    assert "".join(text[start:end] for start, end, _ in found) == text
    assert all(before.end == after.start for before, after in pairwise(found))
    assert sum(grapheme.width for grapheme in found) == cell_width(text)


def test_every_character_told_to_be_one_cell_is() -> None:
    assert {cell_len(chr(code)) for code in range(0x110000) if is_single_cells(chr(code))} == {1}


@given(AWKWARD)
def test_only_a_text_without_any_width_has_a_grapheme_without(text: str) -> None:
    widths = [grapheme.width for grapheme in graphemes(text)]

    assert 0 not in widths or widths == [0]


@pytest.mark.parametrize(
    "one", ["a", "e\u0301", "漢", "👍🏽", "👩\u200d💻", "☂\ufe0f", "1\ufe0f\u20e3", "🇩🇪"]
)
def test_what_looks_like_one_character_is_one(one: str) -> None:
    assert [grapheme[:2] for grapheme in graphemes(f"x{one}y")] == [
        (0, 1),
        (1, 1 + len(one)),
        (1 + len(one), 2 + len(one)),
    ]


def test_a_mark_at_the_beginning_belongs_to_what_follows() -> None:
    assert graphemes("\u0301ab") == [Grapheme(0, 2, 1), Grapheme(2, 3, 1)]


@given(st.text() | AWKWARD, st.integers(0, 100), st.text() | AWKWARD)
def test_a_pile_of_marks_is_sent_only_in_part_and_takes_as_many_cells(
    before: str, count: int, after: str
) -> None:
    text = before + "e" + "\u0301" * count + "\u200d👩" + "\ufe0f" * count + after
    width = cell_width(text)
    sent = without_piles(text, width)
    assert cell_width(sent) == width
    assert len(sent) <= 32 * max(1, width)
    if len(text) <= width:
        assert sent == text
