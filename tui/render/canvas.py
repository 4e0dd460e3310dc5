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


class Ground(Enum):
    """What the theme draws upon."""

    DARK = "dark"
    LIGHT = "light"


class Lines(Enum):
    """What becomes of printed lines that are wider than the canvas."""

    WRAPPED = "wrapped"
    WHOLE = "whole"
    """One row each, to be scrolled sideways, up to `WIDEST_LINE`."""


WIDEST_LINE = 10_000
"""Cells of a row of whole lines; what is longer goes on in the next row, as no row may take long to cut."""


@dataclass(frozen=True, slots=True)
class CellSize:
    """A terminal cell, in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """One width and what holds for all outputs drawn at it."""

    width: int
    """In cells; no row is wider, but for those of whole lines."""
    detail: Detail = Detail.BRIEF
    pictures: Pictures = Pictures.SYMBOLS
    cell: CellSize = CellSize(8, 16)
    ground: Ground = Ground.DARK
    lines: Lines = Lines.WRAPPED

    @property
    def text_width(self) -> int:
        """How wide rows of printed text may be."""
        return self.width if self.lines is Lines.WRAPPED else WIDEST_LINE

    def of_width(self, width: int) -> Canvas:
        """The same with another width."""
        return replace(self, width=width)

    def with_lines(self, lines: Lines) -> Canvas:
        """The same with printed lines wrapped, or whole."""
        return replace(self, lines=lines)

    def in_detail(self, detail: Detail) -> Canvas:
        """The same with more or less of it."""
        return replace(self, detail=detail)
