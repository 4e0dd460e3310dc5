"""What outputs are drawn upon: so many cells, in a terminal that can do so much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tui.terminal.graphics.cellsize import USUAL_CELL, CellSize

if TYPE_CHECKING:
    from tui.terminal.graphics.gallery import Gallery

__all__ = ["USUAL_CELL", "Canvas", "CellSize", "Detail", "Ground", "Pictures"]


class Detail(Enum):
    """How much of what may be long is drawn."""

    BRIEF = "brief"
    """What a person needs first: the frames of a traceback that are theirs, the top of a tree."""
    FULL = "full"


class Pictures(Enum):
    """How the terminal shows pictures."""

    SYMBOLS = "symbols"
    """As characters in two colours: sextants for drawings, half-blocks for photographs."""
    SEXTANTS = "sextants"
    HALF_BLOCKS = "half-blocks"
    """For fonts without sextants, which are of Unicode 13."""
    KITTY = "kitty"
    """By kitty's graphics protocol with Unicode placeholders."""
    SIXEL = "sixel"
    OFF = "off"
    """Only their type and size."""


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
class Canvas:
    """One width and what holds for all outputs drawn at it."""

    width: int
    """In cells; no row is wider, but for those of whole lines."""
    detail: Detail = Detail.BRIEF
    pictures: Pictures = Pictures.SYMBOLS
    cell: CellSize = USUAL_CELL
    ground: Ground = Ground.DARK
    table_key: str = ""
    """What a person presses to open a table on the whole screen, where that can be done."""
    picture_rows: int = 30
    """A picture takes no more."""
    colors: int = 256
    """Of a picture, where the terminal limits them."""
    gallery: Gallery | None = None
    """Where pictures for KITTY and SIXEL are kept until they are painted; without, they are of symbols."""
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
