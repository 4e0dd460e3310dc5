"""How many pixels a cell of the terminal has."""

from __future__ import annotations

import fcntl
import struct
import termios
from dataclasses import dataclass
from typing import Final

_WINDOW_SIZE: Final = struct.Struct("HHHH")
_LARGEST: Final = 200
"""Pixels a side; what claims more is wrong."""


@dataclass(frozen=True, slots=True)
class CellSize:
    """A terminal cell, in pixels."""

    width: int
    height: int


USUAL_CELL: Final = CellSize(8, 16)
"""Of a terminal that does not say."""


def cell_size(descriptor: int) -> CellSize | None:
    """What the terminal's line says (TIOCGWINSZ); None where it leaves pixels out, as many do, or is gone."""
    try:
        answer = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(_WINDOW_SIZE.size))
    except OSError:
        return None
    rows, columns, width, height = _WINDOW_SIZE.unpack(answer)
    return believable(width // columns, height // rows) if rows and columns else None


def believable(width: int, height: int) -> CellSize | None:
    """The size, if a cell can have it."""
    return CellSize(width, height) if 2 <= width <= _LARGEST and 2 <= height <= _LARGEST else None
