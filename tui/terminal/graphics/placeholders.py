"""Cells that stand for pieces of a picture: kitty's Unicode placeholders.

Each cell is U+10EEEE with three marks: the row, the column, and the highest byte of the picture's id, whose
lowest byte is the colour of the text, one of the palette. Where the driver puts sixels in their place, the
colour does not matter: a fourth mark is that byte. They are cut, covered and scrolled as text is.
Source: kitty's graphics protocol, "Unicode placeholders", and its `rowcolumn-diacritics.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

PLACEHOLDER: Final = "\U0010eeee"

_RANGES: Final = (
    "0305 030d 030e 0310 0312 033d-033f 0346 034a-034c 0350-0352 0357 035b 0363-036f 0483-0487 0592-0595 "
    "0597-0599 059c-05a1 05a8-05a9 05ab-05ac 05af 05c4 0610-0617 0657-065b 065d-065e 06d6-06dc 06df-06e2 "
    "06e4 06e7-06e8 06eb-06ec 0730 0732-0733 0735-0736 073a 073d 073f-0741 0743 0745 0747 0749-074a "
    "07eb-07f1 07f3 0816-0819 081b-0823 0825-0827 0829-082d 0951 0953-0954 0f82-0f83 0f86-0f87 135d-135f "
    "17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc "
    "1dd1-1de6 1dfe 20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d "
    "a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 "
    "1d1aa-1d1ad 1d242-1d244"
)


def _marks() -> str:
    marks = ""
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        marks += "".join(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return marks


MARKS: Final = _marks()
"""A mark for each number from 0."""
MOST: Final = len(MARKS)
"""Rows, and columns, that can be told apart."""

_NUMBER_OF: Final = {mark: number for number, mark in enumerate(MARKS)}
_LOWEST_COLOR: Final = 16
"""The colours below follow the theme, and are sent as other sequences."""
_COLORS: Final = 256 - _LOWEST_COLOR
IDS: Final = _COLORS * (256 - 1)
"""How many pictures can be told apart."""


@cache
def _run() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<strip>(?:{PLACEHOLDER}[{MARKS}]{{4}})+)"
        rf"|\x1b\[(?:[\d;]*;)?38;5;(?P<color>\d{{1,3}})(?:;[\d;]*)?m"
        rf"(?P<cells>(?:{PLACEHOLDER}[{MARKS}]{{3}})+)(?![{MARKS}])"
    )


@cache
def _row() -> re.Pattern[str]:
    return re.compile(rf"(?:{PLACEHOLDER}[{MARKS}]{{3,4}})+")


class Run(NamedTuple):
    """Cells of one picture side by side, as they are sent to the terminal."""

    picture: int
    row: int
    column: int
    """Of the first cell."""
    cells: int
    start: int
    """Where the cells are in the text that is sent."""
    end: int


def picture_id(number: int) -> int:
    """The id of the picture of a number from 0 to `IDS` - 1, as kitty knows it: 32 bits."""
    return (number // _COLORS + 1) << 24 | color_of_number(number)


def color_of_number(number: int) -> int:
    """The colour of its cells, one of the palette."""
    return _LOWEST_COLOR + number % _COLORS


def row_of_cells(picture: int, row: int, columns: int) -> str:
    """The cells of one row of a picture of that id, to be written in the colour that is its lowest byte."""
    return _cells(row, columns, MARKS[picture >> 24])


def strip_of_cells(picture: int, row: int, columns: int) -> str:
    """The cells of one row of a picture of sixels, in whatever colour."""
    return _cells(row, columns, MARKS[picture >> 24] + MARKS[picture & 0xFF])


def _cells(row: int, columns: int, picture: str) -> str:
    return "".join(f"{PLACEHOLDER}{MARKS[row]}{mark}{picture}" for mark in MARKS[:columns])


def is_row_of_picture(text: str) -> bool:
    """Whether a text is nothing but cells that stand for pieces of a picture."""
    return text.startswith(PLACEHOLDER) and _row().fullmatch(text) is not None


def runs(data: str) -> Iterator[Run]:
    """The cells of pictures in what is sent to a terminal."""
    if PLACEHOLDER not in data:
        return
    for found in _run().finditer(data):
        name = "cells" if found["strip"] is None else "strip"
        cells = found[name]
        row, column, high, *low = (_NUMBER_OF[mark] for mark in cells.split(PLACEHOLDER, 2)[1])
        lowest = low[0] if low else int(found["color"])
        count = cells.count(PLACEHOLDER)
        yield Run(high << 24 | lowest, row, column, count, found.start(name), found.end(name))
