import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.rows import Role, Style
from tui.render.sgr import NO_SGR, Sgr, apply_sgr, styled


def style_after(*sequences: str) -> Style:
    sgr = NO_SGR
    for parameters in sequences:
        sgr = apply_sgr(sgr, parameters)
    return styled(sgr, Role.TEXT)


@pytest.mark.parametrize(
    ("parameters", "style"),
    [
        ("31", Style(fg=1)),
        ("42", Style(bg=2)),
        ("97", Style(fg=15)),
        ("104", Style(bg=12)),
        ("38;5;208", Style(fg=208)),
        ("48:5:17", Style(bg=17)),
        ("38;2;1;2;3", Style(fg=(1, 2, 3))),
        ("38:2:1:2:3", Style(fg=(1, 2, 3))),
        ("48:2::1:2:3", Style(bg=(1, 2, 3))),
        ("1;3;4;9", Style(bold=True, italic=True, underline=True, strike=True)),
        ("2", Style(dim=True)),
        ("7", Style(reverse=True)),
        ("21", Style(underline=True)),
        ("4:3", Style(underline=True)),
        ("1;38;5;9;3", Style(fg=9, bold=True, italic=True)),
        ("58;2;1;2;3;31", Style(fg=1)),
        ("58:5:3;4", Style(underline=True)),
        ("0001", Style()),
        ("01;31", Style(fg=1, bold=True)),
    ],
)
def test_a_sequence_gives_the_style_it_asks_for(parameters: str, style: Style) -> None:
    assert style_after(parameters) == style


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("", Style()),
        ("0", Style()),
        ("22", Style(fg=1, bg=2, italic=True, underline=True, strike=True, reverse=True)),
        ("39", Style(bg=2, bold=True, italic=True, underline=True, strike=True, reverse=True)),
        ("49;23;24;27;29", Style(fg=1, bold=True)),
        ("4:0", Style(fg=1, bg=2, bold=True, italic=True, strike=True, reverse=True)),
        ("0;32", Style(fg=2)),
    ],
)
def test_resets_take_back_what_they_name(off: str, left: Style) -> None:
    assert style_after("31;42;1;3;4;7;9", off) == left


@pytest.mark.parametrize(
    "absurd",
    [
        "999",
        "38;2",
        "38;5",
        "38;5;256",
        "38;2;1;2;300",
        "38",
        "48;7;1",
        "99999999999999999999",
        "38:2",
        "38:9:1",
        "1" * 10_000,
    ],
)
def test_what_makes_no_sense_changes_nothing(absurd: str) -> None:
    assert style_after("32", absurd) == Style(fg=2)


@given(st.text(st.sampled_from("0123456789;:"), max_size=40))
def test_any_parameters_give_a_style_with_colours_in_range(parameters: str) -> None:
    sgr = apply_sgr(Sgr(), parameters)

    for color in (sgr.fg, sgr.bg):
        parts = color if isinstance(color, tuple) else (color or 0,)
        assert all(0 <= part <= 255 for part in parts)
