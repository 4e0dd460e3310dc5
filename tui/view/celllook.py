"""What the drawing of a cell depends on besides the cell itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.view.gutter import CONTENT_COLUMN, RIGHT_MARGIN
from tui.view.linemarks import NO_MARKS, LineMarks
from tui.view.runbutton import RunButton

if TYPE_CHECKING:
    from tui.document.runtimes import RunTimes
    from tui.render.canvas import Canvas
    from tui.render.languages import Language
    from tui.render.widgets.surface import Focus
    from tui.runs import CellRun
    from tui.view.outputspart import Fold

_NARROWEST_CONTENT = 8
"""Cells; what does not fit a still narrower view is cut."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much room cells are given, as the user likes it."""

    spacing: int = 1
    """Empty rows below each cell."""
    max_width: int = 0
    """Columns that a cell may take; 0 for all there are."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all cells have in common; another value draws all of them anew."""

    view: Canvas
    """The whole view."""
    language: Language
    """Of code cells."""
    fold_above: int
    """Rows of an output; longer ones are folded."""
    numbered: bool
    room: Room = Room()

    @property
    def width(self) -> int:
        """What cells take of the view's width."""
        return min(self.view.width, self.room.max_width or self.view.width)

    @property
    def content_width(self) -> int:
        """What is left for content."""
        return max(_NARROWEST_CONTENT, self.width - CONTENT_COLUMN - RIGHT_MARGIN)

    @property
    def canvas(self) -> Canvas:
        """What content is drawn upon."""
        return self.view.of_width(self.content_width)


class CellLook(NamedTuple):
    """How one cell is to be shown now; made for every cell in sight at every key."""

    run: CellRun | None
    fold: Fold
    turn: int
    """Which of the types of its outputs is drawn (`draw_output`)."""
    shows_source: bool
    """A markdown cell shows its source only while it is edited."""
    answer: str = ""
    """What was typed so far where the cell asks for input."""
    control: Focus | None = None
    """The control in its outputs that keys go to."""
    hides_source: bool = False
    """Whether one row stands for its source."""
    folded: int = 0
    """How many cells of its section are folded away."""
    column: int | None = None
    """The first column in sight of printed lines that are left whole; None where they are wrapped."""
    marks: LineMarks = NO_MARKS
    times: RunTimes | None = None
    """When it ran last, where that is to be said."""
    button: RunButton = RunButton.NONE
