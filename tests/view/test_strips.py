"""Rows as strips of the width of the view."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style as RichStyle

from strategies import texts
from tui.render.rowops import text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.view.strips import highlighted, strip_of
from viewing import PALETTE


def test_a_row_is_filled_up_to_the_width() -> None:
    strip = strip_of(text_row("ab"), 5, PALETTE, PALETTE.base)
    assert (strip.text, strip.cell_length) == ("ab   ", 5)


def test_a_row_that_is_too_wide_is_cut_and_half_of_a_wide_character_is_a_blank() -> None:
    assert strip_of(text_row("a漢字"), 4, PALETTE, PALETTE.base).text == "a漢 "


def test_a_role_has_the_colour_of_the_theme_over_the_background_of_the_base() -> None:
    [segment] = strip_of(text_row("x", Style(Role.ERROR)), 1, PALETTE, PALETTE.base)
    assert segment.style is not None
    assert segment.style.color == PALETTE.style(Style(Role.ERROR)).color
    assert segment.style.bgcolor == PALETTE.base.bgcolor


def test_highlighting_reaches_only_the_cells_that_are_there() -> None:
    strip = strip_of(text_row("abcdef"), 6, PALETTE, PALETTE.base)
    marked = highlighted(strip, 4, 99, RichStyle(reverse=True))
    assert marked.text == "abcdef"
    assert [segment.text for segment in marked if segment.style and segment.style.reverse] == ["ef"]
    assert highlighted(strip, 3, 3, RichStyle(reverse=True)) is strip


@given(texts(), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_every_strip_has_exactly_its_width(text: str, width: int, start: int, end: int) -> None:
    strip = strip_of(text_row(clean(text)), width, PALETTE, PALETTE.base)
    assert strip.cell_length == sum(segment.cell_length for segment in strip) == width
    assert highlighted(strip, start, end, RichStyle(reverse=True)).cell_length == width
