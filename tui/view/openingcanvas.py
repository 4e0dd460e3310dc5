"""What a notebook is drawn upon before its terminal has said anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.canvas import USUAL_CELL, Canvas, Ground, Pictures

if TYPE_CHECKING:
    from tui.terminal.graphics.cellsize import CellSize

AUTO: Final = "auto"
"""The setting `pictures` where the terminal is to say what it can do."""
_LINES: Final = 4
"""Rows beside a picture: the lines at the top and the bottom, and something of what the picture is of."""
_STEP: Final = 4
"""Rows by which a window must change until pictures are drawn anew."""
_FEWEST, _MOST = 8, 40
"""Rows of a picture."""


def opening_canvas(asked: str, ground: Ground, cell: CellSize | None, height: int) -> Canvas:
    """A canvas without a width.

    `asked` is the setting `pictures`; `cell` is what the terminal's line says; `height` is in rows.
    """
    return Canvas(
        0,
        pictures=Pictures.SYMBOLS if asked == AUTO else Pictures(asked),
        cell=cell or USUAL_CELL,
        ground=ground,
        picture_rows=max(_FEWEST, min(_MOST, (height - _LINES) // _STEP * _STEP)),
    )
