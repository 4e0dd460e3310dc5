"""Colours: tnb's own themes as Textual themes, and what each role of text looks like in any theme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.style import Style as RichStyle
from textual.color import Color
from textual.theme import Theme

from tui.owntheme import BOLD, DARK, ITALIC, LIGHT, SHARED, UNDERLINED, OwnTheme, made_theme, read_own_theme
from tui.render.contrast import readable_instead
from tui.render.rows import Color as RowColor
from tui.render.rows import Role, Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.configthemes import ThemeChoice

_COLORS = (
    "background",
    "surface",
    "panel",
    "foreground",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
)

_DERIVED: Mapping[Role, tuple[str, float]] = {
    Role.MUTED: ("foreground", 0.30),
    Role.FAINT: ("foreground", 0.42),
    Role.RULE: ("foreground", 0.65),
    Role.QUOTE: ("foreground", 0.15),
    Role.RULE_STDERR: ("warning", 0),
    Role.RULE_ERROR: ("error", 0),
    Role.LINK: ("primary", 0),
    Role.CODE_IN_PROSE: ("secondary", 0),
    Role.KEYWORD: ("accent", 0),
    Role.NAME_FUNCTION: ("primary", 0),
    Role.NAME_CLASS: ("secondary", 0),
    Role.NAME_BUILTIN: ("secondary", 0),
    Role.DECORATOR: ("warning", 0),
    Role.STRING: ("success", 0),
    Role.NUMBER: ("warning", 0),
    Role.COMMENT: ("foreground", 0.42),
}
"""For a theme not ours: the theme colour that a role takes, and how far it is blended into the background."""


def own_themes(themes: Sequence[ThemeChoice] = ()) -> list[Theme]:
    """tnb's themes and the user's, for Textual to be registered."""
    own = [*map(read_own_theme, (DARK, LIGHT)), *map(made_theme, themes)]
    return [_as_textual(each) for each in own]


def _as_textual(own: OwnTheme) -> Theme:
    variables = {f"tnb-{role}": color for role, color in own.roles.items()}
    variables |= {f"tnb-ansi-{number}": color for number, color in enumerate(own.ansi)}
    colors: dict[str, Any] = {**own.colors}
    return Theme(name=own.name, dark=own.dark, variables=variables, **colors)


class Palette:
    """What roles and colours look like in one theme, as Rich styles."""

    def __init__(self, theme: Theme) -> None:
        colors = theme.to_color_system().generate()
        self._colors = {name: Color.parse(colors[name]) for name in _COLORS}
        self._variables = theme.variables
        self.background = self._colors["background"]
        self.base = RichStyle(color=self._colors["foreground"].rich_color, bgcolor=self.background.rich_color)
        selected = self._variables.get("tnb-selection")
        self.selection = RichStyle(
            bgcolor=selected or self._colors["primary"].blend(self.background, 0.7).rich_color
        )
        self.style = lru_cache(maxsize=4096)(self._style)
        self._roles = {role: self._role(role) for role in Role}

    def on(self, name: str) -> RichStyle:
        """Only a background: one of the theme's colours, as `surface` or `panel`."""
        return RichStyle(bgcolor=self._colors[name].rich_color)

    def _style(self, style: Style) -> RichStyle:
        """The Rich style of a rendered one, without the background of the row it stands in."""
        result = self._roles[style.role]
        if style.fg is not None or style.bg is not None:
            result += RichStyle(
                color=None if style.fg is None else self._rich_color(style.fg),
                bgcolor=None if style.bg is None else self._rich_color(style.bg),
            )
            result += self._readable(style, self.base + result)
        return result + RichStyle(
            bold=style.bold or None,
            dim=style.dim or None,
            italic=style.italic or None,
            underline=style.underline or None,
            strike=style.strike or None,
            reverse=style.reverse or None,
            link=style.link,
        )

    def _readable(self, style: Style, shown: RichStyle) -> RichStyle:
        """Another text colour, where the theme's cannot be read on the content's background."""
        if (
            style.bg is None
            or shown.color is None
            or shown.bgcolor is None
            or self.background.ansi is not None
        ):
            return RichStyle()
        color = readable_instead(
            style.fg,
            shown.color.get_truecolor(),
            shown.bgcolor.get_truecolor(),
            (self._colors["foreground"].rgb, self.background.rgb),
        )
        return RichStyle() if color is None else RichStyle(color=RichColor.from_rgb(*color))

    def _role(self, role: Role) -> RichStyle:
        attributes = RichStyle(
            bold=role in BOLD or None, italic=role in ITALIC or None, underline=role in UNDERLINED or None
        )
        if (own := self._variables.get(f"tnb-{role.value}")) is not None:
            return attributes + RichStyle(color=own)
        if (shared := SHARED.get(role)) is not None:
            return attributes + RichStyle(color=self._colors[shared].rich_color)
        if (derived := _DERIVED.get(role)) is not None:
            name, blend = derived
            color = self._colors[name]
            if color.ansi is not None:  # the terminal's own colours cannot be blended
                return attributes + RichStyle(color=color.rich_color, dim=blend > 0 or None)
            return attributes + RichStyle(color=color.blend(self.background, blend).rich_color)
        return attributes

    def _rich_color(self, color: RowColor) -> RichColor:
        if isinstance(color, tuple):
            return RichColor.from_rgb(*color)
        if color < 16 and (own := self._variables.get(f"tnb-ansi-{color}")) is not None:
            return RichColor.parse(own)
        if color < 16:
            return RichColor.from_ansi(color)
        # With its red, green and blue, Textual sends it as it is. The cells of pictures depend on that.
        return RichColor(f"color({color})", ColorType.EIGHT_BIT, color, EIGHT_BIT_PALETTE[color])
