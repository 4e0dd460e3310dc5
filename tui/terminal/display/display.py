"""What a terminal shows and what it is to show; frames that it has no time for are merged, never queued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.terminal.display.cellrow import CellRow, blank_row, replaced
from tui.terminal.display.difference import draw_all, draw_difference
from tui.terminal.display.pen import Pen

if TYPE_CHECKING:
    from tui.terminal.display.abilities import Abilities
    from tui.terminal.display.pacing import Pacing

_WORTH_SYNCHRONIZING = 256
"""Characters; less arrives in one piece."""
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"


class Display:
    """One terminal. `put` says what is to be shown, `present` has the terminal show it as soon as it can."""

    def __init__(self, write: Callable[[str], None], abilities: Abilities, pacing: Pacing) -> None:
        self._write = write
        self._abilities = abilities
        self._pacing = pacing
        self._wanted: list[CellRow] = []
        self._shown: Sequence[CellRow] | None = None
        """None where it is not known."""
        self._pen = Pen(0, abilities)

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size, or may show anything."""
        self._wanted = [blank_row(width) for _ in range(height)]
        self._pen = Pen(width, self._abilities)
        self._shown = None

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (len(self._wanted[0].texts) if self._wanted else 0, len(self._wanted))

    def has_shown(self, rows: Sequence[CellRow]) -> None:
        """Somebody else drew these rows on the whole terminal, and left a plain look."""
        if rows and (len(rows[0].texts), len(rows)) == self.size:
            self._shown = list(rows)

    def invalidate(self) -> None:
        """Paint everything anew: the terminal may show anything."""
        self._shown = None

    def put(self, row: int, column: int, cells: CellRow) -> None:
        """Have cells shown from `column` of a row on; what lies outside of the screen is left out."""
        if 0 <= row < len(self._wanted) and 0 <= column < len(self._wanted[row].texts):
            self._wanted[row] = replaced(self._wanted[row], column, cells)

    def present(self) -> None:
        """Send what differs, or have it sent when the terminal has shown what was sent before."""
        if not self._pacing.may_send(self.present):
            return
        pen, wanted = self._pen, list(self._wanted)
        if self._shown is None:
            pen.forget()
            draw_all(wanted, pen)
        else:
            draw_difference(self._shown, wanted, pen, self._abilities)
        self._shown = wanted
        text = pen.take()
        if text:
            if self._abilities.synchronizes and len(text) > _WORTH_SYNCHRONIZING:
                text = f"{_BEGIN}{text}{_END}"
            self._write(text + self._pacing.sent(len(text)))
