"""Pixels as sixels, a sequence for each row of cells: six pixels a character, one colour at a time.

Source: DEC STD 070, chapter 9; xterm's control sequences, "Sixel Graphics".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PIL.Image import Dither, Image, Quantize

_BAND: Final = 6
_ENOUGH_COLORS: Final = 64
"""With fewer, shades are mixed of dots."""
_REPEATED: Final = re.compile(rb"(.)\1{3,}")
"""What is shorter as a number and a character."""


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
    return b'\x1bP0;1q"1;1;%d;%d%b%b\x1b\\' % (width, height, defined.encode(), b"-".join(bands))


def _percent(palette: list[int], number: int) -> str:
    return ";".join(str(round(level * 100 / 255)) for level in palette[number * 3 : number * 3 + 3])


def _band(data: bytes, width: int, transparent: int) -> bytes:
    """Up to six rows of pixels: each colour in its places, one after the other from the left edge."""
    rows = [data[at : at + width] for at in range(0, len(data), width)]
    empty = int.from_bytes(b"?" * width, "big")
    lines: list[bytes] = []
    for number in sorted(set(data) - {transparent}):
        # Bytes side by side are added up as one number: each has a bit of its own in each row.
        bits = [row.translate(_bit(number, bit)) for bit, row in enumerate(rows) if number in row]
        sixels = empty + sum(int.from_bytes(row, "big") for row in bits)
        drawn = sixels.to_bytes(width, "big").rstrip(b"?")
        lines.append(b"#%d%b" % (number, _REPEATED.sub(_counted, drawn)))
    return b"$".join(lines)


@cache
def _bit(number: int, bit: int) -> bytes:
    """A table that gives one colour the bit of its row, and all others none."""
    table = bytearray(256)
    table[number] = 1 << bit
    return bytes(table)


def _counted(same: re.Match[bytes]) -> bytes:
    return b"!%d%b" % (len(same[0]), same[1])
