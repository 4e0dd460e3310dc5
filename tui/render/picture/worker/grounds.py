"""What is seen behind a picture's transparent parts: the theme's ground, if the picture can be read on it."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageChops

_DARK: Final = (0x15, 0x17, 0x1C)
_LIGHT: Final = (0xFB, 0xFA, 0xF7)
"""The backgrounds of tnb's own themes."""
_FAINTEST, _SOLID = 16, 240  # opacity between which a pixel borders on transparent ones
_FEW: Final = 50
"""Where less than one pixel in so many is transparent, it is the edge of a picture with its own ground."""
_MIDDLE: Final = 128  # luminance below which it counts as dark
_DARK_SHARE: Final = 10
"""One in so many is enough: dark labels on black are lost, a light frame on white is no loss."""


def laid_on_ground(pixels: Image.Image, *, is_dark: bool) -> Image.Image:
    """The pixels as RGBA, each opaque, or transparent where nothing of the picture is and the theme shows.

    They are laid over white if what borders on the transparent is dark, else over near-black: the labels of a
    plot, say, whatever is in it. Where the theme has such a ground (`is_dark`), it is seen itself.
    """
    if pixels.mode != "RGBA":
        return pixels.convert("RGBA")
    opacity = pixels.getchannel("A")
    needs_light = _needs_light(pixels, opacity, is_dark=is_dark)
    ground = Image.new("RGBA", pixels.size, _LIGHT if needs_light else _DARK)
    ground.alpha_composite(pixels)
    if needs_light != is_dark:
        ground.putalpha(opacity.point(_table(range(_FAINTEST + 1, 256))))
    return ground


def _needs_light(pixels: Image.Image, opacity: Image.Image, *, is_dark: bool) -> bool:
    """Whether enough of what borders on the transparent, or else of all there is, is dark."""
    if _count(opacity.point(_table(range(_FAINTEST + 1)))) * _FEW < pixels.width * pixels.height:
        return not is_dark
    dark = pixels.convert("L").point(_table(range(_MIDDLE)))
    edge = opacity.point(_table(range(_FAINTEST + 1, _SOLID)))
    solid = opacity.point(_table(range(_SOLID, 256)))
    for seen in (edge, solid):
        if (count := _count(seen)) > 0:
            return _count(ImageChops.darker(dark, seen)) * _DARK_SHARE >= count
    return not is_dark


def _table(levels: range) -> list[int]:
    """Gives 255 for those levels, and 0 for the others."""
    return [255 if level in levels else 0 for level in range(256)]


def _count(mask: Image.Image) -> int:
    return mask.histogram()[255]
