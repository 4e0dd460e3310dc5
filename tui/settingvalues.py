"""The single values of settings: each is read into what it means, or a ValueError says what is wrong with it.

What is said follows the setting's name, as in `mouse must be true or false`.
"""

from __future__ import annotations

from collections.abc import Sequence

_MOST_HOURS = 1_000_000
_MOST_SECONDS = 60
_LONGEST_WAIT = 1_000_000_000
_MOST_SPACING = 3
_LEAST_WIDTH = 40

ADAPTIVE_THEMES = ("auto", "dark", "light")
"""tnb's own two themes, and `auto`: the one that suits the terminal's background."""

TEXTUAL_THEMES = (
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""The themes that Textual brings, listed here so that a wrong name is told before Textual is loaded."""

THEMES = (*ADAPTIVE_THEMES, *TEXTUAL_THEMES)


PICTURES = ("auto", "kitty", "sixel", "sextants", "half-blocks", "off")
"""How pictures are shown; `auto` is what the terminal says that it can do."""


def picture_way(value: object) -> str:
    """`value` where it names a way to show pictures. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"must be one of {', '.join(PICTURES)}, not {spelled(value)}")
    if value not in PICTURES:
        raise ValueError(f"is no way to show pictures: {spelled(value)}{nearest(value, PICTURES)}")
    return value


EDITOR_KEYS = ("usual", "vim")
"""What keys mean in a cell that is edited."""


def editor_keys(value: object) -> str:
    """`value` where it names keys of the editor. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"must be one of {', '.join(EDITOR_KEYS)}, not {spelled(value)}")
    if value not in EDITOR_KEYS:
        raise ValueError(f"names no keys that there are: {spelled(value)}{nearest(value, EDITOR_KEYS)}")
    return value


def some_theme(value: object) -> str:
    """`value` where it may name a theme; whether there is one, `theme_name` says. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"must be the name of a theme, not {spelled(value)}")
    return value


def theme_name(value: str, own: Sequence[str] = ()) -> str:
    """`value` where it names a theme, one of the user's own included. Raises ValueError."""
    known = (*own, *THEMES)
    if value not in known:
        raise ValueError(f"is no theme: {spelled(value)}{nearest(value, known)}")
    return value


def kernel_name(value: object) -> str:
    """`value` where it may name a kernelspec. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"must be the name of a kernel, not {spelled(value)}")
    return value


def spacing(value: object) -> int:
    """`value` where it is a number of empty rows. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_SPACING:
        raise ValueError(f"must be a whole number from 0 to {_MOST_SPACING}, not {spelled(value)}")
    return value


def width(value: object) -> int:
    """`value` where it is a width that text can have, or 0 for any. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or 0 != value < _LEAST_WIDTH:
        raise ValueError(f"must be 0 or a whole number from {_LEAST_WIDTH}, not {spelled(value)}")
    return value


def switch(value: object) -> bool:
    """`value` where it is on or off. Raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {spelled(value)}")
    return value


def count(value: object) -> int:
    """`value` where it counts something that there must be. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"must be a whole number from 1, not {spelled(value)}")
    return value


def hours(value: object) -> float:
    """`value` where it is a time in hours. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_HOURS:
        raise ValueError(f"must be a number of hours from 0, not {spelled(value)}")
    return value


def seconds(value: object) -> float:
    """`value` where it is a short time in seconds. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_SECONDS:
        raise ValueError(f"must be a number of seconds from 0 to {_MOST_SECONDS}, not {spelled(value)}")
    return value


def patience(value: object) -> float:
    """`value` where it is any time in seconds. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_WAIT:
        raise ValueError(f"must be a number of seconds from 0, not {spelled(value)}")
    return value


def spelled(value: object) -> str:
    """A value as it is told in an error, short enough for a line."""
    spelled = repr(value)
    return spelled if len(spelled) <= 40 else f"{spelled[:39]}…"


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that was meant, or all there are, to follow what was said of one that is not known."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(known)}"
