"""The user's own themes, as the tables of `[themes]` in `config.toml` say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from tui.settings import BadSettingError, Path, as_table
from tui.settingvalues import THEMES, nearest, spelled

THEME_BASES = ("dark", "light")
"""tnb's own themes: what a theme does not say is as in one of them."""
THEME_COLORS = (
    *("background", "surface", "panel", "foreground", "primary", "secondary", "accent"),
    *("success", "warning", "error", "selection", "muted", "faint", "rule", "rule-stderr", "rule-error"),
    *("heading", "quote", "link", "code", "code-in-prose", "keyword", "name-function", "name-class"),
    *("name-builtin", "decorator", "string", "number", "comment", "operator"),
)
"""What a theme may give a colour, listed here so that a wrong name is told before the screen is there."""
_ANSI = 16
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme of the user's: one of tnb's own, with other colours."""

    name: str
    base: str = "dark"
    """One of `THEME_BASES`."""
    colors: Mapping[str, str] = field(default_factory=dict[str, str])
    """By `THEME_COLORS`, as `#rrggbb`."""
    ansi: tuple[str, ...] = ()
    """The terminal's first sixteen colours; empty for those of the base."""


def read_themes(value: object, path: Path = ("themes",)) -> tuple[ThemeChoice, ...]:
    """All of the user's themes. Raises BadSettingError."""
    table = as_table(value, path, "themes must be a table of themes, each a table of colours")
    return tuple(_theme(name, one, (*path, name)) for name, one in table.items())


def _theme(name: str, value: object, path: Path) -> ThemeChoice:
    table = as_table(value, path, f"themes.{name} must be a table of colours")
    if not _NAME.fullmatch(name):
        raise BadSettingError(path, f"a theme's name is of letters, digits, - and _, not {spelled(name)}")
    if name in THEMES:
        raise BadSettingError(path, f"there is a theme {name!r} already: give yours another name")
    base, ansi, colors = "dark", (), dict[str, str]()
    for key, one in table.items():
        here = (*path, key)
        if key == "base":
            base = _base(one, here)
        elif key == "ansi":
            ansi = _ansi(one, here)
        elif key in THEME_COLORS:
            colors[key] = _color(one, here, key)
        else:
            known = [*THEME_COLORS, "base", "ansi"]
            raise BadSettingError(here, f"nothing in a theme is called {key!r}{nearest(key, known)}")
    return ThemeChoice(name, base, colors, ansi)


def _base(value: object, path: Path) -> str:
    if not isinstance(value, str) or value not in THEME_BASES:
        raise BadSettingError(path, f"base must be one of {', '.join(THEME_BASES)}, not {spelled(value)}")
    return value


def _ansi(value: object, path: Path) -> tuple[str, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    if len(listed) != _ANSI:
        raise BadSettingError(path, f"ansi must be a list of {_ANSI} colours")
    return tuple(_color(one, path, "ansi") for one in listed)


def _color(value: object, path: Path, name: str) -> str:
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise BadSettingError(path, f"{name} must be a colour such as '#1c1f26', not {spelled(value)}")
    return value
