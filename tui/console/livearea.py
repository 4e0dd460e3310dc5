"""The rows at the bottom that may still change: what to send a terminal to show others in their place.

Everything goes by moves relative to the cursor, as nobody knows where on the screen the rows are. Rows
that are done stand above them and are the terminal's own from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tui.render.rowops import row_width
from tui.render.rows import Row
from tui.view.ink import Ink

_HIDE_CURSOR: Final = "\x1b[?25l"
_SHOW_CURSOR: Final = "\x1b[?25h"
_ERASE_LINE: Final = "\x1b[K"
_ERASE_BELOW: Final = "\x1b[J"


class Place(NamedTuple):
    """Where the cursor is, from the first of the live rows."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What is to be shown."""

    done: Sequence[Row]
    """Rows that will not change any more; they are told once."""
    live: Sequence[Row]
    """At least one, and no more than the terminal has rows."""
    cursor: Place


class LiveArea:
    """What a terminal shows of the live rows. It begins as one empty row, with the cursor at its start."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._shown: list[str] = [""]
        self._widths: list[int] = [0]
        self._cursor = Place(0, 0)

    def paint_with(self, ink: Ink) -> None:
        """Takes other colours, for what is shown from now on."""
        self._ink = ink

    def update(self, frame: Frame) -> str:
        """What to send to show a frame; nothing where it is what is shown."""
        rows = [*frame.done, *frame.live]
        texts = [self._ink.painted(row) for row in rows]
        pen = _Pen(self._cursor.row)
        for index, text in enumerate(texts):
            if index < len(self._shown):
                if self._shown[index] != text:
                    pen.go_to(index)
                    # First, as behind a row that fills the width it would take the last cell away.
                    pen.write(_ERASE_LINE + text)
            else:
                pen.go_to(index - 1)
                pen.begin_row()
                pen.write(text)
        if len(texts) < len(self._shown):
            pen.go_to(len(texts))
            pen.write(_ERASE_BELOW)
        is_repainted = bool(pen.sent)
        done = len(frame.done)
        place = Place(frame.cursor.row + done, frame.cursor.column)
        if is_repainted or place != self._cursor:
            pen.go_to(place.row)
            pen.go_right(place.column)
        self._shown, self._widths = texts[done:], [row_width(row) for row in frame.live]
        self._cursor = frame.cursor
        sent = "".join(pen.sent)
        return f"{_HIDE_CURSOR}{sent}{_SHOW_CURSOR}" if is_repainted else sent

    def wiped(self, width: int, height: int, *, reflows: bool) -> str:
        """What to send to take the live rows away, on a terminal that was given another size.

        With `reflows`, it wrapped the rows anew that were too wide.
        """
        above = self._cursor.row
        if reflows and width > 0:
            above = sum(max(1, -(-cells // width)) for cells in self._widths[: self._cursor.row])
            above += max(0, self._cursor.column - 1) // width
        self.forget()
        return f"{_up(min(above, max(0, height - 1)))}\r{_ERASE_BELOW}"

    def forget(self) -> None:
        """Takes it that the cursor is at the start of an empty row again."""
        self._shown, self._widths, self._cursor = [""], [0], Place(0, 0)


class _Pen:
    """Collects what to send, and knows which row the cursor is in."""

    def __init__(self, row: int) -> None:
        self.sent: list[str] = []
        self._row = row

    def go_to(self, row: int) -> None:
        """To the start of a row that is there already."""
        self.sent.append("\r" + (_up(self._row - row) if row < self._row else _down(row - self._row)))
        self._row = row

    def go_right(self, cells: int) -> None:
        if cells:
            self.sent.append(f"\x1b[{cells}C")

    def begin_row(self) -> None:
        self.sent.append("\r\n")
        self._row += 1

    def write(self, text: str) -> None:
        self.sent.append(text)


def _up(rows: int) -> str:
    return f"\x1b[{rows}A" if rows else ""


def _down(rows: int) -> str:
    return f"\x1b[{rows}B" if rows else ""
