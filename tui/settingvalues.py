"""The single values of settings: each is read into what it means, or a ValueError says what is wrong with it.

What is said follows the setting's name, as in `mouse must be true or false`.
"""

from __future__ import annotations

from collections.abc import Sequence

_MOST_HOURS = 1_000_000

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


def theme_name(value: object) -> str:
    """`value` where it names a theme. Raises ValueError, in words that follow a setting's name."""
    if not isinstance(value, str):
        raise ValueError(f"must be the name of a theme, not {spelled(value)}")
    if value not in THEMES:
        raise ValueError(f"is no theme: {spelled(value)}{nearest(value, THEMES)}")
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


def name(value: object) -> str:
    """`value` where it can name something, in one line. Raises ValueError."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError(f"must be a name, not {spelled(value)}")
    return value


def server_url(value: object) -> str:
    """`value` where it is the address of a server, without a slash at its end. Raises ValueError.

    What is wrong never repeats the address: it may hold what is not to be shown.
    """
    from urllib.parse import urlsplit

    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("must be an address such as https://host:8888/")
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
        parts = urlsplit("")
    if not is_address:
        raise ValueError("must be an address such as https://host:8888/")
    if "@" in parts.netloc:
        raise ValueError("must have no user name or password in it")
    if "?" in value or "#" in value:
        raise ValueError("must end with its path: nothing after a ? or #, above all no token")
    return value.rstrip("/")


def spelled(value: object) -> str:
    """A value as it is told in an error, short enough for a line."""
    spelled = repr(value)
    return spelled if len(spelled) <= 40 else f"{spelled[:39]}…"


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that was meant, or all there are, to follow what was said of one that is not known."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(known)}"
