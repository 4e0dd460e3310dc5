"""What a terminal shows after text that was painted row by row, as a first frame is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.terminal.display.cellrow import cells_of
from tui.terminal.display.look import look_of

if TYPE_CHECKING:
    from tui.terminal.display.cellrow import CellRow
    from tui.terminal.display.look import Look

_ROW: Final = re.compile(r"\x1b\[(\d+);1H")
_SGR: Final = re.compile(r"\x1b\[([0-9;]*)m")


def rows_painted(text: str, width: int) -> list[CellRow]:
    """The cells of rows from the first down, each begun by `CSI n;1H` and coloured by SGR that begins anew.

    Links and all other sequences are not known here: of a row that has one, nothing is (it equals no other).
    """
    parts = _ROW.split(text)
    return [_row(part, width) for part in parts[2::2]]


def _row(text: str, width: int) -> CellRow:
    pieces: list[tuple[str, Look]] = []
    look = look_of("")
    at = 0
    for found in _SGR.finditer(text):
        pieces.append((text[at : found.start()], look))
        look = look_of(found[1])
        at = found.end()
    pieces.append((text[at:], look))
    return cells_of([(piece, style) for piece, style in pieces if piece], width)
