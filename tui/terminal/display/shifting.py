"""Whether the rest of a row has only moved right or left, as behind a letter that is typed or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.terminal.display.cellrow import CONTINUED, CellRow

if TYPE_CHECKING:
    from tui.terminal.display.look import Look

_FARTHEST = 8
"""Cells: a tab, or a word that is completed."""
_FEWEST = 8
"""Characters behind the place, from which on moving them is shorter than writing them again in one look."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The cells from `at` on move right by `by`, or left where it is negative, over what was there."""

    at: int
    by: int

    @property
    def sequence(self) -> str:
        """For the terminal with its cursor at the place, where it stays (ICH, DCH: ECMA-48 8.3.64 and 26)."""
        count = abs(self.by)
        return f"\x1b[{count if count > 1 else ''}{'@' if self.by > 0 else 'P'}"


def found_shift(before: CellRow, after: CellRow) -> Shift | None:
    """The shift that makes most of one row the other; None where none pays."""
    if CONTINUED in before.texts or CONTINUED in after.texts or not before.is_simple or not after.is_simple:
        return None
    width = len(after.texts)
    at = next((index for index in range(width) if not _equal(before, index, after, index)), width)
    last = max(at, _end_of_ink(after))
    if last - at < _FEWEST and not _has_looks(before, after, at, last):
        return None
    for by in (sign * step for step in range(1, _FARTHEST + 1) for sign in (1, -1)):
        old, new = (at, at + by) if by > 0 else (at - by, at)
        if _same(before, old, after, new, width - max(old, new)):
            return Shift(at, by)
    return None


def shifted(row: CellRow, shift: Shift, blank: str, paper: Look) -> CellRow:
    """What the row shows after it; `blank` stands where cells came in."""
    at, by = shift.at, shift.by
    new_texts, new_looks = [blank] * abs(by), [paper] * abs(by)
    texts, looks = row.texts, row.looks
    if by > 0:
        return CellRow([*texts[:at], *new_texts, *texts[at:-by]], [*looks[:at], *new_looks, *looks[at:-by]])
    return CellRow([*texts[:at], *texts[at - by :], *new_texts], [*looks[:at], *looks[at - by :], *new_looks])


def _end_of_ink(row: CellRow) -> int:
    """Where the blanks begin that are nothing but background up to the row's end."""
    end = len("".join(row.texts).rstrip(" "))  # of one character in each cell
    seen: Look | None = None
    for index in range(len(row.looks), end, -1):
        look = row.looks[index - 1]
        if look is not seen and not look.is_plain_paper:
            return index
        seen = look
    return end


def _has_looks(before: CellRow, after: CellRow, start: int, end: int) -> bool:
    """Whether writing the cells means to change the look, as for a letter and the cursor behind it."""
    looks = (*before.looks[start:end], *after.looks[start:end])
    return any(look is not looks[0] for look in looks)


def _same(one: CellRow, index: int, other: CellRow, place: int, count: int) -> bool:
    """Whether so many cells are equal; lists are compared first, which is done outside of Python."""
    if one.texts[index : index + count] != other.texts[place : place + count]:
        return False
    return one.looks[index : index + count] == other.looks[place : place + count] or all(
        _equal(one, index + offset, other, place + offset) for offset in range(count)
    )


def _equal(one: CellRow, index: int, other: CellRow, place: int) -> bool:
    text, look, seen = one.texts[index], one.looks[index], other.looks[place]
    return text == other.texts[place] and (
        look is seen or look == seen or (text == " " and look.blanks_as(seen))
    )
