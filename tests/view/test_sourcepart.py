"""A source as coloured rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strategies import text_changes, texts
from tui.render.languages import PLAIN, PYTHON
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row
from tui.view.sourcepart import SourcePart


def part(text: str, width: int = 20, *, numbered: bool = False) -> SourcePart:
    return SourcePart(text, PYTHON, width, numbered=numbered)


def rows(source: SourcePart) -> list[Row]:
    return [source.row(index) for index in range(source.height)]


def shown(source: SourcePart) -> list[str]:
    return [plain(row) for row in rows(source)]


def test_lines_become_rows_and_long_ones_wrap() -> None:
    assert shown(part("ab = 1\nlonger_than_that", 10)) == ["ab = 1", "longer_tha", "n_that"]


def test_a_line_that_just_fits_takes_one_row() -> None:
    assert shown(part("x" * 10 + "\ny", 10)) == ["x" * 10, "y"]


def test_an_empty_source_is_one_empty_row() -> None:
    assert shown(part("")) == [""]


def test_code_has_the_colours_of_its_language() -> None:
    [row] = rows(part("def f(): 'text'"))
    roles = {span.text: span.style.role for span in row}
    assert (roles["def"], roles["f"], roles["'text'"]) == (Role.KEYWORD, Role.NAME_FUNCTION, Role.STRING)


def test_a_colour_goes_on_where_a_line_wraps() -> None:
    first, second = rows(part("'abcdefghijkl'", 8))
    assert {span.style.role for span in (*first, *second)} == {Role.STRING}


def test_controls_are_drawn_not_sent() -> None:
    assert shown(part("a\x1b[2Jb\rc")) == ["a␛[2Jb␍c"]


def test_line_numbers_stand_before_the_first_row_of_a_line_and_a_mark_before_its_others() -> None:
    source = part("one\nmuch_longer\n" + "x\n" * 8, 8, numbered=True)
    assert shown(source)[:4] == [" 1 one", " 2 much_", " ↳ longe", " ↳ r"]
    assert shown(source)[-1] == "11 "


def test_the_tenth_line_makes_room_for_its_number() -> None:
    source = part("\n" * 8, numbered=True)
    assert shown(source)[0] == "1 "
    source.set_text("\n" * 9)
    assert shown(source)[0] == " 1 "


def test_rows_of_lines_that_do_not_change_stay_the_same_objects() -> None:
    source = part("one = 1\n\ttwo = '漢'\nthree = 3")
    before = rows(source)
    source.set_text("one = 1\n\ttwo = '漢字'\nthree = 3")
    after = rows(source)
    assert after[0] is before[0]
    assert after[1] != before[1]
    assert after[2] is before[2]


def test_rows_keep_their_identity_when_a_line_above_moves_them() -> None:
    source = part("one = 1\ntwo = 2\nthree = 3")
    before = rows(source)
    source.set_text("one = 1\n\ntwo = 2\nthree = 3")
    assert rows(source)[0] is before[0]
    assert rows(source)[3] is before[2]


def test_rows_change_when_what_is_above_colours_them_otherwise() -> None:
    source = part("x = 1\ny = 2")
    rows(source)
    source.set_text("'''x = 1\ny = 2")
    assert {span.style.role for span in rows(source)[1]} == {Role.STRING}


@given(texts(30), st.data())
def test_changing_a_source_shows_what_making_it_anew_shows(text: str, data: st.DataObject) -> None:
    numbered = data.draw(st.booleans())
    source = SourcePart(text, PLAIN, 6, numbered=numbered)
    for _ in range(3):
        rows(source)
        source.set_text(data.draw(text_changes(source.text)).apply(source.text))
    fresh = SourcePart(source.text, PLAIN, 6, numbered=numbered)
    assert rows(source) == rows(fresh)
    assert all(row_width(row) <= max(6, 4 + source.number_width) for row in rows(source))
