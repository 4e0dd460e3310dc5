"""A part of a row, with marks where it is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.render.rowops import plain, row_width, text_row
from tui.view.sideways import part_of

TEXT = st.text(st.sampled_from("ab漢字👩🏽e\u0301 "), max_size=40)


@given(TEXT, st.integers(0, 60), st.integers(2, 20))
def test_a_part_fits_the_width_and_is_marked_where_something_is_left_out(
    text: str, column: int, width: int
) -> None:
    row = text_row(text)
    part = part_of(row, column, width)

    assert row_width(part) <= width
    assert plain(part).startswith("‹") == bool(column and row_width(row))
    assert plain(part).endswith("›") == (row_width(row) > column + width)


@given(TEXT)
def test_a_row_that_fits_is_the_row_itself(text: str) -> None:
    row = text_row(text)

    assert part_of(row, 0, max(2, row_width(row))) is row
