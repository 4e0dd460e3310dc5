"""Finding text in the sources of a notebook's cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.document.literal import may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.document.notebook import CellKey, Notebook


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a cell's source; offsets count code points."""

    cell: CellKey
    start: int
    end: int


def find(notebook: Notebook, text: str, *, match_case: bool = False) -> Iterator[Match]:
    """Where `text` stands literally, in order and without overlaps, found as it is asked for."""
    if not text:
        return
    pattern = re.compile(re.escape(text), 0 if match_case else re.IGNORECASE)
    may = may_hold(text, match_case=match_case)
    for cell in notebook.cells:
        if may(cell.source):
            for found in pattern.finditer(cell.source):
                yield Match(cell.key, found.start(), found.end())
