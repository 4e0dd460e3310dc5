"""The terminal as a canvas: what is known of it from the start, and what it says later."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Final

from tui.render.canvas import Canvas, Ground, Pictures
from tui.terminal.graphics.answers import (
    COLORS_QUESTION,
    Answers,
    Protocol,
    draws_placeholders,
    draws_sextants,
    protocol_of,
)
from tui.terminal.graphics.cellsize import CellSize
from tui.terminal.graphics.gallery import Gallery
from tui.view.openingcanvas import AUTO, opening_canvas

_MOST_COLORS: Final = 256
_WITH_PALETTE: Final = ("256", "truecolor")


class Surface:
    """One terminal; `canvas` changes as more is known of it."""

    def __init__(
        self, asked: str, ground: Ground, cell: CellSize | None, height: int, colors: str | None
    ) -> None:
        """As for `opening_canvas`; `colors` is how many are sent to the terminal, as Rich calls it."""
        self.gallery = Gallery()
        self._asked = asked
        self._ground = ground
        self._cell = cell
        self._height = height
        self._has_palette = colors in _WITH_PALETTE
        self._answers = Answers()
        self._around: str | None = None

    @property
    def canvas(self) -> Canvas:
        """What all widgets draw upon, but for their widths."""
        cell = self._cell or self._answers.cell
        return replace(
            opening_canvas(self._asked, self._ground, cell, self._height),
            pictures=self._pictures(),
            colors=min(self._answers.colors or _MOST_COLORS, _MOST_COLORS),
            gallery=self.gallery,
        )

    @property
    def is_known(self) -> bool:
        """Whether the terminal answered."""
        return self._answers.is_complete

    @property
    def name(self) -> str:
        """What the terminal calls itself, or the one around tmux; empty where that is not known."""
        return self._around or self._answers.name

    def hear(self, sequence: str) -> str:
        """Take an answer of the terminal; what it is to be asked in turn."""
        knew = self.is_known
        self._answers = self._answers.hearing(sequence)
        return COLORS_QUESTION if self._answers.has_sixel and self.is_known and not knew else ""

    def hear_of_terminal_around(self, name: str | None) -> None:
        """Take what tmux says of the terminal that it is on, if pictures can pass to it."""
        self._around = name

    def take_size(self, cell: CellSize | None, height: int) -> None:
        """The window has another size, and its font may have."""
        self._cell, self._height = cell, height

    def take_ground(self, ground: Ground) -> None:
        """The theme is another."""
        self._ground = ground

    def _pictures(self) -> Pictures:
        pictures = self._best() if self._asked == AUTO else Pictures(self._asked)
        if pictures is Pictures.KITTY and not self._has_palette:  # the cells' colour says which picture it is
            return self._symbols()
        return pictures

    def _best(self) -> Pictures:
        if self._around is not None and draws_placeholders(self._around):
            return Pictures.KITTY
        has_cell = self._cell is not None or self._answers.cell is not None
        match protocol_of(self._answers):
            case Protocol.KITTY:
                return Pictures.KITTY
            case Protocol.SIXEL if has_cell:  # a strip of sixels must not be higher than a cell
                return Pictures.SIXEL
            case _:
                return self._symbols()

    def _symbols(self) -> Pictures:
        name = self._around or self._answers.name
        return Pictures.SYMBOLS if draws_sextants(name, os.environ) else Pictures.HALF_BLOCKS
