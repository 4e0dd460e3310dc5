"""Which columns of a table are shown at a width, and how wide: the first and the last where not all fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 2
"""Cells between two columns."""
_SHORTENED: Final = 16
"""Cells that a column of text keeps at least where there is not room for all of it."""
_ELISION: Final = 1


@dataclass(frozen=True, slots=True)
class ColumnNeed:
    """What a column would take."""

    natural: int
    """Cells for its widest text."""
    may_shrink: bool
    """Whether text in it may be cut or wrapped; of numbers nothing is."""

    @property
    def least(self) -> int:
        """Cells below which it is rather left out."""
        return min(self.natural, _SHORTENED) if self.may_shrink else self.natural


@dataclass(frozen=True, slots=True)
class Shown:
    """The columns of a table at a width."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]
    elided_at: int | None
    """Before which of `columns` stands the sign that some are left out; None where all are shown."""


def fit(needs: Sequence[ColumnNeed], width: int, leading: int, elided: frozenset[int] = frozenset()) -> Shown:
    """As many columns as there is room for, from both ends.

    Empty ones are left out. The `leading` ones come first. A column in `elided` stands for others already: it
    becomes the sign.
    """
    kept = [column for column, need in enumerate(needs) if need.natural and column not in elided]
    kept = kept or [0]
    at = next((place for place, column in enumerate(kept) if elided and column > min(elided)), None)
    at = len(kept) if elided and at is None else at
    room = width - (_ELISION + GAP if elided else 0)
    if sum(needs[column].least + GAP for column in kept) - GAP > room:
        kept, at = _from_both_ends(needs, kept, width - _ELISION - GAP, leading)
        room = width - _ELISION - GAP
    return Shown(tuple(kept), _widths([needs[column] for column in kept], room), at)


def _from_both_ends(
    needs: Sequence[ColumnNeed], columns: Sequence[int], room: int, leading: int
) -> tuple[list[int], int]:
    first, last = 0, len(columns)
    used = -GAP
    is_first_next = True
    while first < last:
        column = columns[first] if is_first_next or first < leading else columns[last - 1]
        needed = needs[column].least + GAP
        if used + needed > room:
            break
        used += needed
        if column == columns[first]:
            first += 1
        else:
            last -= 1
        is_first_next = not is_first_next or first < leading + 1
    if first == 0:
        return [columns[0]], 1
    return [*columns[:first], *columns[last:]], first


def _widths(needs: Sequence[ColumnNeed], room: int) -> tuple[int, ...]:
    """Natural widths where they fit; else columns of text share what is left, the narrow ones first."""
    room -= GAP * (len(needs) - 1)
    left = room - sum(need.natural for need in needs if not need.may_shrink)
    widths = [need.natural for need in needs]
    shrinking = sorted((need.natural, place) for place, need in enumerate(needs) if need.may_shrink)
    for done, (natural, place) in enumerate(shrinking):
        widths[place] = max(1, min(natural, left // (len(shrinking) - done)))
        left -= widths[place]
    if len(needs) == 1:
        widths = [max(1, min(widths[0], room))]
    return tuple(widths)
