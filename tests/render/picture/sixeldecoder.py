"""Draws sixels, for tests: what a terminal would show of a sequence. Source: DEC STD 070, chapter 9."""

from __future__ import annotations

import re

Rgb = tuple[int, int, int]

_SEQUENCE = re.compile(r'\x1bP0;1q"1;1;(\d+);(\d+)([^\x1b]*)\x1b\\')
_ITEM = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|(\$)|(-)")


def drawn(sequence: str) -> tuple[int, int, dict[tuple[int, int], Rgb]]:
    """Width and height that it says, and the colours of the pixels that it sets, by column and row."""
    found = _SEQUENCE.fullmatch(sequence)
    assert found is not None
    colors: dict[int, Rgb] = {}
    pixels: dict[tuple[int, int], Rgb] = {}
    color = x = y = at = 0
    data = found[3]
    while at < len(data):
        item = _ITEM.match(data, at)
        assert item is not None, data[at : at + 20]
        at = item.end()
        if item[1]:
            colors[int(item[1])] = (int(item[2]), int(item[3]), int(item[4]))
        elif item[5]:
            color = int(item[5])
        elif item[9]:
            x = 0
        elif item[10]:
            x, y = 0, y + 6
        else:
            count, sixel = (int(item[6]), item[7]) if item[6] else (1, item[8])
            for column in range(x, x + count):
                for bit in range(6):
                    if (ord(sixel) - 63) >> bit & 1:
                        pixels[column, y + bit] = colors[color]
            x += count
    return int(found[1]), int(found[2]), pixels
