"""tnb's own two themes as data, of which both the first frame and Textual's themes are made."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui.configthemes import ThemeChoice
from tui.render.rows import Role
from tui.stylesheets import styles_folder

DARK, LIGHT = "tnb-dark", "tnb-light"

SHARED: Mapping[Role, str] = {
    Role.ACCENT: "primary",
    Role.OK: "success",
    Role.WARNING: "warning",
    Role.ERROR: "error",
}
"""Roles that look like one of the colours that every theme has."""

BOLD = frozenset({Role.HEADING, Role.STRONG})
ITALIC = frozenset({Role.EMPHASIS})
UNDERLINED = frozenset({Role.LINK})


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """One theme of `styles/themes`; all colours as `#rrggbb`."""

    name: str
    dark: bool
    colors: Mapping[str, str]
    """By Textual's names: background, surface, foreground, primary and so on."""
    roles: Mapping[str, str]
    """By the values of `Role`, and `selection`."""
    ansi: tuple[str, ...]
    """What the terminal's first sixteen colours look like."""

    def role_color(self, role: Role) -> str:
        """The colour of text in a role."""
        own = self.roles.get(role.value)
        return own if own is not None else self.colors[SHARED.get(role, "foreground")]


def read_own_theme(name: str) -> OwnTheme:
    """One of the two themes, by `DARK` or `LIGHT`."""
    data: dict[str, Any] = json.loads((styles_folder() / "themes" / f"{name}.json").read_text("utf-8"))
    return OwnTheme(name, data["dark"], data["colors"], data["roles"], tuple(data["ansi"]))


def made_theme(choice: ThemeChoice) -> OwnTheme:
    """A theme of the user's: what it does not say is as in its base."""
    base = read_own_theme(theme_name(choice.base))
    colors = {name: choice.colors.get(name, color) for name, color in base.colors.items()}
    own = {name: color for name, color in choice.colors.items() if name not in base.colors}
    return OwnTheme(choice.name, base.dark, colors, {**base.roles, **own}, choice.ansi or base.ansi)


def own_theme(name: str, themes: Sequence[ThemeChoice]) -> OwnTheme | None:
    """The theme of that name where it is tnb's or one of the user's; None for one of Textual's."""
    if name in (DARK, LIGHT):
        return read_own_theme(name)
    return next((made_theme(each) for each in themes if each.name == name), None)


def theme_name(configured: str) -> str:
    """The theme to begin with; `auto` goes by COLORFGBG where the terminal sets it, else dark."""
    match configured:
        case "dark":
            return DARK
        case "light":
            return LIGHT
        case "auto":
            background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
            return LIGHT if background in ("7", "15") else DARK
        case name:
            return name
