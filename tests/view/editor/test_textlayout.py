"""Where a text lies in terminal cells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import text_changes, texts
from tui.document.textchange import TextChange
from tui.render.width import cell_width, graphemes
from tui.sanitize import visible
from tui.view.editor.layout import TextLayout
from tui.view.editor.measuring import measured

FAMILY = "👩‍👩‍👧"
widths = st.sampled_from((0, 4, 5, 8, 20))


def rows(text: str, width: int) -> list[str]:
    layout = TextLayout.of(text, width)
    return ["".join(piece.text for piece in layout.row_text(row)) for row in range(layout.row_count)]


def borders(layout: TextLayout) -> list[int]:
    """Every grapheme border of the text, in order."""
    found = [0]
    while found[-1] < len(layout.text):
        found.append(layout.border_after(found[-1]))
    return found


def test_the_empty_text_is_one_empty_line_on_one_row() -> None:
    layout = TextLayout.of("", 10)
    assert (layout.line_count, layout.row_count) == (1, 1)
    assert layout.line_span(0) == layout.row_span(0) == (0, 0)
    assert layout.row_text(0) == []
    assert layout.position(0) == (0, 0)


def test_lines_wrap_at_the_width() -> None:
    assert rows("abcdefghij\nxy", 4) == ["abcd", "efgh", "ij", "xy"]


def test_width_0_does_not_wrap() -> None:
    assert rows("abcdefghij\nxy", 0) == ["abcdefghij", "xy"]


def test_a_wide_character_is_not_cut_by_the_edge() -> None:
    assert rows("abc漢字", 4) == ["abc", "漢字"]


def test_an_offset_at_a_wrap_belongs_to_the_lower_row() -> None:
    assert TextLayout.of("abcdef", 4).position(4) == (1, 0)


@pytest.mark.parametrize("line", ["abcd", "漢字", "a漢b"])
def test_at_the_end_of_a_full_row_the_cursor_stands_right_of_it(line: str) -> None:
    layout = TextLayout.of(f"{line}\nx", 4)
    assert layout.row_count == 2
    assert layout.position(len(line)) == (0, 4)
    assert layout.offset_at(0, 4) == len(line)


def test_right_of_a_row_that_goes_on_is_the_place_before_its_last_character() -> None:
    layout = TextLayout.of("abcdef", 4)
    assert layout.offset_at(0, 99) == 3
    assert layout.offset_at(1, 99) == 6


def test_tabs_reach_the_stops_of_the_line() -> None:
    assert rows("\ta\tbcd\te", 0) == ["    a   bcd e"]


def test_a_click_in_the_left_half_of_a_tab_is_before_it_and_in_the_right_half_behind() -> None:
    layout = TextLayout.of("\tx", 0)
    assert [layout.offset_at(0, column) for column in range(5)] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize("grapheme", [FAMILY, "e\u0301", "漢", "👍🏽", "❤️", "🇯🇵"])
def test_a_grapheme_is_one_place(grapheme: str) -> None:
    layout = TextLayout.of(f"a{grapheme}b", 0)
    assert borders(layout) == [0, 1, 1 + len(grapheme), 2 + len(grapheme)]
    assert layout.position(1 + len(grapheme)) == (0, 1 + cell_width(grapheme))


def test_an_offset_inside_a_grapheme_is_drawn_where_it_begins() -> None:
    layout = TextLayout.of(f"a{FAMILY}", 0)
    assert layout.position(3) == (0, 1)


def test_controls_and_line_breaks_other_than_newline_take_one_cell() -> None:
    assert rows("a\rb\u2028c\x1bd", 0) == ["a␍b\ufffdc␛d"]


def test_a_mark_with_nothing_to_stand_on_gets_a_cell() -> None:
    assert rows("\u0301", 0) == ["◌"]


def test_places_outside_the_text_give_the_nearest_in_it() -> None:
    layout = TextLayout.of("ab\ncd", 0)
    assert layout.offset_at(-3, -3) == 0
    assert layout.offset_at(99, 99) == 5
    assert layout.position(99) == (1, 2)


def test_a_line_or_row_that_is_not_there_is_an_index_error() -> None:
    layout = TextLayout.of("ab", 0)
    for ask in (
        layout.line_span,
        layout.first_row_of_line,
        layout.row_span,
        layout.row_text,
        layout.line_of_row,
        layout.place_of_row,
    ):
        for number in (-1, 1):
            with pytest.raises(IndexError):
                ask(number)


def test_a_change_that_does_not_lead_to_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not what the change makes"):
        TextLayout.of("ab", 0).changed(TextChange(0, "", "x"), "ab")


@given(texts(), widths)
def test_position_and_offset_are_each_others_inverse(text: str, width: int) -> None:
    layout = TextLayout.of(text, width)
    positions = [layout.position(offset) for offset in borders(layout)]
    assert [layout.offset_at(*position) for position in positions] == borders(layout)
    assert positions == sorted(set(positions))


@given(texts(), widths)
def test_only_at_the_end_of_a_line_is_the_cursor_right_of_the_width(text: str, width: int) -> None:
    layout = TextLayout.of(text, width)
    if width:
        right = [offset for offset in borders(layout) if layout.position(offset)[1] >= width]
        assert all(layout.position(offset)[1] == width for offset in right)
        assert all(offset == layout.line_span(layout.line_of_offset(offset))[1] for offset in right)


@given(texts(), st.sampled_from((4, 5, 8, 20)))
def test_no_row_is_empty_but_that_of_an_empty_line(text: str, width: int) -> None:
    layout = TextLayout.of(text, width)
    for row in range(layout.row_count):
        assert layout.row_text(row) or not layout.line_text(layout.line_of_row(row))


def test_lines_that_a_change_does_not_touch_stay_the_same_objects() -> None:
    layout = TextLayout.of("one\ntwo\nthree", 8)
    changed = layout.changed(TextChange(4, "t", "\n"), "one\n\nwo\nthree")
    assert changed.place_of_row(0).laid is layout.place_of_row(0).laid
    assert changed.place_of_row(3).laid is layout.place_of_row(2).laid


@given(texts(), widths, st.integers(0, 30), st.integers(0, 30))
def test_offset_at_gives_a_place_on_the_row_that_was_asked_for(
    text: str, width: int, row: int, column: int
) -> None:
    layout = TextLayout.of(text, width)
    row = min(row, layout.row_count - 1)
    assert layout.position(layout.offset_at(row, column))[0] == row


@given(texts(), widths)
def test_rows_show_all_of_the_text_within_the_width_and_nothing_else(text: str, width: int) -> None:
    layout = TextLayout.of(text, width)
    shown: list[int] = []
    for row in range(layout.row_count):
        pieces = layout.row_text(row)
        shown += [offset for piece in pieces for offset in range(piece.start, piece.end)]
        for piece in pieces:
            assert cell_width(piece.text) == piece.width
            assert visible(piece.text) == piece.text
            assert layout.position(piece.start)[0] == row
        assert not width or sum(piece.width for piece in pieces) <= width
    assert shown == [offset for offset, character in enumerate(text) if character != "\n"]


@given(texts(), widths)
def test_lines_and_rows_agree(text: str, width: int) -> None:
    layout = TextLayout.of(text, width)
    assert [layout.line_text(line) for line in range(layout.line_count)] == text.split("\n")
    for row in range(layout.row_count):
        start, end = layout.row_span(row)
        line = layout.line_of_row(row)
        assert layout.line_of_offset(start) == layout.line_of_offset(end) == line
        assert layout.first_row_of_line(line) <= row


@given(texts().map(lambda text: text.replace("\n", "").replace("\t", "")))
def test_the_fast_way_to_measure_finds_the_graphemes_of_the_slow_one(line: str) -> None:
    slow = graphemes(visible(line))
    starts, columns = measured(line)
    assert list(starts) == [*(grapheme.start for grapheme in slow), len(line)]
    assert [right - left for left, right in pairwise(columns)] == [
        max(grapheme.width, 1) for grapheme in slow
    ]


def test_characters_that_are_measured_by_range_have_that_width() -> None:
    for code in range(0x10000):
        character = chr(code)
        if character not in "\n\t":
            assert measured(character)[1][-1] == max(cell_width(visible(character)), 1)


@given(st.data(), texts(30), widths)
def test_changing_a_layout_gives_what_laying_out_anew_gives(
    data: st.DataObject, text: str, width: int
) -> None:
    layout = TextLayout.of(text, width)
    for _ in range(3):
        change = data.draw(text_changes(layout.text))
        layout = layout.changed(change, change.apply(layout.text))
    assert_same(layout, TextLayout.of(layout.text, width))


@settings(max_examples=15)
@given(st.data())
def test_changing_a_long_text_crosses_blocks_rightly(data: st.DataObject) -> None:
    layout = TextLayout.of("\n".join(f"line {number} é漢" for number in range(600)), 8)
    for _ in range(4):
        start = data.draw(st.integers(0, len(layout.text)))
        end = min(len(layout.text), start + data.draw(st.sampled_from((0, 1, 50, 3000))))
        inserted = data.draw(st.sampled_from(("", "x", "\n", "one\ntwo", "line\n" * 200)))
        change = TextChange(start, layout.text[start:end], inserted)
        layout = layout.changed(change, change.apply(layout.text))
    assert_same(layout, TextLayout.of(layout.text, 8))


def assert_same(layout: TextLayout, fresh: TextLayout) -> None:
    assert (layout.line_count, layout.row_count) == (fresh.line_count, fresh.row_count)
    for line in range(fresh.line_count):
        assert layout.line_span(line) == fresh.line_span(line)
        assert layout.first_row_of_line(line) == fresh.first_row_of_line(line)
    for row in range(fresh.row_count):
        assert layout.row_span(row) == fresh.row_span(row)
        assert layout.row_text(row) == fresh.row_text(row)
