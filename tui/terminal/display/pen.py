"""Writes cells by few bytes: where the cursor is and how it writes is remembered from frame to frame."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tui.terminal.display.cellrow import CONTINUED, PLACEHOLDER
from tui.terminal.display.look import PLAIN, change_of_look
from tui.terminal.display.strokes import Stroke, is_sure, strokes_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.terminal.display.abilities import Abilities
    from tui.terminal.display.cellrow import CellRow
    from tui.terminal.display.look import Look
    from tui.terminal.display.shifting import Shift

_WORTH_ERASING = 4
"""Blanks, above which erasing is shorter; another look may have to be set for either."""
_ITALIC: Final = 3
_REPEATED: Final = re.compile(r"([ -~])\1{7,}")
"""From so many on `CSI n b` is shorter. tmux (3.3) repeats ASCII only."""


class Pen:
    """The cursor of a terminal of `width` columns that does not wrap at its right edge (`CSI ?7l`)."""

    def __init__(self, width: int, abilities: Abilities) -> None:
        self._width = width
        self._abilities = abilities
        self._out: list[str] = []
        self._look: Look = PLAIN
        self._row = self._column = -1
        """-1 where it is not known."""
        self._home = -1

    def take(self) -> str:
        """What was written, for the terminal."""
        text = "".join(self._out)
        self._out.clear()
        return text

    def raw(self, sequence: str) -> None:
        """What leaves the cursor nobody knows where; the look stays."""
        self._out.append(sequence)
        self._row = self._column = -1

    def forget(self) -> None:
        """Others wrote: begin from a plain look, somewhere."""
        self._out.append("\x1b[m")
        self._look = PLAIN
        self._row = self._column = -1

    def settle(self, row: int) -> None:
        """Letters are typed in this row: it is worth coming back to."""
        self._home = row

    @property
    def home(self) -> int | None:
        """The row that letters are typed in, as long as the cursor is in it."""
        return self._home if self._home == self._row and self._row >= 0 else None

    @contextmanager
    def coming_back(self) -> Generator[None]:
        """Write elsewhere, and then stand here again and write in the look of now (DECSC, DECRC)."""
        before = self._row, self._column, self._look
        self._out.append("\x1b7")
        yield
        if self._look.link != before[2].link:  # terminals differ in whether they keep it, too
            self.look(replace(self._look, link=before[2].link))
        self._out.append("\x1b8")
        if _ITALIC in before[2].flags:  # which xterm (379) does not bring back
            self._out.append(f"\x1b[{_ITALIC}m")
        self._row, self._column, self._look = before

    def shift(self, row: int, shift: Shift, paper: Look) -> None:
        """Move the rest of a row; the cells that come in at its end have the background of the paper."""
        if shift.by < 0 and not paper.blanks_as(self._look):
            self.look(paper)
        self.move(row, shift.at)
        self._out.append(shift.sequence)

    @property
    def current(self) -> Look:
        """The look that is set."""
        return self._look

    def look(self, look: Look) -> None:
        """Write in this look from now on."""
        if look is not self._look:
            self._out.append(change_of_look(self._look, look))
            self._look = look

    def move(self, row: int, column: int) -> None:
        """Go to a cell, from 0."""
        if (row, column) == (self._row, self._column):
            return
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H"]
        if row == self._row and self._column >= 0:
            ways.append(f"\x1b[{column + 1}G")
            distance = column - self._column
            ways.append(f"\x1b[{abs(distance) if abs(distance) > 1 else ''}{'C' if distance > 0 else 'D'}")
            if -4 < distance < 0:
                ways.append("\b" * -distance)
            if not column:
                ways.append("\r")
        elif row == self._row + 1 and self._row >= 0:
            down = "\v" if self._abilities.goes_down_by_vt else "\x1b[B"
            back = self._column - column
            if not column:
                ways.append("\r\n")
            elif 0 <= back < 4:
                ways.append(down + "\b" * back)
            else:
                ways.append(f"{down}\x1b[{abs(back)}{'D' if back > 0 else 'C'}")
        self._out.append(min(ways, key=len))
        self._row, self._column = row, column

    def strokes(self, row: int, cells: CellRow, start: int, end: int) -> Iterator[Stroke]:
        """What writes the cells of a row from `start` up to `end`; blanks up to the right edge are erased."""
        if end == len(cells.texts) and self._abilities.erases_in_color:
            tail = _blank_tail(cells, start)
            if end - tail > _WORTH_ERASING:
                yield from strokes_of(row, cells, start, tail)
                yield Stroke(row, tail, end, cells.looks[tail], None)
                return
        yield from strokes_of(row, cells, start, end)

    def write(self, row: int, cells: CellRow, start: int, end: int) -> None:
        """Write the cells of a row from `start` up to `end`."""
        for stroke in self.strokes(row, cells, start, end):
            self.draw(stroke)

    def draw(self, stroke: Stroke) -> None:
        """Write one of the strokes."""
        self.move(stroke.row, stroke.start)
        texts = stroke.texts
        if texts is None:
            if not stroke.look.blanks_as(self._look):
                self.look(stroke.look)
            self._out.append("\x1b[K")
            return
        if stroke.look.foreground and texts[0].startswith(PLACEHOLDER) and stroke.look is self._look:
            self._out.append(f"\x1b[{stroke.look.foreground}m")  # is a part of the picture's number
        text = "".join(texts)
        if not (stroke.look.blanks_as(self._look) and text.isspace() and text.isascii()):
            self.look(stroke.look)
        if is_sure(texts):
            self._out.append(_REPEATED.sub(_repeat, text) if self._abilities.repeats else text)
            self._column = stroke.end
        else:
            self._write_unsure(stroke.row, texts, stroke.start)
        if self._column >= self._width:
            self._row = self._column = -1

    def _write_unsure(self, row: int, texts: Sequence[str], column: int) -> None:
        """Characters that terminals may measure differently: each is put where it belongs."""
        for offset, text in enumerate(texts):
            if text == CONTINUED:
                continue
            self.move(row, column + offset)
            if text.startswith(PLACEHOLDER) or is_sure((text,)):
                self._out.append(text)
                self._column += 1
                continue
            if len(text) > 1:  # a terminal that takes it for narrower leaves what was beside it
                is_wide = offset + 1 < len(texts) and texts[offset + 1] == CONTINUED
                self.raw("  " if is_wide else " ")
                self.move(row, column + offset)
            self.raw(text)


def _repeat(found: re.Match[str]) -> str:
    return f"{found[1]}\x1b[{len(found[0]) - 1}b"


def _blank_tail(cells: CellRow, start: int) -> int:
    """Where the blanks of one paper begin that reach to the right edge."""
    texts, looks = cells.texts, cells.looks
    last = looks[-1]
    if not last.is_plain_paper:
        return len(texts)
    at = len(texts)
    while at > start and texts[at - 1] == " ":
        if not looks[at - 1].blanks_as(last):
            break
        at -= 1
    return at
