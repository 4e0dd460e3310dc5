"""The button beside the focused cell that runs or stops it: shown once the mouse was used, never before."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from tui.runs import Asking, Queued, Running

if TYPE_CHECKING:
    from tui.runs import CellRun

BUTTON_COLUMNS: Final = range(1, 3)
"""Where a press is one on it: its own column, and the next, as one cell is little to aim at."""


class RunButton(Enum):
    """What a press does; the value is its sign, of which none is an emoji: one cell in any terminal."""

    NONE = ""
    RUN = "►"
    STOP = "■"


def button_for(run: CellRun | None) -> RunButton:
    """The button of a code cell in that state."""
    return RunButton.STOP if isinstance(run, Queued | Running | Asking) else RunButton.RUN
