"""Which cells of a notebook that was read again are those of before: they get the keys that they had."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.document.notebook import Cell, CellKind, Notebook

_Match: TypeAlias = list[int | None]
"""For each cell found, which of the old ones it is."""


def with_keys_of(found: Notebook, old: Notebook) -> Notebook:
    """The notebook with the old keys for cells that are the same by nbformat's id, else by what they say.

    Cells that were changed in place are the same where as many stand between two that are known.
    """
    match: _Match = [None] * len(found.cells)
    _match_ids(match, found.cells, old.cells)
    _match_texts(match, found.cells, old.cells)
    _match_between(match, found.cells, old.cells)
    return found.with_cells(
        tuple(
            cell if place is None else replace(cell, key=old.cells[place].key)
            for cell, place in zip(found.cells, match, strict=True)
        )
    )


def _match_ids(match: _Match, found: Sequence[Cell], old: Sequence[Cell]) -> None:
    places: dict[str, int | None] = {}
    for place, cell in enumerate(old):
        if cell.id is not None:
            places[cell.id] = None if cell.id in places else place  # an id that is there twice tells nothing
    for index, cell in enumerate(found):
        if cell.id is not None:
            match[index] = places.pop(cell.id, None)


def _match_texts(match: _Match, found: Sequence[Cell], old: Sequence[Cell]) -> None:
    taken = {place for place in match if place is not None}
    queues: dict[tuple[CellKind, str], deque[int]] = {}
    for place, cell in enumerate(old):
        if place not in taken:
            queues.setdefault((cell.kind, cell.source), deque()).append(place)
    for index, cell in enumerate(found):
        if match[index] is None and (queue := queues.get((cell.kind, cell.source))):
            match[index] = queue.popleft()


def _match_between(match: _Match, found: Sequence[Cell], old: Sequence[Cell]) -> None:
    taken = {place for place in match if place is not None}
    index = 0
    while index < len(match):
        if match[index] is not None:
            index += 1
            continue
        end = index
        while end < len(match) and match[end] is None:
            end += 1
        before = match[index - 1] if index else None
        after = match[end] if end < len(match) else None
        first = -1 if before is None else before
        last = len(old) if after is None else after
        if last - first - 1 == end - index and not any(place in taken for place in range(first + 1, last)):
            for offset in range(end - index):
                if found[index + offset].kind is old[first + 1 + offset].kind:
                    match[index + offset] = first + 1 + offset
        index = end
