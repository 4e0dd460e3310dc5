"""Lays a long line out anew after a change in it, measuring only what stands around the change."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import Final

from tui.view.editor.lines import Line, MeasuredLine, lay_line, row_starts
from tui.view.editor.measuring import TAB_STOP, measured

LONG: Final = 4_000
"""Code points from which on it is worth the effort."""

_AROUND: Final = 3  # graphemes before the change
_BEHIND: Final = 64  # code points behind it, in which borders fall together again nearly always


def relaid(old: Line, start: int, removed: int, inserted: int, line: str, width: int) -> Line:
    """The layout of `line`, which is what `old` laid out but for one change at `start`.

    `removed` code points gave way to `inserted` ones. A grapheme border depends on what stands before it and
    on the one code point behind it: those before the change stay, and from one that both texts have all do.
    """
    if not isinstance(old, MeasuredLine):
        return lay_line(line, width)
    borders, edges = old.borders, old.edges
    first = max(bisect_right(borders, start) - 1 - _AROUND, 0)
    growth = inserted - removed
    stop = start + inserted + _BEHIND
    middle_borders, middle_edges = measured(line[borders[first] : stop], edges[first])
    for at in reversed(range(len(middle_borders) - 1)):
        border = middle_borders[at] + borders[first]
        same = bisect_left(borders, border - growth)
        if border < start + inserted:
            break
        if borders[same] == border - growth:
            shift = middle_edges[at] - edges[same]
            if shift % TAB_STOP and "\t" in line[border:]:
                break
            new_borders = borders[:first] + _shifted(middle_borders[:at], borders[first])
            new_borders += _shifted(borders[same:], growth)
            kept = old.row_starts[: bisect_right(old.row_starts, first)]
            new_edges = edges[:first] + middle_edges[:at] + _shifted(edges[same:], shift)
            return MeasuredLine(old.wrap, new_borders, new_edges, row_starts(new_edges, old.wrap, kept))
    return lay_line(line, width)


def _shifted(values: array[int], by: int) -> array[int]:
    """Each value with the same added; the sums are not negative.

    As one long number, since a loop over a million values would be felt at every key.
    """
    if not by or not values:
        return values
    code, size = values.typecode, len(values) * values.itemsize
    whole = int.from_bytes(values.tobytes(), "little")
    added = int.from_bytes((array(code, [abs(by)]) * len(values)).tobytes(), "little")
    return array(code, (whole + added if by > 0 else whole - added).to_bytes(size, "little"))
