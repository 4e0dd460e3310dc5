"""Puts what changed between two texts into a third that says the same as the first in another way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text."""

    said: Sequence[str]
    """As they are compared."""
    raw: Sequence[str]
    """As they stand in the text, with their ends."""


class _Edit(NamedTuple):
    """Lines of the base that are others in a text."""

    start: int
    end: int
    """Where it is the start, lines are put in before that."""
    raw: Sequence[str]


def merged(base: Lines, new: Lines, kept: Lines) -> str:
    """The text `kept` with what leads from `base` to `new`, which counts where both differ from `base`."""
    changes, _ = _edits(base, new)
    quirks, same = _edits(base, kept)
    parts: list[str] = []
    at = 0

    def keep(end: int) -> None:
        parts.extend(kept.raw[same[index]] if index in same else base.raw[index] for index in range(at, end))

    for edit in sorted([*changes, *_apart(quirks, changes)], key=lambda edit: edit[:2]):
        keep(edit.start)
        parts.extend(edit.raw)
        at = edit.end
    keep(len(base.said))
    return "".join(parts)


def _edits(base: Lines, other: Lines) -> tuple[list[_Edit], dict[int, int]]:
    """What leads from the base to the other, in order, line by line if it can; and which lines stay."""
    edits: list[_Edit] = []
    same: dict[int, int] = {}
    for name, start, end, first, last in SequenceMatcher(
        None, base.said, other.said, autojunk=False
    ).get_opcodes():
        if name == "equal":
            same.update(zip(range(start, end), range(first, last), strict=True))
        elif end - start == last - first:
            edits += (
                _Edit(start + at, start + at + 1, other.raw[first + at : first + at + 1])
                for at in range(end - start)
            )
        else:
            edits.append(_Edit(start, end, other.raw[first:last]))
    return edits, same


def _apart(edits: Sequence[_Edit], others: Sequence[_Edit]) -> Iterator[_Edit]:
    """Those of the edits that none of the others, which are in order, stands in the way of."""
    starts, ends = [other.start for other in others], [other.end for other in others]
    for edit in edits:
        near = others[bisect_left(ends, edit.start) : bisect_right(starts, edit.end)]
        if not any(_clash(edit, other) for other in near):
            yield edit


def _clash(one: _Edit, other: _Edit) -> bool:
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end
