"""Colours as CSS writes them, and how they lie upon each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Ground
from tui.render.charts.colornames import NAMES
from tui.render.rows import Rgb

_HEX: Final = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"rgba?\(([^()]{1,80})\)", re.IGNORECASE)
GROUND: Final = {Ground.DARK: (24, 26, 31), Ground.LIGHT: (252, 252, 250)}
"""What charts lie on, for blending: close to the themes' backgrounds."""
_LEAST_CONTRAST: Final = 1.7
_BRIGHT: Final = 0.18  # of equal contrast to black and to white (WCAG 2.2)


class Rgba(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque, from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1

    def faded(self, opacity: float) -> Rgba:
        """The same, less opaque."""
        return self._replace(alpha=self.alpha * min(1.0, max(0.0, opacity)))

    def over(self, ground: Rgb) -> Rgb:
        """What is seen of it upon an opaque colour."""
        return mixed(ground, (self.red, self.green, self.blue), self.alpha)


def mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    """A colour between two; `share` is of the second, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def color_of(value: JsonValue) -> Rgba | None:
    """The colour that a CSS text means; None of anything else. HSL and newer notations are not read."""
    return _parsed(value.strip()) if isinstance(value, str) and len(value) < 100 else None


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Rgba | None:
    if (found := _HEX.fullmatch(text)) is not None:
        digits = found[1] if len(found[1]) > 4 else "".join(digit * 2 for digit in found[1])
        red, green, blue, *alpha = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
        return Rgba(red, green, blue, alpha[0] / 255 if alpha else 1)
    if (found := _FUNCTION.fullmatch(text)) is not None:
        parts = [_channel(part) for part in re.split(r"[,/\s]+", found[1].strip())]
        if len(parts) not in (3, 4):
            return None
        red, green, blue = (int(min(255.0, max(0.0, part))) for part in parts[:3])
        alpha = parts[3] if len(parts) == 4 else 1.0
        return Rgba(red, green, blue, min(1.0, max(0.0, alpha / 255 if alpha > 1 else alpha)))
    named = NAMES.get(text.lower())
    return Rgba(named >> 16, named >> 8 & 255, named & 255) if named is not None else None


def _channel(text: str) -> float:
    try:
        return float(text[:-1]) * 2.55 if text.endswith("%") else float(text)
    except ValueError:
        return 0.0


@lru_cache(maxsize=4096)
def seen_on(color: Rgb, ground: Ground) -> Rgb:
    """The colour, moved away from that of the ground where it could not be told from it."""
    base = GROUND[ground]
    target: Rgb = (255, 255, 255) if ground is Ground.DARK else (0, 0, 0)
    for share in (0.0, 0.25, 0.5, 0.75):
        shown = mixed(color, target, share)
        if _contrast(shown, base) >= _LEAST_CONTRAST:
            return shown
    return target


def readable_on(ground: Rgb | None) -> Rgb | None:
    """Black or white, whichever is read on a colour; None upon none."""
    if ground is None:
        return None
    return (0, 0, 0) if luminance(ground) > _BRIGHT else (255, 255, 255)


@lru_cache(maxsize=1024)
def luminance(color: Rgb) -> float:
    """The relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        level / 3294.6 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: Rgb, second: Rgb) -> float:
    """The contrast ratio, 1 to 21 (WCAG 2.2)."""
    dark, bright = sorted((luminance(first), luminance(second)))
    return (bright + 0.05) / (dark + 0.05)
