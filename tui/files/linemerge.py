"""Puts what changed between two texts into a third that says the same as the first in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple


class _Sync(NamedTuple):
    """Lines that all three texts have: where they begin in each, and how many they are."""

    base: int
    new: int
    kept: int
    length: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text."""

    said: Sequence[str]
    """As they are compared."""
    raw: Sequence[str]
    """As they stand in the text, with their ends."""


def merged(base: Sequence[str], new: Lines, kept: Lines) -> str:
    """The text `kept` with what leads from `base` to `new`, which counts where both differ from `base`."""
    parts: list[str] = []
    at = _Sync(0, 0, 0, 0)
    for sync in (*_syncs(base, new.said, kept.said), _Sync(len(base), len(new.said), len(kept.said), 0)):
        is_unchanged = base[at.base : sync.base] == new.said[at.new : sync.new]
        parts += kept.raw[at.kept : sync.kept] if is_unchanged else new.raw[at.new : sync.new]
        parts += kept.raw[sync.kept : sync.kept + sync.length]
        at = _Sync(sync.base + sync.length, sync.new + sync.length, sync.kept + sync.length, 0)
    return "".join(parts)


def _syncs(base: Sequence[str], new: Sequence[str], kept: Sequence[str]) -> Iterator[_Sync]:
    news = SequenceMatcher(None, base, new, autojunk=False).get_matching_blocks()
    keeps = SequenceMatcher(None, base, kept, autojunk=False).get_matching_blocks()
    one = other = 0
    while one < len(news) and other < len(keeps):
        start = max(news[one].a, keeps[other].a)
        end_new, end_kept = (each.a + each.size for each in (news[one], keeps[other]))
        end = min(end_new, end_kept)
        if start < end:
            yield _Sync(
                start,
                news[one].b + start - news[one].a,
                keeps[other].b + start - keeps[other].a,
                end - start,
            )
        if end_new <= end_kept:
            one += 1
        else:
            other += 1
