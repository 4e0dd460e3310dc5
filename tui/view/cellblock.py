"""One cell as rows: source or drawn markdown, outputs, the line of an `input()`, and a blank row below."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.document.notebook import Cell, CellKind
from tui.render.languages import PLAIN, Language, language_named
from tui.render.rowops import pad, text_row
from tui.render.rows import Role, Row, Style
from tui.runs import Asking, CellRun, Running
from tui.sanitize import clean
from tui.view.gutter import CONTENT_COLUMN, RIGHT_MARGIN, gutter_row, state_row, with_state
from tui.view.outputspart import Fold, OutputsPart, Paint
from tui.view.sourcepart import SourcePart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NO_GUTTER = pad((), CONTENT_COLUMN - 1)
_WIDEST_PROSE = 100
"""Cells: longer lines of prose are hard to read."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What drawing a cell depends on besides the cell; another value draws all cells anew."""

    width: int
    """Of the whole view."""
    language: Language
    fold_above: int
    numbered: bool

    @property
    def content_width(self) -> int:
        """What is left for content."""
        return max(8, self.width - CONTENT_COLUMN - RIGHT_MARGIN)


@dataclass(frozen=True, slots=True)
class CellLook:
    """How one cell is to be shown now."""

    run: CellRun | None
    fold: Fold
    shows_source: bool
    """A markdown cell shows its source only while it is edited."""
    answer: str | None = None
    """What was typed so far where the cell asks for input."""


class CellBlock:
    """The rows of one cell, from column 1 on; made when they are asked for."""

    def __init__(self, surroundings: Surroundings, paint: Paint, changed: Callable[[], None]) -> None:
        self._surroundings = surroundings
        self._cell: Cell | None = None
        self._look: CellLook | None = None
        self.source: SourcePart | None = None
        """None while a markdown cell is drawn."""
        self._source_kind: CellKind | None = None
        self._prose: Sequence[Row] = ()
        self._outputs = OutputsPart(
            surroundings.content_width, surroundings.fold_above, paint, self._outputs_changed
        )
        self._changed = changed
        self._rows: dict[int, Row] = {}
        self._state_at: int | None = None

    # -- what is shown ----

    def update(self, cell: Cell, look: CellLook) -> None:
        """Take the cell and its look as they are now."""
        old, self._cell = self._cell, cell
        old_look, self._look = self._look, look
        if cell is old and look == old_look:
            return
        if (
            old is None
            or old_look is None
            or cell.source != old.source
            or cell.kind is not old.kind
            or look.shows_source != old_look.shows_source
        ):
            self._update_source(cell, look)
        if (
            old is None
            or old_look is None
            or cell.outputs is not old.outputs
            or look.fold is not old_look.fold
        ):
            self._outputs.update(cell.outputs, look.fold)
        self._outputs_changed()

    def _update_source(self, cell: Cell, look: CellLook) -> None:
        if cell.kind is CellKind.MARKDOWN and not look.shows_source and cell.source.strip():
            from tui.render.markdown import draw_markdown

            self.source = None
            self._prose = draw_markdown(cell.source, min(self._surroundings.content_width, _WIDEST_PROSE))
        elif self.source is not None and self._source_kind is cell.kind:
            self.source.set_text(cell.source)
        else:
            self.source = SourcePart(
                cell.source,
                self._language_of(cell),
                self._surroundings.content_width,
                numbered=self._surroundings.numbered,
            )
            self._source_kind = cell.kind

    def _language_of(self, cell: Cell) -> Language:
        match cell.kind:
            case CellKind.CODE:
                return self._surroundings.language
            case CellKind.MARKDOWN:
                return language_named("markdown")
            case CellKind.RAW:
                return PLAIN

    def _outputs_changed(self) -> None:
        self._rows.clear()
        self._state_at = None

    def tick(self) -> None:
        """Time went on: what shows it is drawn anew."""
        if self.is_running:
            self._rows.clear()

    # -- geometry ----

    @property
    def is_running(self) -> bool:
        """Whether its rows change with time."""
        return self._look is not None and isinstance(self._look.run, Running)

    @property
    def source_height(self) -> int:
        """Rows of the source or of the drawn markdown."""
        return self.source.height if self.source is not None else max(1, len(self._prose))

    @property
    def answer_row(self) -> int | None:
        """The row on which an answer is typed."""
        if self._look is None or not isinstance(self._look.run, Asking):
            return None
        return self.source_height + self._outputs.height

    @property
    def height(self) -> int:
        """In rows, with the blank one below."""
        return self.source_height + self._outputs.height + (self.answer_row is not None) + 1

    @property
    def text_column(self) -> int:
        """The column at which the source's text begins."""
        return CONTENT_COLUMN + (self.source.number_width if self.source is not None else 0)

    @property
    def has_long_outputs(self) -> bool:
        """Whether folding shortens anything."""
        return self._outputs.has_long

    def is_fold_row(self, index: int) -> bool:
        """Whether a row stands for rows that are folded away."""
        at = index - self.source_height
        return 0 <= at < self._outputs.height and self._outputs.is_fold_row(at)

    def is_blank(self, index: int) -> bool:
        """Whether it is the row between this cell and the next."""
        return index == self.height - 1

    # -- rows ----

    def row(self, index: int) -> Row:
        """One row from column 1 on; the same object while it looks the same."""
        if (row := self._rows.get(index)) is None:
            row = self._rows[index] = self._make_row(index)
        return row

    def answer_prompt(self) -> Row:
        """What stands before a typed answer."""
        run = self._look.run if self._look is not None else None
        return text_row(clean(run.prompt) or "? ", Style(Role.ACCENT)) if isinstance(run, Asking) else ()

    def _make_row(self, index: int) -> Row:
        if self.is_blank(index):
            return ()
        content = self._content(index)
        gutter = self._gutter(index)
        row = (*gutter, *content)
        if index == self._state_row():
            return with_state(row, self._state(), self._surroundings.width - RIGHT_MARGIN) or row
        return row

    def _content(self, index: int) -> Row:
        source_height = self.source_height
        if index < source_height:
            if self.source is not None:
                return self.source.row(index)
            return self._prose[index] if index < len(self._prose) else ()
        if index == self.answer_row:
            answer = self._look.answer if self._look is not None else None
            return (*self.answer_prompt(), *text_row(answer or "", Style(Role.TEXT)))
        return self._outputs.row(index - source_height)

    def _gutter(self, index: int) -> Row:
        cell, look = self._cell, self._look
        if index or cell is None or look is None or cell.kind is not CellKind.CODE:
            return _NO_GUTTER
        return gutter_row(look.run, cell.execution_count, time.monotonic())

    def _state(self) -> Row:
        cell, look = self._cell, self._look
        if cell is None or look is None:
            return ()
        if cell.kind is CellKind.RAW:
            return text_row("raw", Style(Role.FAINT))
        if cell.kind is CellKind.MARKDOWN:
            return text_row("markdown", Style(Role.FAINT)) if self.source is not None else ()
        return state_row(look.run, time.monotonic())

    def _state_row(self) -> int | None:
        """The first row of the source with room for the state at its right edge."""
        if self._state_at is None:
            state, width = self._state(), self._surroundings.width - RIGHT_MARGIN
            rows = range(min(self.source_height, 50)) if state else range(0)
            fits = (
                row
                for row in rows
                if with_state((*_NO_GUTTER, *self._content(row)), state, width) is not None
            )
            self._state_at = next(fits, -1)
        return self._state_at
