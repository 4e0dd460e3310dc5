"""What is marked of a cell's lines: where its code is to stop, and where it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.view.editor.layout import TextLayout


@dataclass(frozen=True, slots=True)
class LineMarks:
    """Lines from 0."""

    breakpoints: frozenset[int] = frozenset()
    stopped: int | None = None
    """The line that is to be run next of what has stopped."""


class Mark(Enum):
    """What is marked of a row."""

    NONE = auto()
    BREAKPOINT = auto()
    STOPPED = auto()
    REACHED = auto()
    """It has stopped at a breakpoint."""
    STOPPED_ON = auto()
    """The line at which it has stopped goes on."""


STOPPED: Final = frozenset({Mark.STOPPED, Mark.REACHED, Mark.STOPPED_ON})
NO_MARKS: Final = LineMarks()


def mark_of_row(layout: TextLayout | None, marks: LineMarks, index: int) -> Mark:
    """What is marked of a row of a cell whose source is laid out so."""
    if marks == NO_MARKS or layout is None or index >= layout.row_count:
        return Mark.NONE
    line, row_in_line, _ = layout.place_of_row(index)
    if line == marks.stopped:
        if row_in_line:
            return Mark.STOPPED_ON
        return Mark.REACHED if line in marks.breakpoints else Mark.STOPPED
    return Mark.BREAKPOINT if line in marks.breakpoints and not row_in_line else Mark.NONE
