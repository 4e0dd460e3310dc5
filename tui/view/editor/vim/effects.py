"""What vim asks of the program around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Perform:
    """One of the program's actions, by its id."""

    action: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class CopyText:
    """Text for the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """One line for the person."""

    text: str
    is_warning: bool = False


class Height(Enum):
    """Where on the screen a line is put."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class PutLine:
    """The cursor's line at a height of the screen."""

    height: Height


class PassOn:
    """The key is none of vim's: what it means elsewhere counts."""


class LeaveCell:
    """On to the notebook's command mode."""


@dataclass(frozen=True, slots=True)
class GoBeyond:
    """On to the neighbouring cell: `step` cells away."""

    step: int


@dataclass(frozen=True, slots=True)
class Play:
    """Keys to be pressed, one after the other, until one fails."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlayInLines:
    """Keys to be pressed in each of some lines, all of it one step to undo."""

    keys: tuple[str, ...]
    lines: tuple[int | str, ...] = ()
    """By their numbers, or, where lines may come and go above, by the marks in them; none: where it is."""


Effect: TypeAlias = Perform | CopyText | Tell | PutLine | PassOn | LeaveCell | GoBeyond | Play | PlayInLines
