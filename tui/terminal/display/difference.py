"""From what a terminal shows to what it is to show, in few bytes."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from tui.terminal.display.cellrow import CONTINUED, PLACEHOLDER, blank_row
from tui.terminal.display.scrolling import found_scroll, scrolled
from tui.terminal.display.shifting import found_shift, shifted
from tui.terminal.display.strokes import in_few_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.terminal.display.abilities import Abilities
    from tui.terminal.display.cellrow import CellRow
    from tui.terminal.display.look import Look
    from tui.terminal.display.pen import Pen
    from tui.terminal.display.shifting import Shift
    from tui.terminal.display.strokes import Stroke

_NOTHING = "\0"
"""The text of a cell that equals none."""
_BRIDGE = 6
"""Cells that are right already, up to which writing them again is no longer than moving over them."""


class _Change(NamedTuple):
    """A row that differs."""

    before: CellRow
    after: CellRow
    shift: Shift | None


def draw_difference(old: Sequence[CellRow], new: Sequence[CellRow], pen: Pen, abilities: Abilities) -> None:
    """Write what differs. Both have the same size, and the terminal shows the old one.

    A row that is typed in comes first, and the cursor comes back there: the next letter costs little then.
    """
    scroll = found_scroll(old, new) if abilities.scrolls_regions else None
    if scroll is not None:
        paper = new[scroll.top].looks[-1]
        pen.look(paper)
        pen.raw(scroll.sequence(abilities))
        width = len(new[0].texts)
        is_known = abilities.erases_in_color and paper.is_plain_paper
        blank = blank_row(width, paper) if is_known else _unknown(width)
        old = scrolled(old, scroll, blank)
    changes = {
        index: _Change(before, after, found_shift(before, after) if abilities.shifts_cells else None)
        for index, (before, after) in enumerate(zip(old, new, strict=True))
        if before is not after and before != after
    }
    typed = _typed_row(changes, pen.home)
    if typed is not None:
        for stroke in _row(typed, changes.pop(typed), pen, abilities):
            pen.draw(stroke)
        pen.settle(typed)
    with pen.coming_back() if _comes_back(changes, pen, abilities) else nullcontext():
        strokes: list[Stroke] = []
        for index, change in changes.items():
            strokes += _row(index, change, pen, abilities)
        for stroke in in_few_bytes(strokes, pen.current):
            pen.draw(stroke)


def _typed_row(changes: Mapping[int, _Change], home: int | None) -> int | None:
    """The row that a letter was typed in: the one where the last one was, or where the rest moved along."""
    if home in changes:
        return home
    return next((index for index, change in changes.items() if change.shift is not None), None)


def _comes_back(changes: Mapping[int, _Change], pen: Pen, abilities: Abilities) -> bool:
    """Whether the cursor goes away from the row that is typed in; sixels use the one place that is kept."""
    return (
        abilities.saves_cursor
        and bool(changes)
        and pen.home is not None
        and not any(row.has_picture for change in changes.values() for row in (change.before, change.after))
    )


def _row(index: int, change: _Change, pen: Pen, abilities: Abilities) -> Iterator[Stroke]:
    """What is to be written in a row, once what only moves was moved."""
    shown = change.before
    if change.shift is not None:
        shown = _shift(index, change, change.shift, pen, abilities)
    for start, end in _spans(shown, change.after):
        yield from pen.strokes(index, change.after, start, end)


def _shift(index: int, change: _Change, shift: Shift, pen: Pen, abilities: Abilities) -> CellRow:
    """Have a part of a row moved; what it shows then."""
    paper = change.after.looks[-1]
    pen.shift(index, shift, paper)
    is_known = shift.by < 0 and abilities.erases_in_color and paper.is_plain_paper
    return shifted(change.before, shift, " " if is_known else _NOTHING, paper)


def draw_all(new: Sequence[CellRow], pen: Pen) -> None:
    """Write all of it, whatever the terminal shows."""
    for index, row in enumerate(new):
        pen.write(index, row, 0, len(row.texts))


def _spans(before: CellRow, after: CellRow) -> Iterator[tuple[int, int]]:
    """Where the rows differ, from and to; parts that are nearly side by side are one."""
    wrong = _wrong_cells(before, after)
    start = end = -1
    for index in wrong:
        if start >= 0 and index - end <= _gap(after.looks, end, index):
            end = index + 1
            continue
        if start >= 0:
            yield start, end
        start, end = index, index + 1
    if start >= 0:
        yield start, end


def _gap(looks: Sequence[Look], end: int, index: int) -> int:
    """How many cells may lie between two parts: those of another look cost a change of it, too."""
    look = looks[end - 1]
    return _BRIDGE if all(each is look for each in looks[end : index + 1]) else 1


def _wrong_cells(before: CellRow, after: CellRow) -> list[int]:
    texts, looks = before.texts, before.looks
    wrong = [
        index
        for index, (text, look) in enumerate(zip(after.texts, after.looks, strict=True))
        if text != texts[index] or not (look is looks[index] or _look_same(text, look, looks[index]))
    ]
    if wrong and (before.has_picture or after.has_picture):
        # A row of a picture may be sent in one piece only.
        pieces = (
            index
            for index in range(len(texts))
            if texts[index].startswith(PLACEHOLDER) or after.texts[index].startswith(PLACEHOLDER)
        )
        wrong = sorted({*wrong, *pieces})
    if CONTINUED not in texts and CONTINUED not in after.texts:
        return wrong
    # A wide character is written whole, and half of one that is written over is blank.
    found = set(wrong)
    for index in wrong:
        for row in (texts, after.texts):
            if row[index] == CONTINUED:
                found.add(index - 1)
            if index + 1 < len(row) and row[index + 1] == CONTINUED:
                found.add(index + 1)
    return sorted(found) if len(found) == len(wrong) else _grown(found, texts, after.texts)


def _look_same(text: str, one: Look, other: Look) -> bool:
    """Whether a character looks the same: of a blank nothing but the paper is seen."""
    return one == other or (text == " " and one.blanks_as(other))


def _grown(found: set[int], old: Sequence[str], new: Sequence[str]) -> list[int]:
    waiting = list(found)
    while waiting:
        index = waiting.pop()
        for row in (old, new):
            for near in (index - 1 if row[index] == CONTINUED else -1, index + 1):
                if 0 <= near < len(row) and near not in found and (near < index or row[near] == CONTINUED):
                    found.add(near)
                    waiting.append(near)
    return sorted(found)


def _unknown(width: int) -> CellRow:
    """Cells that equal none: of a terminal that fills what it scrolls in with a colour of its own."""
    row = blank_row(width)
    row.texts[:] = [_NOTHING] * width
    return row
