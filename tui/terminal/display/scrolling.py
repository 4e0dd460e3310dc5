"""Whether a part of the screen has only moved up or down, so that the terminal can scroll it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.terminal.display.abilities import Abilities
    from tui.terminal.display.cellrow import CellRow

_FEWEST = 3
"""Rows that have to be right where they come to stand for a scroll to pay."""


@dataclass(frozen=True, slots=True)
class Scroll:
    """Rows from `top` to before `bottom` move up by `by`, or down where it is negative."""

    top: int
    bottom: int
    by: int

    def sequence(self, abilities: Abilities) -> str:
        """For the terminal: DECSTBM, then SU or LF at the bottom, SD or RI at the top. The cursor is lost."""
        region, count = f"\x1b[{self.top + 1};{self.bottom}r", abs(self.by)
        if abilities.scrolls_by_count:
            return f"{region}\x1b[{count if count > 1 else ''}{'S' if self.by > 0 else 'T'}\x1b[r"
        if self.by > 0:
            return f"{region}\x1b[{self.bottom}H{chr(10) * count}\x1b[r"
        return f"{region}\x1b[{self.top + 1}H" + "\x1bM" * count + "\x1b[r"


def found_scroll(old: Sequence[CellRow], new: Sequence[CellRow]) -> Scroll | None:
    """The scroll that puts the most rows right which are not; None where none pays."""
    differing = sum(one is not other and one != other for one, other in zip(old, new, strict=True))
    if differing < _FEWEST:  # as with most keys, for which nothing else is to be worked out
        return None
    numbers: dict[tuple[str, ...], int] = {}
    before = [_number(row, numbers) for row in old]
    after = [_number(row, numbers) for row in new]
    wrong = [index for index, number in enumerate(after) if number != before[index]]
    if len(wrong) < _FEWEST:
        return None
    best: Scroll | None = None
    most = _FEWEST - 1
    for by in sorted(range(1 - len(after), len(after)), key=abs):  # the shorter way moves less out of sight
        right = [
            index
            for index in wrong
            if 0 <= index + by < len(before) and after[index] and after[index] == before[index + by]
        ]
        if by and len(right) > most:
            most = len(right)
            top, bottom = min(right[0], right[0] + by), max(right[-1], right[-1] + by) + 1
            best = Scroll(top, bottom, by)
    if best is not None and any(row.has_picture for row in (*old, *new)):
        return None  # terminals differ in whether pictures move with the text
    return best


def scrolled(rows: Sequence[CellRow], scroll: Scroll, blank: CellRow) -> list[CellRow]:
    """What the screen shows after it."""
    part = rows[scroll.top : scroll.bottom]
    blanks = [blank] * abs(scroll.by)
    part = [*part[scroll.by :], *blanks] if scroll.by > 0 else [*blanks, *part[: scroll.by]]
    return [*rows[: scroll.top], *part, *rows[scroll.bottom :]]


def _number(row: CellRow, numbers: dict[tuple[str, ...], int]) -> int:
    """A number for what a row says; 0 for blanks, of which it does not matter where they came from."""
    text = "".join(row.texts)
    return 0 if text.isspace() else numbers.setdefault((text,), len(numbers) + 1)
