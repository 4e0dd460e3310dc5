"""Pixels as sixels, a sequence for each row of cells: six pixels a character, one colour at a time.

Source: DEC STD 070, chapter 9; xterm's control sequences, "Sixel Graphics".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from PIL.Image import Dither, Image, Quantize

_BAND: Final = 6
_ENOUGH_COLORS: Final = 64
"""With fewer, shades are mixed of dots."""
_WIDEST_RUN: Final = 3
"""Repeated characters that are no longer than their number."""


def sixel_rows(pixels: Image, cell_height: int, colors: int) -> list[bytes]:
    """The sequence of each row of cells, in so many colours; transparent pixels leave what is there."""
    picture, transparent = _in_few_colors(pixels, colors)
    palette = picture.getpalette() or []
    return [
        _sequence(picture.crop((0, top, picture.width, top + cell_height)), palette, transparent)
        for top in range(0, picture.height, cell_height)
    ]


def _in_few_colors(pixels: Image, colors: int) -> tuple[Image, int]:
    """The picture as numbers of colours, and the number that stands for nothing."""
    count = max(2, min(colors, 256)) - 1
    dither = Dither.NONE if count >= _ENOUGH_COLORS else Dither.FLOYDSTEINBERG
    opaque = pixels.convert("RGB")
    reduced = opaque.quantize(count, Quantize.MEDIANCUT)
    if dither is not Dither.NONE:
        reduced = opaque.quantize(palette=reduced, dither=dither)
    opacity = pixels.getchannel("A")
    if opacity.getextrema()[0] == 0:
        reduced.paste(count, mask=opacity.point([255, *[0] * 255]))
    return reduced, count


def _sequence(strip: Image, palette: list[int], transparent: int) -> bytes:
    """A strip of at most a cell's height: colours that it uses, then its bands."""
    width, height = strip.size
    data = strip.tobytes()
    used = sorted(set(data) - {transparent})
    defined = "".join(f"#{number};2;{_percent(palette, number)}" for number in used)
    bands = [
        _band(data[top * width : (top + _BAND) * width], width, transparent)
        for top in range(0, height, _BAND)
    ]
    return f'\x1bP0;1q"1;1;{width};{height}{defined}{"-".join(bands)}\x1b\\'.encode()


def _percent(palette: list[int], number: int) -> str:
    return ";".join(str(round(level * 100 / 255)) for level in palette[number * 3 : number * 3 + 3])


def _band(data: bytes, width: int, transparent: int) -> str:
    """Up to six rows of pixels, each colour drawn over the whole width and then the next over it."""
    rows = [data[at : at + width] for at in range(0, len(data), width)]
    lines: list[str] = []
    for number in sorted(set(data)):
        if number != transparent:
            masks = [row.translate(_bit(number, bit)) for bit, row in enumerate(rows) if number in row]
            lines.append(f"#{number}{''.join(_runs(_summed(masks)))}")
    return "$".join(lines)


@cache
def _bit(number: int, bit: int) -> bytes:
    """A table that gives one colour the bit of its row, and all others none."""
    table = bytearray(256)
    table[number] = 1 << bit
    return bytes(table)


def _summed(masks: list[bytes]) -> bytes:
    """The masks added up, and 63 to each, which makes sixels of them."""
    total = sum(int.from_bytes(mask, "big") for mask in masks)
    width = len(masks[0])
    return (total + int.from_bytes(b"?" * width, "big")).to_bytes(width, "big")


def _runs(sixels: bytes) -> Iterator[str]:
    for code, same in groupby(sixels.rstrip(b"?")):
        count = len(list(same))
        yield f"!{count}{chr(code)}" if count > _WIDEST_RUN else chr(code) * count
