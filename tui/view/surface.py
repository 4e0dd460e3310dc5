"""The terminal as a canvas: what is known of it from the start, and what it says later."""

from __future__ import annotations

import os
from typing import Final

from tui.render.canvas import USUAL_CELL, Canvas, Ground, Pictures
from tui.terminal.graphics.answers import Answers, Protocol, draws_placeholders, protocol_of
from tui.terminal.graphics.cellsize import CellSize
from tui.terminal.graphics.gallery import Gallery

_PROTOCOLS: Final = {
    Protocol.NONE: Pictures.SYMBOLS,
    Protocol.KITTY: Pictures.KITTY,
    Protocol.SIXEL: Pictures.SIXEL,
}
_AUTO: Final = "auto"
_MOST_COLORS: Final = 256


class Surface:
    """One terminal; `canvas` changes as more is known of it."""

    def __init__(self, asked: str, ground: Ground, cell: CellSize | None) -> None:
        """`asked` is the setting `pictures`; `cell` is what the terminal's line says."""
        self.gallery = Gallery()
        self._asked = asked
        self._ground = ground
        self._cell = cell
        self._answers = Answers()
        self._around: str | None = None

    @property
    def canvas(self) -> Canvas:
        """What all widgets draw upon, but for their widths."""
        return Canvas(
            0,
            pictures=self._pictures(),
            cell=self._cell or self._answers.cell or USUAL_CELL,
            ground=self._ground,
            colors=min(self._answers.colors or _MOST_COLORS, _MOST_COLORS),
            gallery=self.gallery,
        )

    @property
    def is_known(self) -> bool:
        """Whether the terminal answered."""
        return self._answers.is_complete

    def hear(self, sequence: str) -> None:
        """Take an answer of the terminal."""
        self._answers = self._answers.hearing(sequence)

    def hear_of_terminal_around(self, name: str | None) -> None:
        """Take what tmux says of the terminal that it is on, if pictures can pass to it."""
        self._around = name

    def take_cell(self, cell: CellSize | None) -> None:
        """The window has another size, and so may its font."""
        self._cell = cell

    def take_ground(self, ground: Ground) -> None:
        """The theme is another."""
        self._ground = ground

    def _pictures(self) -> Pictures:
        if self._asked != _AUTO:
            return Pictures(self._asked)
        if os.environ.get("NO_COLOR"):  # the cells of a picture say by their colour which it is
            return Pictures.SYMBOLS
        if self._around is not None and draws_placeholders(self._around):
            return Pictures.KITTY
        protocol = protocol_of(self._answers)
        if protocol is Protocol.SIXEL and self._cell is None and self._answers.cell is None:
            return Pictures.SYMBOLS
        return _PROTOCOLS[protocol]
