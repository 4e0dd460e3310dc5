"""Rows as text for a terminal whose background and text colour are the person's own: nothing is filled up."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tui.owntheme import BOLD, ITALIC, UNDERLINED, OwnTheme
from tui.render.rows import Color, Rgb, Role, Row, Span, Style
from tui.view.lastgate import sent_text
from tui.view.rowpainter import ColorDepth, nearest_of_palette

_RESET: Final = "\x1b[0m"
_NO_LINK: Final = "\x1b]8;;\x1b\\"
_OWN_COLOUR: Final = frozenset({Role.TEXT, Role.CODE, Role.STRONG, Role.EMPHASIS, Role.OPERATOR})
"""Roles that are written in the terminal's own text colour."""


class Ink:
    """Paints rows with the colours of a theme, and with links (OSC 8), as far as the terminal has colours."""

    def __init__(self, theme: OwnTheme, depth: ColorDepth) -> None:
        self._theme = theme
        self._depth = depth
        self._sgr = lru_cache(maxsize=1024)(self._make_sgr)

    def painted(self, row: Row) -> str:
        """The row, with no attribute set before or behind it."""
        return "".join(map(self._span, row))

    def _span(self, span: Span) -> str:
        text, style = sent_text(span), span.style
        sgr = self._sgr(style)
        painted = f"{sgr}{text}{_RESET}" if sgr else text
        if style.link is None or self._depth is ColorDepth.NONE:
            return painted
        return f"\x1b]8;;{style.link}\x1b\\{painted}{_NO_LINK}"

    def _make_sgr(self, style: Style) -> str:
        flags = {
            "1": style.bold or style.role in BOLD,
            "2": style.dim,
            "3": style.italic or style.role in ITALIC,
            "4": style.underline or style.role in UNDERLINED,
            "7": style.reverse,
            "9": style.strike,
        }
        codes = [code for code, is_set in flags.items() if is_set]
        if self._depth is not ColorDepth.NONE:
            if style.fg is not None:
                codes.append(f"38;{self._color(style.fg)}")
            elif style.role not in _OWN_COLOUR:
                codes.append(f"38;{self._color(_rgb(self._theme.role_color(style.role)))}")
            if style.bg is not None:
                codes.append(f"48;{self._color(style.bg)}")
        return f"\x1b[{';'.join(codes)}m" if codes else ""

    def _color(self, color: Color) -> str:
        if isinstance(color, int):
            return f"5;{color}"
        if self._depth is ColorDepth.TRUE:
            return "2;{};{};{}".format(*color)
        return f"5;{nearest_of_palette(color)}"


def _rgb(color: str) -> Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
