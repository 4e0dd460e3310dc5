"""Which CSS is heeded, and that what it colours stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htmldrawing import style_of, text
from tui.render.canvas import Ground
from tui.render.html.colors import GROUNDS, color_of, contrast, readable
from tui.render.rows import Rgb

DARK = Ground.DARK
RED = (255, 0, 0)


@pytest.mark.parametrize(
    ("written", "color"),
    [
        ("red", RED),
        ("#f00", RED),
        ("#FF0000", RED),
        ("rgb(255, 0, 0)", RED),
        ("rgb(100% 0% 0%)", RED),
        ("hsl(0, 100%, 50%)", RED),
        ("rgba(255, 0, 0, 1.0)", RED),
        ("rgba(0, 0, 0, 0)", None),
        ("#ff000080", (138, 11, 14)),
        ("transparent", None),
        ("var(--x)", None),
        ("rgb(1e999, 0, 0)", None),
        ("", None),
    ],
)
def test_colours_are_read_as_css_writes_them(written: str, color: Rgb | None) -> None:
    assert color_of(written, DARK) == color


COLORS = st.tuples(*[st.integers(0, 255)] * 3)


@given(COLORS, st.none() | COLORS, st.sampled_from(Ground))
def test_coloured_text_can_be_read_whatever_is_asked_for(
    color: Rgb, background: Rgb | None, ground: Ground
) -> None:
    shown = readable(color, background, ground)
    assert shown is None or contrast(shown, background or GROUNDS[ground]) >= 4.5


@pytest.mark.parametrize(
    "page",
    [
        "<span style='color: red'>word</span>",
        "<style>span {color: red}</style><span>word</span>",
        "<style>.a.b {color: red}</style><i class='b a'>word</i>",
        "<style>#a {color: red !important}</style><i id=a>word</i>",
        "<style>div > p, .x td.y {color: red}</style><table class=x><tr><td class=y>word</table>",
        "<style>/* { */ @media print { p {color: blue} } p {color: red}</style><p>word</p>",
        "<style>p {color: blue} .a {color: red} p {color: green}</style><p class=a>word</p>",
    ],
)
def test_rules_and_attributes_colour_what_they_name(page: str) -> None:
    assert style_of(page, "word").fg == readable(RED, None, DARK)


@pytest.mark.parametrize(
    "page",
    [
        "<style>p:hover {color: red}</style><p>word</p>",
        "<style>div p {color: red}</style><p>word</p>",
        "<style>p[title] {color: red}</style><p title=a>word</p>",
        "<style>@font-face {color: red}</style><p>word</p>",
        "<style>p {color: red</style><p>word</p>",
    ],
)
def test_what_a_selector_does_not_name_stays_as_it_is(page: str) -> None:
    assert style_of(page, "word").fg is None


def test_weight_slant_and_lines_follow_css() -> None:
    assert style_of("<p style='font-weight:700'>word", "word").bold
    assert not style_of("<b style='font-weight:normal'>word", "word").bold
    assert style_of("<p style='font-style:italic'>word", "word").italic
    assert style_of("<p style='text-decoration:underline line-through'>word", "word").strike
    assert text("<p style='white-space:pre'>a  b\n c") == "\na  b\n c\n"


def test_black_on_white_pages_take_the_colours_of_the_theme() -> None:
    style = style_of("<div style='color:black; background:white'>word</div>", "word")
    assert (style.fg, style.bg) == (None, None)


def test_text_on_a_background_of_its_own_is_dark_or_light_as_that_needs() -> None:
    style = style_of("<span style='background:#ffffaa'>word</span>", "word")
    assert style.bg == (255, 255, 170)
    assert style.fg is not None
    assert max(style.fg) < 60
