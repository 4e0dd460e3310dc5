"""A plot area in terminal cells: areas by block characters, lines by Braille dots, words as themselves.

A cell holds two by eight pixels of areas and two by four dots of lines; each keeps its colour, and what a
cell then shows is the character and the two colours that come nearest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor
from typing import Final, NamedTuple

from tui.render.charts.colors import Rgba, readable_on
from tui.render.rows import Rgb, Style
from tui.render.width import graphemes

_WIDE, _HIGH = 2, 8
"""Pixels of areas a cell."""
_DOTS_HIGH: Final = 4
_BRAILLE: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # Unicode 16.0, block 2800
_FULL: Final = (1 << _WIDE * _HIGH) - 1
_DASH: Final = 3
_MOST_CORNERS: Final = 4000
_HIDING: Final = 0.6  # opacity of an area under which lines are not seen any more
_BROAD: Final = 1.5  # cells


class Place(NamedTuple):
    """A place in cells from the upper left corner."""

    x: float
    y: float


class Glyph(NamedTuple):
    """What one cell shows."""

    text: str
    style: Style


_BLANK: Final = Glyph(" ", Style())


class CellRaster:
    """Cells to draw on; what is drawn later lies above."""

    def __init__(self, columns: int, rows: int, ground: Rgb) -> None:
        self.columns = columns
        self.rows = rows
        self._ground = ground
        self._areas: list[list[Rgb | None]] = [[None] * (columns * _WIDE) for _ in range(rows * _HIGH)]
        self._dots: list[list[Rgb | None]] = [[None] * (columns * _WIDE) for _ in range(rows * _DOTS_HIGH)]
        self._words: dict[tuple[int, int], tuple[str, Rgb | None]] = {}

    def fill_polygon(self, points: Sequence[Place], color: Rgba) -> None:
        """Fill a polygon by the even-odd rule; of very many corners some are left out."""
        crossings: list[list[float]] = [[] for _ in self._areas]
        points = points[:: -(-len(points) // _MOST_CORNERS) or 1]
        for ends in pairwise([*points, points[0]] if points else []):
            (x0, y0), (x1, y1) = sorted(ends, key=lambda end: end.y)
            if y0 == y1:
                continue
            first = max(0, ceil(min(y0 * _HIGH - 0.5, len(crossings))))
            last = min(len(crossings), ceil(min(y1 * _HIGH - 0.5, len(crossings))))
            slope = (x1 - x0) / (y1 - y0)
            for line in range(first, last):
                crossings[line].append(x0 + ((line + 0.5) / _HIGH - y0) * slope)
        for line, found in enumerate(crossings):
            found.sort()
            for start, end in zip(found[::2], found[1::2], strict=False):
                self._fill_line(line, start, end, color)

    def fill_box(self, first: Place, second: Place, color: Rgba) -> None:
        """Fill a rectangle; a thin one keeps a pixel of width and height."""
        (left, right), (top, bottom) = sorted((first.x, second.x)), sorted((first.y, second.y))
        if top == bottom:
            return
        left, right = _snapped(left, right)
        low, high = _pixels(top, bottom, _HIGH, self.rows)
        for line in range(low, high):
            self._fill_line(line, left, right, color)

    def fill_half_cell(self, column: int, half: int, color: Rgba) -> None:
        """Fill the upper (even) or lower (odd) half of a cell; `half` counts from the top."""
        for line in range(half * _HIGH // 2, (half + 1) * _HIGH // 2):
            self._fill_line(line, column, column + 1, color)

    def _fill_line(self, line: int, start: float, end: float, color: Rgba) -> None:
        low, high = _pixels(start, end, _WIDE, self.columns)
        pixels, dots = self._areas[line], self._dots[line * _DOTS_HIGH // _HIGH]
        if color.alpha >= 1:
            pixels[low:high] = [(color.red, color.green, color.blue)] * (high - low)
            dots[low:high] = [None] * (high - low)
            return
        for at in range(low, high):
            pixels[at] = color.over(pixels[at] or self._ground)
            if color.alpha > _HIDING:
                dots[at] = None

    def draw_line(self, points: Sequence[Place], color: Rgba, *, dashed: bool = False) -> None:
        """Draw a polyline, a dot thin."""
        shown = color.over(self._ground)
        walked = 0
        for first, second in pairwise(points):
            clipped = _clipped(first, second, self.columns, self.rows)
            if clipped is None:
                continue
            x0, y0, x1, y1 = clipped
            x0, x1, y0, y1 = x0 * _WIDE, x1 * _WIDE, y0 * _DOTS_HIGH, y1 * _DOTS_HIGH
            steps = ceil(max(abs(x1 - x0), abs(y1 - y0))) or 1
            for step in range(steps + 1):
                share = step / steps
                if not dashed or (walked + step) // _DASH % 2 == 0:
                    self._dot(floor(x0 + (x1 - x0) * share), floor(y0 + (y1 - y0) * share), shown)
            walked += steps

    def draw_dot(self, at: Place, color: Rgba) -> None:
        """Draw one dot."""
        if -1 <= at.x <= self.columns and -1 <= at.y <= self.rows:
            self._dot(floor(at.x * _WIDE), floor(at.y * _DOTS_HIGH), color.over(self._ground))

    def _dot(self, x: int, y: int, color: Rgb) -> None:
        # What stands right on the lower or right edge belongs to the last dots.
        x -= x == self.columns * _WIDE
        y -= y == self.rows * _DOTS_HIGH
        if 0 <= x < self.columns * _WIDE and 0 <= y < self.rows * _DOTS_HIGH:
            self._dots[y][x] = color

    def write(self, column: int, row: int, text: str, color: Rgba | None) -> None:
        """Write words from a cell on, cut at the edges."""
        if not 0 <= row < self.rows:
            return
        shown = color.over(self._ground) if color is not None else None
        at = column
        for grapheme in graphemes(text):
            if at >= 0 and at + grapheme.width <= self.columns:
                self._words[at, row] = text[grapheme.start : grapheme.end], shown
                for behind in range(at + 1, at + grapheme.width):
                    self._words[behind, row] = "", shown
            at += grapheme.width

    def glyph(self, column: int, row: int) -> Glyph:
        """What a cell shows."""
        left = column * _WIDE
        pixels = [
            self._areas[line][at] for line in range(row * _HIGH, (row + 1) * _HIGH) for at in (left, left + 1)
        ]
        word = self._words.get((column, row))
        if word is not None:
            ground = _most(pixels)
            return Glyph(word[0], Style(fg=word[1] or readable_on(ground), bg=ground))
        dots = [
            (bit, color)
            for line, bits in enumerate(_BRAILLE)
            for bit, color in zip(bits, self._dots[row * _DOTS_HIGH + line][left : left + 2], strict=True)
            if color is not None
        ]
        if dots:
            color = Counter(color for _, color in dots).most_common(1)[0][0]
            return Glyph(chr(0x2800 + sum(bit for bit, _ in dots)), Style(fg=color, bg=_most(pixels)))
        return _block(pixels)


def _snapped(left: float, right: float) -> tuple[float, float]:
    """The sides of a box where cells or their halves end, so that it has clean edges and a middle."""
    width = right - left
    if width >= _BROAD:
        return round(left), round(right)
    if width < 1:
        return left, right
    middle = floor((left + right) / 2 * _WIDE)
    return (middle - 1) / _WIDE, (middle + 2) / _WIDE


def _pixels(start: float, end: float, per_cell: int, cells: int) -> tuple[int, int]:
    """The pixels whose middles lie between two places, at least one where those are in sight."""
    low = max(0, ceil(max(start, -1.0) * per_cell - 0.5))
    high = min(cells * per_cell, ceil(min(end, cells + 1.0) * per_cell - 0.5))
    if high <= low and start >= 0 and end <= cells:
        low = min(cells * per_cell - 1, max(0, floor(start * per_cell)))
        high = low + 1
    return low, high


def _clipped(
    first: Place, second: Place, width: int, height: int
) -> tuple[float, float, float, float] | None:
    """The part of a line in a rectangle (Liang and Barsky); None where there is none."""
    start, end = 0.0, 1.0
    dx, dy = second.x - first.x, second.y - first.y
    for delta, low, high in ((dx, -first.x, width - first.x), (dy, -first.y, height - first.y)):
        if delta == 0:
            if low > 0 or high < 0:
                return None
            continue
        near, far = sorted((low / delta, high / delta))
        start, end = max(start, near), min(end, far)
    if start > end:
        return None
    return first.x + dx * start, first.y + dy * start, first.x + dx * end, first.y + dy * end


def _most(pixels: Sequence[Rgb | None]) -> Rgb | None:
    """The colour of most pixels."""
    return Counter(pixels).most_common(1)[0][0]


def _block(pixels: Sequence[Rgb | None]) -> Glyph:
    found = Counter(pixels).most_common(2)
    if len(found) == 1:
        color = found[0][0]
        return _BLANK if color is None else Glyph(" ", Style(bg=color))
    # What is not of the second colour counts as the first: of more, the rarest are lost.
    (first, _), (second, _) = found
    back, front = (second, first) if second is None else (first, second)
    mask = sum(1 << index for index, color in enumerate(pixels) if color == front)
    if back is None and len(found) == 2:
        mask = sum(1 << index for index, color in enumerate(pixels) if color is not None)
    text, is_inverse = _nearest(mask)
    if text == " ":
        return Glyph(text, Style(bg=front if is_inverse else back))
    if not is_inverse:
        return Glyph(text, Style(fg=front, bg=back))
    if back is None:  # the terminal's own colour is drawn by exchanging the two
        return Glyph(text, Style(fg=front, reverse=True))
    return Glyph(text, Style(fg=back, bg=front))


@lru_cache(maxsize=4096)
def _nearest(mask: int) -> tuple[str, bool]:
    """The block whose pixels come nearest to a mask, and whether it shows those that are not set."""
    ways = [
        (bits ^ (_FULL if is_inverse else 0), text, is_inverse)
        for is_inverse in (False, True)
        for bits, text in _BLOCKS
    ]
    _, text, is_inverse = min(ways, key=lambda way: (way[0] ^ mask).bit_count() + (way[1] in _QUADRANTS) * 2)
    return text, is_inverse


def _blocks() -> list[tuple[int, str]]:
    """Block characters with their pixels, row by row from the top."""
    rows = [0b11 << _WIDE * row for row in range(_HIGH)]
    lower = [(sum(rows[_HIGH - count :]), chr(0x2580 + count)) for count in range(1, _HIGH)]
    left = sum(0b01 << _WIDE * row for row in range(_HIGH))
    upper_left, upper_right = left & sum(rows[:4]), (left << 1) & sum(rows[:4])
    lower_left, lower_right = left & sum(rows[4:]), (left << 1) & sum(rows[4:])
    quadrants = [
        (upper_left, "▘"),
        (upper_right, "▝"),
        (lower_left, "▖"),
        (lower_right, "▗"),
        (upper_left | lower_right, "▚"),
    ]
    return [(0, " "), *lower, (left, "▌"), *quadrants]


_BLOCKS: Final = _blocks()
_QUADRANTS: Final = frozenset("▘▝▖▗▚")
"""They make slopes ragged, so they are taken only where they come much nearer."""
