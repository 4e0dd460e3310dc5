"""Replacing what was found, line by line: what each line becomes, and the edits of those that are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.document.edits import ChangeText
from tui.document.textchange import TextChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.document.edits import Edit
    from tui.document.found import Found
    from tui.document.notebook import Cell, CellKey, Notebook


@dataclass(frozen=True, slots=True)
class LineChange:
    """Lines of a cell that change together: one, or those that a match goes across."""

    cell: CellKey
    line: int
    """The first, from 0."""
    start: int
    """Where in the source it begins."""
    before: str
    after: str
    matches: tuple[Found, ...]


def line_changes(notebook: Notebook, found: Iterable[Found]) -> list[LineChange]:
    """What the matches in sources, in order, make of the lines in which they are."""
    changes: list[LineChange] = []
    of_cell: dict[CellKey, list[Found]] = {}
    for match in found:
        if match.output is None and match.replacement is not None and match.cell in notebook:
            of_cell.setdefault(match.cell, []).append(match)
    for key, matches in of_cell.items():
        changes.extend(_of_cell(notebook.cell(key), matches))
    return changes


def _of_cell(cell: Cell, matches: Sequence[Found]) -> list[LineChange]:
    source = cell.source
    changes: list[LineChange] = []
    together: list[Found] = []
    start = end = line = counted = 0
    for match in matches:
        if together and match.start > end:
            changes.append(_change(cell, line, start, end, together))
            together = []
        if not together:
            start = source.rfind("\n", 0, match.start) + 1
            line += source.count("\n", counted, start)
            counted = start
        together.append(match)
        stop = source.find("\n", match.end)
        end = len(source) if stop < 0 else stop
    if together:
        changes.append(_change(cell, line, start, end, together))
    return changes


def _change(cell: Cell, line: int, start: int, end: int, matches: Sequence[Found]) -> LineChange:
    before = cell.source[start:end]
    after, at = "", start
    for match in matches:
        after += cell.source[at : match.start] + (match.replacement or "")
        at = match.end
    return LineChange(cell.key, line, start, before, after + cell.source[at:end], tuple(matches))


def edits_of(changes: Iterable[LineChange]) -> list[Edit]:
    """The edits that make them, the last of each cell first, so that none moves another's place."""
    matches = [match for change in changes for match in change.matches]
    return [
        ChangeText(match.cell, TextChange(match.start, match.text, match.replacement or ""))
        for match in reversed(matches)
        if match.text != match.replacement
    ]
