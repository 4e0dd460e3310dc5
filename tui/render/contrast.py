"""How well one colour can be read upon another (WCAG 2.2, "contrast ratio")."""

from __future__ import annotations

from tui.render.rows import Color, Rgb

_LEAST = 3.0
"""The ratio below which text cannot be made out."""
_THEMES_OWN = 16
"""Palette colours that a theme chooses."""


def readable_instead(fg: Color | None, shown: Rgb, background: Rgb, others: tuple[Rgb, Rgb]) -> Rgb | None:
    """Another colour for text that asks for `fg`, which the theme shows as `shown`; None where it can stay.

    Only what the theme chose gives way, to the better of two others: it knows nothing of the backgrounds.
    """
    if fg is not None and (isinstance(fg, tuple) or fg >= _THEMES_OWN):
        return None
    if contrast(shown, background) >= _LEAST:
        return None
    return max(others, key=lambda other: contrast(other, background))


def contrast(first: Rgb, second: Rgb) -> float:
    """From 1, for two of the same lightness, to 21, for black and white."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
