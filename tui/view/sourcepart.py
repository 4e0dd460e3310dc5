"""A cell's source as rows: laid out in cells, coloured by its language, a few visible rows at a time."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui.document.textchange import difference
from tui.faults import reported
from tui.render.highlight import Highlighter, Run
from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width
from tui.view.editor.layout import TextLayout
from tui.view.gutter import WRAPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.languages import Language
    from tui.view.editor.lines import Line, RowPiece

_PLAIN = Style(Role.CODE)
_NUMBER = Style(Role.FAINT)
_MOST_KEPT = 2048
"""Rows, many times those in sight."""


class _KeptRow(NamedTuple):
    """A row, and what it was made of: as long as that is the same, it is the same row."""

    laid: Line
    runs: Sequence[Run]
    row: Row


class SourcePart:
    """The rows of one source; rows that do not change keep their identity between updates."""

    def __init__(self, text: str, language: Language, width: int, *, numbered: bool) -> None:
        self._numbered = numbered
        self._width = width
        self.language = language
        self._highlighter = Highlighter(language)
        self._highlighter.set_text(text)
        self.number_width = self._number_width(text)
        self.layout = TextLayout.of(text, self._text_width)
        self._rows: dict[tuple[int, int, int], _KeptRow] = {}

    @property
    def text(self) -> str:
        """The source that is laid out."""
        return self.layout.text

    @property
    def height(self) -> int:
        """In rows, at least 1."""
        return self.layout.row_count

    def set_text(self, text: str) -> range | None:
        """Take another source, laying out only what differs: the rows that may be others, or None for all."""
        if text == self.text:
            return range(0)
        change, before = difference(self.text, text), self.layout
        self._highlighter.set_text(text, change)
        if (number_width := self._number_width(text)) != self.number_width:
            self.number_width = number_width
            self.layout = TextLayout.of(text, self._text_width)
            return None
        layout = self.layout = self.layout.changed(change, text)
        if (layout.line_count, layout.row_count) != (before.line_count, before.row_count):
            return None
        recoloured = self._altered()
        if recoloured is None:
            return None
        first = min(layout.line_of_offset(change.start), recoloured.start)
        last = max(layout.line_of_offset(change.start + len(change.inserted)), recoloured.stop - 1)
        end = layout.first_row_of_line(last + 1) if last + 1 < layout.line_count else layout.row_count
        return range(layout.first_row_of_line(first), end)

    def _altered(self) -> range | None:
        try:
            return self._highlighter.altered()
        except Exception as error:  # noqa: BLE001 - what cannot be coloured can be read and edited
            reported(error, "colouring a source")
            return None

    def goes_on(self, index: int) -> bool:
        """Whether a row goes on with the line that the row above it shows."""
        return self.layout.place_of_row(index).row_in_line > 0

    def is_code_before(self, offset: int) -> bool:
        """Whether what stands before an offset is neither in a comment nor in a string."""
        line = self.layout.line_of_offset(offset)
        column = offset - self.layout.line_span(line)[0]
        role = Role.CODE
        for run in self._highlighter.runs(line):
            if column <= 0:
                break
            role = run.style.role
            column -= run.length
        return role not in (Role.COMMENT, Role.STRING)

    def row(self, index: int) -> Row:
        """One row, with its line number, or the mark of a wrapped one, where those are shown."""
        layout = self.layout
        line, row_in_line, laid = layout.place_of_row(index)
        runs = self._runs(line)
        key = (id(laid), row_in_line, line if self._numbered else 0)
        kept = self._rows.get(key)
        if kept is not None and kept.laid is laid and (kept.runs is runs or kept.runs == runs):
            return kept.row
        row = coloured(layout.row_text(index), runs, layout.line_span(line)[0])
        if self._numbered:
            number = str(line + 1) if row_in_line == 0 else WRAPPED
            row = (*text_row(number.rjust(self.number_width - 1) + " ", _NUMBER), *row)
        if len(self._rows) >= _MOST_KEPT:
            self._rows.clear()
        self._rows[key] = _KeptRow(laid, runs, row)
        return row

    def _runs(self, line: int) -> Sequence[Run]:
        try:
            return self._highlighter.runs(line)
        except Exception as error:  # noqa: BLE001 - what cannot be coloured can be read and edited
            reported(error, "colouring a source")
            return ()

    @property
    def _text_width(self) -> int:
        return max(1, self._width - self.number_width)

    def _number_width(self, text: str) -> int:
        return len(str(text.count("\n") + 1)) + 1 if self._numbered else 0


def coloured(pieces: Sequence[RowPiece], runs: Sequence[Run], line_start: int) -> Row:
    """Drawn pieces of a line in the styles of its runs, which cover the line from `line_start` on."""
    if not runs:
        return tuple(Span(piece.text, _PLAIN, piece.width) for piece in pieces)
    ends = list(accumulate(run.length for run in runs))
    spans: list[Span] = []
    for piece in pieces:
        at, stop = piece.start - line_start, piece.end - line_start
        index = min(bisect_right(ends, at), len(runs) - 1)
        if len(piece.text) != stop - at or ends[index] >= stop:
            spans.append(Span(piece.text, runs[index].style, piece.width))
            continue
        first = at
        while at < stop:
            index = min(bisect_right(ends, at), len(runs) - 1)
            until = min(stop, ends[index]) if ends[index] > at else stop
            text = piece.text[at - first : until - first]
            spans.append(Span(text, runs[index].style, cell_width(text)))
            at = until
    return tuple(spans)
