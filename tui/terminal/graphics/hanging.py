"""Hangs pictures where a frame has cells for them, while it is written to the terminal."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum
from typing import Final

from tui.terminal.graphics.gallery import Gallery, Pixels, Sixels
from tui.terminal.graphics.kitty import deletion, through_tmux, transmission
from tui.terminal.graphics.placeholders import PLACEHOLDER, Run, runs

_MOST_AT_TERMINAL: Final = 128 << 20
"""Bytes of pixels that a terminal is given to keep; kitty itself keeps 320 MiB for all its programs."""
_BYTES_A_PIXEL: Final = 4


class Wrapping(Enum):
    """What stands between tnb and the terminal that draws pictures."""

    NONE = "none"
    TMUX = "tmux"


class Hanging:
    """Knows which pictures the terminal has."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._at_terminal: OrderedDict[int, int] = OrderedDict()
        """Bytes of pixels by id; what was not painted for longest comes first."""
        self.wrapping = Wrapping.NONE

    def hung(self, data: str) -> str:
        """What is to be written to the terminal for `data`.

        In front are pictures that the terminal does not have yet; cells that stand for sixels become those.
        """
        if PLACEHOLDER not in data:
            return data
        written: list[str] = []
        sent: list[str] = []
        at = 0
        for run in runs(data):
            match self._gallery.get(run.picture):
                case Pixels() as pixels:
                    sent += self._sent(run.picture, pixels)
                case picture:
                    written += [data[at : run.start], _painted(picture, run)]
                    at = run.end
        return "".join([*sent, *written, data[at:]])

    def taken_down(self) -> str:
        """What takes all pictures away from the terminal; they are sent anew when they are painted again."""
        ids, self._at_terminal = self._at_terminal, OrderedDict()
        return "".join(self._wrapped(deletion(picture)) for picture in ids)

    def _sent(self, picture: int, pixels: Pixels) -> list[str]:
        if picture in self._at_terminal:
            self._at_terminal.move_to_end(picture)
            return []
        self._at_terminal[picture] = pixels.width * pixels.height * _BYTES_A_PIXEL
        sequences = transmission(picture, pixels)
        while sum(self._at_terminal.values()) > _MOST_AT_TERMINAL and len(self._at_terminal) > 1:
            oldest, _ = self._at_terminal.popitem(last=False)
            sequences.append(deletion(oldest))
        return [self._wrapped(sequence) for sequence in sequences]

    def _wrapped(self, sequence: str) -> str:
        return through_tmux(sequence) if self.wrapping is Wrapping.TMUX else sequence


def _painted(picture: Sixels | None, run: Run) -> str:
    """Blanks, and over them the strip of the row; blanks alone where something covers a part of it."""
    blanks = " " * run.cells
    if picture is None or run.column or run.cells != picture.columns or run.row >= len(picture.sequences):
        return blanks
    # The cursor is put back, as terminals differ in where a picture leaves it.
    return f"\x1b7{blanks}\x1b8{picture.sequences[run.row]}\x1b8\x1b[{run.cells}C"
