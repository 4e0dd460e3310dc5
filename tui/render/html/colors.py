"""Colours as CSS writes them, and what of them can be read on what they are drawn upon."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING, Final

from tui.render.canvas import Ground
from tui.render.html.cssnames import BY_NAME

if TYPE_CHECKING:
    from tui.render.rows import Rgb

GROUNDS: Final[dict[Ground, Rgb]] = {Ground.DARK: (21, 23, 28), Ground.LIGHT: (251, 250, 247)}
"""The background of tnb's own theme on each ground."""
_TEXTS: Final[dict[Ground, Rgb]] = {Ground.DARK: (215, 219, 227), Ground.LIGHT: (36, 39, 46)}
_BLACK: Final[Rgb] = (0, 0, 0)
_WHITE: Final[Rgb] = (255, 255, 255)
_LEAST_CONTRAST: Final = 4.5  # WCAG 2, 1.4.3
_STEPS: Final = 20
_GREY: Final = 16  # between the highest and the lowest of red, green and blue, where there is no hue to keep

_HEX: Final = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION: Final = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_NUMBER: Final = re.compile(r"([+-]?\d{0,8}\.?\d{0,8})(%|deg)?")


def color_of(value: str, ground: Ground) -> Rgb | None:
    """The colour that CSS text names, laid over the ground where it is transparent in part.

    None where it is none, or fully transparent. Source: CSS Color 4.
    """
    value = value.strip().lower()
    if (named := BY_NAME.get(value)) is not None:
        return named
    if (written := _HEX.fullmatch(value)) is not None:
        digits = written[1]
        wide = digits if len(digits) > 4 else "".join(digit * 2 for digit in digits)
        red, green, blue, *alpha = (int(wide[at : at + 2], 16) for at in range(0, len(wide), 2))
        return _over((red, green, blue), alpha[0] / 255 if alpha else 1.0, GROUNDS[ground])
    if (called := _FUNCTION.fullmatch(value)) is not None:
        parts = [_number(part) for part in re.split(r"[\s,/]+", called[2].strip())]
        numbers = [part for part in parts if part is not None]
        if len(numbers) == len(parts) and len(parts) in (3, 4):
            return _function(called[1], numbers, ground)
    return None


def _function(name: str, parts: list[tuple[float, str]], ground: Ground) -> Rgb | None:
    alpha = _share(parts[3], 1.0) if len(parts) == 4 else 1.0
    if name == "rgb":
        red, green, blue = (round(255 * _share(part, 255.0)) for part in parts[:3])
        return _over((red, green, blue), alpha, GROUNDS[ground])
    hue, saturation, lightness = parts[0][0] % 360 / 360, _share(parts[1], 100.0), _share(parts[2], 100.0)
    mixed = colorsys.hls_to_rgb(hue, lightness, saturation)
    red, green, blue = (round(255 * part) for part in mixed)
    return _over((red, green, blue), alpha, GROUNDS[ground])


def _number(text: str) -> tuple[float, str] | None:
    found = _NUMBER.fullmatch(text)
    try:
        return (float(found[1]), found[2] or "") if found else None
    except ValueError:
        return None


def _share(part: tuple[float, str], whole: float) -> float:
    number, unit = part
    return min(1.0, max(0.0, number / (100.0 if unit == "%" else whole)))


def _over(color: Rgb, alpha: float, ground: Rgb) -> Rgb | None:
    return blend(ground, color, alpha) if alpha > 0 else None


def blend(start: Rgb, end: Rgb, share: float) -> Rgb:
    """`share` of the way from one colour to the other."""
    red, green, blue = (
        round(first + (second - first) * share) for first, second in zip(start, end, strict=True)
    )
    return red, green, blue


def is_page_color(color: Rgb) -> bool:
    """Whether it is what pages are mostly drawn upon, black or white: the theme has its own for that."""
    return max(color) - min(color) <= _GREY and not 40 < max(color) < 235


def readable(color: Rgb | None, background: Rgb | None, ground: Ground) -> Rgb | None:
    """The colour of text, changed as far as it takes to be read; None for the theme's own.

    `background` is what the content itself draws it upon, if anything.
    """
    if background is None:
        if color is None:
            return None
        if contrast(color, GROUNDS[ground]) >= _LEAST_CONTRAST:
            return color
        if max(color) - min(color) <= _GREY:
            return None
        return _nearest_readable(color, GROUNDS[ground], _WHITE if ground is Ground.DARK else _BLACK)
    wanted = color or _TEXTS[ground]
    if contrast(wanted, background) >= _LEAST_CONTRAST:
        return wanted
    far = max((_BLACK, _WHITE), key=lambda end: contrast(end, background))
    return far if color is None else _nearest_readable(wanted, background, far)


def _nearest_readable(color: Rgb, background: Rgb, far: Rgb) -> Rgb:
    for step in range(1, _STEPS):
        tried = blend(color, far, step / _STEPS)
        if contrast(tried, background) >= _LEAST_CONTRAST:
            return tried
    return far


def contrast(first: Rgb, second: Rgb) -> float:
    """From 1 to 21 (WCAG 2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
