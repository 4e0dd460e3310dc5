"""Words that fit: shortened, set apart from each other, and legends in rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from tui.render.rowops import crop, plain, text_row
from tui.render.width import cell_width

_LEAST = 4
"""Cells of a label that still says something."""


def shortened(text: str, width: int) -> str:
    """The text in at most `width` cells, with a mark where it is cut."""
    if cell_width(text) <= width:
        return text
    return plain(crop(text_row(text), 0, width - 1)).rstrip() + "…" if width > 0 else ""


def spaced(
    ticks: Sequence[tuple[float, str]], columns: int, first: int, last: int
) -> list[tuple[int, str, float]]:
    """Labels centred at shares of a width, as many as stand apart: column, label and share.

    They stay between the columns `first` and `last`.
    """
    inside = [(share, label) for share, label in ticks if 0 <= share <= 1]
    if len(inside) > 1:
        places = sorted(share * columns for share, _ in inside)
        nearest = min((after - before for before, after in itertools.pairwise(places)), default=columns)
        longest = max(cell_width(label) for _, label in inside)
        room = int(nearest) - 1
        if longest > room >= _LEAST:
            inside = [(share, shortened(label, room)) for share, label in inside]
    placed: list[tuple[int, str, float]] = []
    free = first
    for share, label in sorted(inside):
        width = cell_width(label)
        middle = min(columns - 1, int(share * columns))
        column = max(first, min(middle - (width - 1) // 2, last - width))
        if column >= free:
            placed.append((column, label, share))
            free = column + width + 1
    return placed


class LegendPlace(NamedTuple):
    """Where an entry of a legend stands; `entry` is None for the words that stand for the rest."""

    column: int
    row: int
    entry: int | None
    text: str


def legend_places(names: Sequence[str], columns: int, most_rows: int) -> list[LegendPlace]:
    """The entries of a legend in rows of a width, each row centred."""
    rows: list[list[tuple[int | None, str]]] = [[]]
    free = columns
    for index, name in enumerate(names):
        text = shortened(name, min(40, columns - 4))
        needed = cell_width(text) + 4
        if needed > free and rows[-1]:
            if len(rows) == most_rows:
                rows[-1] = _with_rest(rows[-1], len(names) - index, columns)
                break
            rows.append([])
            free = columns
        rows[-1].append((index, text))
        free -= needed
    return [place for number, row in enumerate(rows) for place in _centred(row, number, columns)]


def _with_rest(row: list[tuple[int | None, str]], left: int, columns: int) -> list[tuple[int | None, str]]:
    """A last row that says how many entries are left out."""
    while True:
        rest = f"… {left} more"
        if _width(row) + len(rest) <= columns or not row:
            return [*row, (None, rest)]
        row = row[:-1]
        left += 1


def _width(row: Sequence[tuple[int | None, str]]) -> int:
    return sum(cell_width(text) + 4 for _, text in row)


def _centred(row: Sequence[tuple[int | None, str]], number: int, columns: int) -> list[LegendPlace]:
    column = max(0, (columns - _width(row) + 2) // 2)
    places: list[LegendPlace] = []
    for entry, text in row:
        places.append(LegendPlace(column, number, entry, text))
        column += cell_width(text) + 4
    return places
