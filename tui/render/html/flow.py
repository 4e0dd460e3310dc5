"""Rows out of text and blocks that come one after the other: what HTML calls a block container."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.render.markdown.flow import flow
from tui.render.rowops import text_row, wrap
from tui.render.rows import Row, Span
from tui.render.width import cell_width
from tui.sanitize import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.html.looks import Look

_BLANKS: Final = re.compile(r"[ \t\n\f\r]+")
_NO_BREAK: Final = "\xa0"


def one_line(text: str) -> str:
    """Text as HTML shows it, in one line: printable, and with one blank for several."""
    return clean(_BLANKS.sub(" ", text))


class Flow:
    """Takes what a container holds, in order, and makes rows of a width."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows: list[Row] = []
        self._line: list[Span] = []
        self._is_gap_due = False
        self._said: list[str] = []

    def text(self, text: str, look: Look) -> None:
        """Text within the line that is being filled."""
        if look.is_pre:
            self._pre(text, look)
            return
        shown = one_line(text)
        if shown.startswith(" ") and (not self._line or self._line[-1].text.endswith(" ")):
            shown = shown[1:]
        if shown:
            self._line.append(Span(shown, look.style, cell_width(shown)))
            self._said.append(shown)

    def row(self, row: Row) -> None:
        """Something made already, within the line."""
        self._line += row

    def new_line(self) -> None:
        """What follows begins a row, which is left empty where nothing is in the line, but once."""
        if self._line:
            self.end_line()
        elif self._rows and self._rows[-1] and not self._is_gap_due:
            self._append([()])

    def end_line(self) -> None:
        """What follows is not in the same row."""
        line = _trimmed(self._line)
        self._line = []
        if line:
            self._append([_with_blanks(row) for row in flow(line, self.width)])

    def gap(self) -> None:
        """What follows stands apart from what was before, if anything was."""
        self.end_line()
        self._is_gap_due = True

    def block(self, rows: Sequence[Row], *, before: Row = (), first: Row | None = None) -> None:
        """Rows below the others, each behind `before`, and the first of them behind `first`."""
        self.end_line()
        if rows:
            lead = before if first is None else first
            self._append([(*lead, *rows[0]), *((*before, *row) for row in rows[1:])])

    def begin_said(self) -> int:
        """A mark from which `said_since` tells the text."""
        return len(self._said)

    def said_since(self, mark: int) -> str:
        """The text that came since the mark."""
        return "".join(self._said[mark:])

    def rows(self) -> list[Row]:
        """All rows, without empty ones at the end."""
        self.end_line()
        while self._rows and not self._rows[-1]:
            self._rows.pop()
        return self._rows

    def _pre(self, text: str, look: Look) -> None:
        lines = [line.expandtabs(8) for line in text.replace("\r\n", "\n").split("\n")]
        for number, line in enumerate(lines):
            if number:
                kept, self._line = tuple(self._line), []
                self._append(wrap(kept, self.width))
            shown = "".join(clean_lines(line)) if line else ""
            self._line += text_row(shown, look.style)
            self._said.append(shown)

    def _append(self, rows: Sequence[Row]) -> None:
        if self._is_gap_due and self._rows and self._rows[-1]:
            self._rows.append(())
        self._is_gap_due = False
        self._rows += rows


def _trimmed(line: list[Span]) -> Row:
    """The line without the blank at its end."""
    if line and line[-1].text.endswith(" "):
        text = line[-1].text.rstrip(" ")
        line = [*line[:-1], Span(text, line[-1].style, cell_width(text))] if text else line[:-1]
    return tuple(line)


def _with_blanks(row: Row) -> Row:
    return tuple(
        Span(span.text.replace(_NO_BREAK, " "), span.style, span.width) if _NO_BREAK in span.text else span
        for span in row
    )
