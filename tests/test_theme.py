"""Our own themes can be read: every colour of text stands out from the background and from the selection."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.configthemes import THEME_COLORS, ThemeChoice
from tui.owntheme import DARK, LIGHT, made_theme, read_own_theme
from tui.render.rowops import text_row
from tui.render.rows import Role, Style
from tui.theme import Palette, own_themes
from tui.view.rowpainter import ColorDepth, RowPainter

LINES = {Role.RULE, Role.RULE_STDERR, Role.RULE_ERROR}
"""Drawn as lines, not read."""


def contrast(one: Color, other: Color) -> float:
    def luminance(color: Color) -> float:
        parts = [value / 255 for value in color.rgb]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", own_themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", [role for role in Role if role not in LINES], ids=lambda role: role.value)
def test_text_has_a_contrast_of_4_5_to_1_selected_or_not(theme: Theme, role: Role) -> None:
    palette = Palette(theme)
    selection = palette.selection.bgcolor
    color = (palette.base + palette.style(Style(role))).color
    assert color is not None
    assert selection is not None
    for background in (palette.background, Color(*selection.get_truecolor())):
        assert contrast(Color(*color.get_truecolor()), background) >= 4.5, background


@pytest.mark.parametrize("theme", own_themes(), ids=lambda theme: theme.name)
def test_the_selection_stands_out_from_the_background(theme: Theme) -> None:
    palette = Palette(theme)
    selection = palette.selection.bgcolor
    assert selection is not None
    assert contrast(Color(*selection.get_truecolor()), palette.background) >= 1.2


@pytest.mark.parametrize("theme", own_themes(), ids=lambda theme: theme.name)
def test_the_terminals_sixteen_colours_can_be_read(theme: Theme) -> None:
    palette = Palette(theme)
    unread = {0} if theme.dark else set[int]()
    for number in set(range(16)) - unread:
        color = palette.style(Style(fg=number)).color
        assert color is not None
        assert contrast(Color(*color.get_truecolor()), palette.background) >= 4.5, number


@pytest.mark.parametrize("theme", own_themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("fg", [None, *range(16)])
def test_text_can_be_made_out_on_every_background_that_content_asks_for(theme: Theme, fg: int | None) -> None:
    palette = Palette(theme)
    for background in (*range(256), (255, 255, 255), (0, 0, 0), (255, 0, 128)):
        style = palette.base + palette.style(Style(fg=fg, bg=background))
        assert style.color is not None
        assert style.bgcolor is not None
        colors = Color(*style.color.get_truecolor()), Color(*style.bgcolor.get_truecolor())
        assert contrast(*colors) >= 3, background


@pytest.mark.parametrize("name", [DARK, LIGHT])
@pytest.mark.parametrize("bg", [1, 3, 7, 100, 231, 244, (250, 250, 0)])
def test_the_first_frame_has_the_same_text_on_a_background_as_the_next(
    name: str, bg: int | tuple[int, int, int]
) -> None:
    (theme,) = [theme for theme in own_themes() if theme.name == name]
    painted = RowPainter(read_own_theme(name), ColorDepth.TRUE).painted(
        text_row("x", Style(bg=bg)), 1, "background"
    )
    palette = Palette(theme)
    color = (palette.base + palette.style(Style(bg=bg))).color
    assert color is not None
    red, green, blue = color.get_truecolor()
    assert f"38;2;{red};{green};{blue};" in painted


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_every_textual_theme_gives_every_role_a_style(theme: Theme) -> None:
    palette = Palette(theme)
    for role in Role:
        palette.style(Style(role))


def test_what_a_theme_of_the_users_may_colour_is_what_ours_colour() -> None:
    for name in (DARK, LIGHT):
        ours = read_own_theme(name)
        assert set(THEME_COLORS) == {*ours.colors, *ours.roles}


def test_a_theme_of_the_users_is_its_base_with_other_colours() -> None:
    theme = made_theme(ThemeChoice("dusk", "light", {"background": "#fafafa", "keyword": "#123456"}))
    light = read_own_theme(LIGHT)
    assert (theme.name, theme.dark, theme.ansi) == ("dusk", False, light.ansi)
    assert theme.colors == {**light.colors, "background": "#fafafa"}
    assert theme.role_color(Role.KEYWORD) == "#123456"
    assert theme.role_color(Role.STRING) == light.role_color(Role.STRING)
    assert own_themes([ThemeChoice("dusk")])[-1].name == "dusk"
