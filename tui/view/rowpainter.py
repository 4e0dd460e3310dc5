"""Rows as what a terminal is sent: text with SGR sequences, in as many colours as the terminal has."""

from __future__ import annotations

import os
from enum import Enum
from functools import lru_cache

from tui.owntheme import BOLD, ITALIC, UNDERLINED, OwnTheme
from tui.render.contrast import readable_instead
from tui.render.rowops import crop, row_width
from tui.render.rows import Color, Rgb, Row, Style
from tui.view.lastgate import sent_text


class ColorDepth(Enum):
    """How many colours a terminal has."""

    NONE = 0
    PALETTE = 256
    TRUE = 1 << 24


def color_depth() -> ColorDepth:
    """What the environment says (`NO_COLOR`, `COLORTERM`, `TERM`); with fewer than 256, none are used."""
    if os.environ.get("NO_COLOR"):
        return ColorDepth.NONE
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorDepth.TRUE
    return ColorDepth.PALETTE if os.environ.get("TERM", "").endswith("-256color") else ColorDepth.NONE


class RowPainter:
    """Paints rows in one theme."""

    def __init__(self, theme: OwnTheme, depth: ColorDepth) -> None:
        self._theme = theme
        self._depth = depth
        self._sgr = lru_cache(maxsize=1024)(self._make_sgr)

    def painted(self, row: Row, width: int, background: str) -> str:
        """The row at exactly `width` cells on one of the theme's backgrounds; no attribute stays set."""
        used = row_width(row)
        if used > width:
            row, used = crop(row, 0, width), width
        text = "".join(f"{self._sgr(span.style, background)}{sent_text(span)}" for span in row)
        return f"{text}{self._sgr(Style(), background)}{' ' * (width - used)}\x1b[0m"

    def _make_sgr(self, style: Style, background: str) -> str:
        codes = ["0"]
        flags = {
            "1": style.bold or style.role in BOLD,
            "2": style.dim,
            "3": style.italic or style.role in ITALIC,
            "4": style.underline or style.role in UNDERLINED,
            "7": style.reverse,
            "9": style.strike,
        }
        codes += [code for code, is_set in flags.items() if is_set]
        if self._depth is not ColorDepth.NONE:
            codes.append(f"38;{self._foreground(style)}")
            codes.append(f"48;{self._color(style.bg, self._theme.colors[background])}")
        return f"\x1b[{';'.join(codes)}m"

    def _foreground(self, style: Style) -> str:
        """The text colour: another where the theme's cannot be read on what the content asks for below it."""
        own = self._theme.role_color(style.role)
        if style.bg is not None:
            ground = self._rgb_of(style.bg, own)
            others = _rgb(self._theme.colors["foreground"]), _rgb(self._theme.colors["background"])
            instead = readable_instead(style.fg, self._rgb_of(style.fg, own), ground, others)
            if instead is not None:
                return self._color(instead, own)
        return self._color(style.fg, own)

    def _rgb_of(self, asked: Color | None, otherwise: str) -> Rgb:
        if isinstance(asked, tuple):
            return asked
        if asked is None or asked < len(self._theme.ansi):
            return _rgb(otherwise if asked is None else self._theme.ansi[asked])
        return rgb_of_palette(asked)

    def _color(self, asked: Color | None, otherwise: str) -> str:
        if isinstance(asked, int) and asked >= len(self._theme.ansi):
            return f"5;{asked}"
        if isinstance(asked, int):
            otherwise = self._theme.ansi[asked]
        rgb = asked if isinstance(asked, tuple) else _rgb(otherwise)
        if self._depth is ColorDepth.TRUE:
            return "2;{};{};{}".format(*rgb)
        return f"5;{nearest_of_palette(rgb)}"


def nearest_of_palette(rgb: Rgb) -> int:
    """The nearest of xterm's 256 colours: a grey where there is little colour, else one of the cube."""
    low, high = min(rgb) / 255, max(rgb) / 255
    lightness = (low + high) / 2
    span = high - low
    saturation = span / (2 - high - low if lightness > 0.5 else (high + low)) if span else 0.0
    if saturation < 0.15:
        grey = round(lightness * 25)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    red, green, blue = (round(part / 95 if part < 95 else 1 + (part - 95) / 40) for part in rgb)
    return 16 + 36 * red + 6 * green + blue


def rgb_of_palette(number: int) -> Rgb:
    """One of xterm's colours from 16 on: of the cube, or a grey."""
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return grey, grey, grey
    red, green, blue = (number - 16) // 36, (number - 16) // 6 % 6, (number - 16) % 6
    return _of_cube(red), _of_cube(green), _of_cube(blue)


def _of_cube(step: int) -> int:
    return 55 + 40 * step if step else 0


def _rgb(color: str) -> Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
