"""Cells to be written as strokes of one look each, in an order that costs few changes of colour."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.terminal.display.cellrow import PLACEHOLDER
from tui.terminal.display.look import change_of_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.terminal.display.cellrow import CellRow
    from tui.terminal.display.look import Look

# Latin, Greek, Cyrillic, lines, blocks, shapes, Braille: one cell each in every terminal.
_SURE: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2400-\u2421\u2500-\u25fc\u2800-\u28ff\ufffd]*"
)
_MOVE: Final = 7
"""Bytes that it takes to go to where a stroke begins, about."""


class Stroke(NamedTuple):
    """Cells of a row, to be written in one look; without texts, blanks up to the right edge, to be erased."""

    row: int
    start: int
    end: int
    look: Look
    """Of blanks alone, one of the looks that show them as they are to be."""
    texts: Sequence[str] | None


def strokes_of(row: int, cells: CellRow, start: int, end: int) -> Iterator[Stroke]:
    """The strokes that write the cells from `start` up to `end`; blanks go with what is beside them.

    Not with a piece of a picture: the colour right before that is a part of the picture's number.
    """
    texts, looks = cells.texts, cells.looks
    at = start
    while at < end:
        first, look = at, looks[at]
        while at < end and texts[at] == " " and looks[at].blanks_as(look):
            at += 1
        if at < end and at > first and texts[at].startswith(PLACEHOLDER):
            yield Stroke(row, first, at, look, texts[first:at])
            continue
        if at < end and look.blanks_as(looks[at]):
            look = looks[at]
        while at < end and (looks[at] is look or (texts[at] == " " and looks[at].blanks_as(look))):
            at += 1
        yield Stroke(row, first, at, look, texts[first:at])


def is_sure(texts: Sequence[str]) -> bool:
    """Whether every terminal gives each of these characters the one cell that it has here."""
    text = "".join(texts)
    return len(text) == len(texts) and _SURE.fullmatch(text) is not None


def in_few_bytes(strokes: Sequence[Stroke], look: Look) -> Sequence[Stroke]:
    """Strokes row by row, or colour by colour where that is shorter; `look` is the one that is set before.

    A row with characters that a terminal may measure differently is left together, from left to right: what
    one of those has spoilt is put right by the one behind it.
    """
    if len(strokes) < 3:
        return strokes
    together: list[Stroke] = []
    apart: dict[tuple[str, str], list[Stroke]] = {}
    for _, group in groupby(strokes, attrgetter("row")):
        row = list(group)
        if all(stroke.texts is None or is_sure(stroke.texts) for stroke in row):
            for stroke in row:
                apart.setdefault((stroke.look.foreground, stroke.look.background), []).append(stroke)
        else:
            together += row
    if len(apart) < 2:
        return strokes
    now = apart.pop((look.foreground, look.background), [])
    ordered = [*now, *together, *(stroke for each in apart.values() for stroke in each)]
    return ordered if _cost(ordered, look) < _cost(strokes, look) else strokes


def _cost(strokes: Sequence[Stroke], look: Look) -> int:
    """Bytes of all that is not text, about."""
    cost = 0
    row = column = -1
    for stroke in strokes:
        if stroke.look is not look:
            cost += len(change_of_look(look, stroke.look))
            look = stroke.look
        if (stroke.row, stroke.start) != (row, column):
            cost += _MOVE
        row, column = stroke.row, stroke.end
    return cost
