"""What outputs are drawn upon: so many cells, in a terminal that can do so much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Detail(Enum):
    """How much of what may be long is drawn."""

    BRIEF = "brief"
    """What a person needs first: the frames of a traceback that are theirs, the top of a tree."""
    FULL = "full"


class Pictures(Enum):
    """How the terminal shows pictures."""

    SYMBOLS = "symbols"
    """As characters in two colours, which every terminal does."""
    KITTY = "kitty"
    """By kitty's graphics protocol with Unicode placeholders."""
    SIXEL = "sixel"
    OFF = "off"
    """Only their type and size."""


class Ground(Enum):
    """What the theme draws upon."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class CellSize:
    """A terminal cell, in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """One width and what holds for all outputs drawn at it."""

    width: int
    """In cells; no row is wider."""
    detail: Detail = Detail.BRIEF
    pictures: Pictures = Pictures.SYMBOLS
    cell: CellSize = CellSize(8, 16)
    ground: Ground = Ground.DARK

    def of_width(self, width: int) -> Canvas:
        """The same with another width."""
        return replace(self, width=width)

    def in_detail(self, detail: Detail) -> Canvas:
        """The same with more or less of it."""
        return replace(self, detail=detail)
