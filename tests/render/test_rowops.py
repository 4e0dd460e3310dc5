from hypothesis import given
from hypothesis import strategies as st

from tui.render.rowops import crop, marked, pad, plain, row_width, text_row, wrap
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width

STYLES = st.sampled_from([Style(), Style(Role.ERROR), Style(fg=1)])
TEXTS = st.text(st.sampled_from("abc e\u0301漢字👍🏽🇩🇪"), min_size=1)


def rows_of(*pieces: tuple[str, Style]) -> Row:
    return tuple(Span(text, style, cell_width(text)) for text, style in pieces)


ROWS = st.lists(st.tuples(TEXTS, STYLES)).map(lambda pieces: rows_of(*pieces))


def is_measured(row: Row) -> bool:
    return all(span.width == cell_width(span.text) for span in row)


@given(ROWS, st.integers(2, 12))
def test_wrapping_keeps_all_text_in_rows_that_fit(row: Row, width: int) -> None:
    wrapped = wrap(row, width)

    assert "".join(plain(part) for part in wrapped) == plain(row)
    assert all(row_width(part) <= width and is_measured(part) for part in wrapped)


@given(ROWS, st.integers(2, 12))
def test_wrapping_fills_a_row_but_for_half_of_a_wide_character(row: Row, width: int) -> None:
    assert all(row_width(part) >= width - 1 for part in wrap(row, width)[:-1])


@given(ROWS, st.integers(0, 30), st.integers(0, 30))
def test_a_crop_is_as_wide_as_asked_for(row: Row, start: int, length: int) -> None:
    cropped = crop(row, start, start + length)

    assert row_width(cropped) == max(0, min(row_width(row), start + length) - start)
    assert is_measured(cropped)


@given(ROWS, st.integers(0, 30))
def test_two_halves_have_the_styles_of_the_whole_cell_by_cell(row: Row, cut: int) -> None:
    halves = crop(row, 0, cut) + crop(row, cut, row_width(row))

    def cells(part: Row) -> list[Style]:
        return [span.style for span in part for _ in range(span.width)]

    assert cells(halves) == cells(row)


def test_of_a_wide_character_cut_in_two_blanks_remain() -> None:
    assert plain(crop(text_row("漢字漢"), 1, 5)) == " 字 "


def test_padding_fills_up_and_never_cuts() -> None:
    assert plain(pad(text_row("漢"), 4)) == "漢  "
    assert plain(pad(text_row("abcdef"), 4)) == "abcdef"


def test_an_empty_row_wraps_to_itself() -> None:
    assert wrap((), 10) == [()]


def test_a_flag_is_not_cut_in_two() -> None:
    assert [plain(row) for row in wrap(text_row("abc🇩🇪"), 4)] == ["abc", "🇩🇪"]


def test_what_is_marked_is_in_one_colour_up_to_the_width() -> None:
    row = (*text_row("a", Style(Role.ACCENT, bold=True)), *text_row("bc", Style(Role.MUTED, fg=1, bg=2)))
    assert plain(marked(row, 5)) == "abc  "
    assert plain(marked(row, 2)) == "ab"
    assert {
        (each.style.role, each.style.fg, each.style.bg, each.style.reverse) for each in marked(row, 5)
    } == {(Role.TEXT, None, None, True)}
