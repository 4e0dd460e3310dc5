"""One cell as rows: source or drawn markdown, outputs, the line of an `input()`, and blank rows below."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput
from tui.document.notebook import Cell, CellKind
from tui.faults import reported
from tui.render.drawing import Paint, Pending
from tui.render.faultrows import fault_rows
from tui.render.languages import PLAIN, Language, language_named
from tui.render.rowops import crop, plain, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.runs import Asking, Ended, Running
from tui.view.answerpart import answer_rows
from tui.view.faultline import fault_line, lines_at_fault
from tui.view.gutter import (
    CONTENT_COLUMN,
    FAULT_GUTTER,
    GUTTER_WIDTH,
    NO_GUTTER,
    RIGHT_MARGIN,
    STOPPED_LINE,
    WRAPPED_GUTTER,
    button_row,
    failed_gutter,
    folded_gutter,
    folded_note,
    gutter_row,
    hidden_note,
    marked_gutter,
    state_row,
    with_state,
    with_times,
)
from tui.view.lastwords import last_words
from tui.view.linemarks import STOPPED, Mark, mark_of_row
from tui.view.outputspart import OutputsPart
from tui.view.prefix import Prefix
from tui.view.runbutton import BUTTON_COLUMNS, RunButton
from tui.view.sourcepart import SourcePart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kernelbridge.outputs import JsonObject
    from kernelbridge.widgets.known import KnownModels
    from kernelbridge.widgets.model import ModelId
    from tui.render.canvas import Canvas
    from tui.render.widgets.block import Control
    from tui.view.celllook import CellLook, Surroundings

_WIDEST_PROSE = 100
"""Cells: longer lines of prose are hard to read."""
_STATE_ROWS = 50
"""Rows at the beginning of a source that are tried for room for the state."""


class CellBlock:
    """The rows of one cell, from column 1 on; made when they are asked for."""

    def __init__(
        self,
        cell: Cell,
        look: CellLook,
        surroundings: Surroundings,
        models: KnownModels,
        paint: Paint,
        changed: Callable[[], None],
    ) -> None:
        self._cell = cell
        self._look = look
        self._surroundings = surroundings
        self._paint = paint
        self._changed = changed
        self.source: SourcePart | None = None
        """None while a markdown cell is drawn."""
        self._prose: Sequence[Row] = ()
        self._outputs = OutputsPart(
            surroundings.canvas,
            surroundings.fold_above,
            models,
            paint,
            self._forget_and_tell,
        )
        self._below: Sequence[Row] = ()
        """The line of an `input()`, or what is to be said of a kernel that died."""
        self._beside = Prefix(NO_GUTTER)
        self._beside_wrapped = Prefix(WRAPPED_GUTTER)
        self._rows: dict[int, Row] = {}
        self._marked: dict[int, Row] = {}
        """Rows with a gutter or a state, as they looked last."""
        self._state_at: int | None = None
        self._named = lines_at_fault(cell)
        self._fault = fault_line(cell, self._named)
        """The line of the source in which it failed."""
        self._take_source(anew=True)
        self._take_outputs()
        self._take_below()

    # -- what is shown ----

    def update(self, cell: Cell, look: CellLook) -> None:
        """Take the cell and its look as they are now."""
        old, old_look = self._cell, self._look
        if cell is old and look == old_look:
            if self._outputs.heed_widgets(look.control):
                self._forget_rows()
            return
        self._cell, self._look = cell, look
        if look == old_look and _differ_in_source(cell, old) and self._take_edit(cell):
            return
        if cell.kind is not old.kind or _source_look(look) != _source_look(old_look):
            self._take_source(anew=True)
        elif cell.source != old.source:
            self._take_source(anew=False)
        if cell.outputs is not old.outputs:
            self._named = lines_at_fault(cell)
        self._fault = fault_line(cell, self._named)
        if cell.outputs is not old.outputs or _outputs_look(look) != _outputs_look(old_look):
            self._take_outputs()
        else:
            self._outputs.heed_widgets(look.control)
        self._take_below()
        self._forget_rows()

    def _take_edit(self, cell: Cell) -> bool:
        """Take a source of which only some rows are others, as when a letter was typed; whether it is one.

        Where it is not, what it takes is taken once more, which costs nothing.
        """
        if self.source is None or self._named:
            return False
        rows = self.source.set_text(cell.source)
        if rows is None or self._outputs.heed_widgets(self._look.control):
            return False
        for row in rows:
            self._rows.pop(row, None)
        if rows.start < _STATE_ROWS:
            former, self._state_at = self._state_at, None
            if former != self._state_row():
                self._rows.pop(-1 if former is None else former, None)
                self._rows.pop(self._state_row(), None)
        return True

    def _take_source(self, *, anew: bool) -> None:
        cell, around = self._cell, self._surroundings
        if self._look.hides_source:
            self.source = None
            self._show_prose([crop(hidden_note(cell.source), 0, around.content_width)])
        elif cell.kind is CellKind.MARKDOWN and not self._look.shows_source and cell.source.strip():
            self.source = None
            self._show_prose(
                _prose_of(cell, around.canvas.of_width(min(around.content_width, _WIDEST_PROSE)))
            )
        elif self.source is None or anew:
            language = self._language()
            self.source = SourcePart(cell.source, language, around.content_width, numbered=around.numbered)
        else:
            self.source.set_text(cell.source)

    def _show_prose(self, drawing: Sequence[Row] | Pending) -> None:
        if not isinstance(drawing, Pending):
            self._prose = drawing
            return
        meanwhile = self._prose = drawing.placeholder

        def painted(rows: Sequence[Row]) -> None:
            if self._prose is meanwhile:
                self._prose = rows
                self._forget_and_tell()

        self._paint(drawing, painted)

    def _take_outputs(self) -> None:
        look = self._look
        self._outputs.update(self._cell.outputs, look.fold, look.turn, look.column)
        self._outputs.heed_widgets(look.control)

    def _language(self) -> Language:
        match self._cell.kind:
            case CellKind.CODE:
                return self._surroundings.language
            case CellKind.MARKDOWN:
                return language_named("markdown")
            case CellKind.RAW:
                return PLAIN

    def _take_below(self) -> None:
        run, width = self._look.run, self._surroundings.content_width
        match run:
            case Asking():
                self._below = answer_rows(run, self._look.answer, width)
            case Ended() if run.last_words:
                self._below = last_words(run, width)
            case _:
                self._below = ()

    def _forget_and_tell(self) -> None:
        self._forget_rows()
        self._changed()

    def _forget_rows(self) -> None:
        self._rows.clear()
        self._state_at = None

    def tick(self) -> None:
        """Time went on: the rows that show it are drawn anew."""
        if isinstance(self._look.run, Running):
            for index in self._marked:
                self._rows.pop(index, None)

    # -- geometry ----

    @property
    def source_height(self) -> int:
        """Rows of the source or of the drawn markdown."""
        return self.source.height if self.source is not None else max(1, len(self._prose))

    @property
    def answer_row(self) -> int | None:
        """The row on which an answer is typed; the cursor stands behind it."""
        return self.last_row if isinstance(self._look.run, Asking) else None

    @property
    def stopped_row(self) -> int | None:
        """The row at which code has stopped."""
        line = self._look.marks.stopped
        if line is None or self.source is None or line >= self.source.layout.line_count:
            return None
        return self.source.layout.first_row_of_line(line)

    @property
    def controls(self) -> list[Control]:
        """What keys can go to in its outputs, in order; by its rows, and columns of its content."""
        return [replace(each, row=each.row + self.source_height) for each in self._outputs.controls]

    def pick_at(self, row: int, column: int) -> tuple[ModelId, JsonObject] | None:
        """The widget and the state that a click sets, by a row and a column of the content."""
        return self._outputs.pick_at(row - self.source_height, column)

    def button_at(self, row: int, x: int) -> RunButton:
        """The button that is drawn at a column of the view."""
        return self._look.button if row == 0 and x in BUTTON_COLUMNS else RunButton.NONE

    @property
    def control_row(self) -> int | None:
        """The row of the control that keys go to."""
        focus = self._look.control
        if focus is None:
            return None
        return next((each.row for each in self.controls if each.id == focus.control), None)

    @property
    def height(self) -> int:
        """In rows, with the blank ones below."""
        return self.last_row + 1 + self._surroundings.room.spacing

    @property
    def last_row(self) -> int:
        """The last row that is not blank."""
        return self.source_height + self._outputs.height + len(self._below) - 1

    @property
    def text_column(self) -> int:
        """The column at which the source's text begins."""
        return CONTENT_COLUMN + (self.source.number_width if self.source is not None else 0)

    @property
    def furthest_column(self) -> int:
        """How far its printed lines can be scrolled sideways, as far as they were looked at."""
        return self._outputs.furthest_column

    @property
    def has_long_outputs(self) -> bool:
        """Whether folding shortens anything."""
        return self._outputs.has_long

    def is_fold_row(self, index: int) -> bool:
        """Whether a row stands for rows that are folded away."""
        at = index - self.source_height
        return 0 <= at < self._outputs.height and self._outputs.is_fold_row(at)

    def is_content(self, index: int) -> bool:
        """Whether a row shows something of the cell: neither a note on what is folded nor the one below."""
        return index < self.height - 1 and not self.is_fold_row(index) and not self._is_hidden_note(index)

    def _is_hidden_note(self, index: int) -> bool:
        return self._look.hides_source and index < self.source_height

    def is_blank(self, index: int) -> bool:
        """Whether it is a row between this cell and the next."""
        return index > self.last_row

    def row_like(self, other: CellBlock, row: int) -> int:
        """The row that shows what another block of the same cell, of another width, shows at `row`."""
        below = row - other.source_height
        if below >= 0:
            return min(self.source_height + below, self.height - 1)
        if self.source is None or other.source is None:
            return row * self.source_height // other.source_height
        return self.source.layout.position(other.source.layout.row_span(row)[0])[0]

    # -- rows ----

    def row(self, index: int) -> Row:
        """One row from column 1 on; the same object while it looks the same."""
        if (row := self._rows.get(index)) is None:
            row = self._rows[index] = self._make_row(index)
        return row

    def content(self, index: int) -> Row:
        """One row without what stands beside it."""
        return () if self.is_blank(index) else self._content(index)

    def _make_row(self, index: int) -> Row:
        try:
            return self._row_as_it_is(index)
        except Exception as error:  # noqa: BLE001 - a bug costs this row
            return fault_rows(error, "making a row of a cell", self._surroundings.content_width)[0]

    def _row_as_it_is(self, index: int) -> Row:
        if self.is_blank(index):
            return ()
        content, shows_state = self._content(index), index == self._state_row()
        mark = mark_of_row(None if self.source is None else self.source.layout, self._look.marks, index)
        if index and not shows_state and not self._is_at_fault(index) and mark is Mark.NONE:
            return (self._beside_wrapped if self._is_wrapped(index) else self._beside).before(content)
        if mark in STOPPED:
            content = text_row(plain(content), STOPPED_LINE)
        row = (*self._gutter(index, mark), *content)
        if shows_state:
            row = with_state(row, self._state(), self._state_end) or row
        kept = self._marked.get(index)
        if kept is None or kept != row:
            kept = self._marked[index] = row
        return kept

    def _content(self, index: int) -> Row:
        below = index - self.source_height
        if below < 0:
            if self.source is not None:
                return self.source.row(index)
            return self._prose[index] if index < len(self._prose) else ()
        if below < self._outputs.height:
            return self._outputs.row(below)
        return self._below[below - self._outputs.height]

    def _gutter(self, index: int, mark: Mark) -> Row:
        if self._is_wrapped(index):
            return WRAPPED_GUTTER
        if index:
            return marked_gutter(self._gutter_of_run(index, GUTTER_WIDTH), mark, is_first=False)
        button = button_row(self._look.button)
        beside = self._gutter_of_run(0, GUTTER_WIDTH - row_width(button))
        return (*button, *marked_gutter(beside, mark, is_first=True))

    def _gutter_of_run(self, index: int, width: int) -> Row:
        is_at_fault = self._is_at_fault(index)
        if not index and self._look.folded:
            return folded_gutter(self._look.folded)
        if index or self._cell.kind is not CellKind.CODE:
            return FAULT_GUTTER if is_at_fault else NO_GUTTER
        run = self._look.run
        if run is None and any(isinstance(output, ErrorOutput) for output in self._cell.outputs):
            return failed_gutter(self._cell.execution_count, width)
        return gutter_row(run, self._cell.execution_count, time.monotonic(), width)

    def _is_at_fault(self, index: int) -> bool:
        """Whether a row begins the line in which the cell failed."""
        if self._fault is None or self.source is None:
            return False
        return index == self.source.layout.first_row_of_line(self._fault)

    def _is_wrapped(self, index: int) -> bool:
        """Whether the gutter has to say that a row is no line of its own, as no line numbers do."""
        if self.source is None or index >= self.source.height or self._surroundings.numbered:
            return False
        return self.source.goes_on(index)

    def _state(self) -> Row:
        match self._cell.kind:
            case CellKind.RAW:
                return text_row("raw", Style(Role.FAINT))
            case CellKind.MARKDOWN if self._look.folded:
                return folded_note(self._look.folded)
            case CellKind.MARKDOWN:
                return text_row("markdown", Style(Role.FAINT)) if self.source is not None else ()
            case CellKind.CODE:
                return with_times(state_row(self._look.run, time.monotonic()), self._look.times, time.time())

    @property
    def _state_end(self) -> int:
        return self._surroundings.width - RIGHT_MARGIN

    def _state_row(self) -> int:
        """The first row of the source with room for the state at its right edge; -1 where none has it."""
        if self._state_at is None:
            state = self._state()
            rows = range(min(self.source_height, _STATE_ROWS)) if state else range(0)
            self._state_at = next((row for row in rows if self._has_room(row, state)), -1)
        return self._state_at

    def _has_room(self, index: int, state: Row) -> bool:
        row = self._beside.before(self._content(index))
        return with_state(row, state, self._state_end) is not None


def _differ_in_source(cell: Cell, old: Cell) -> bool:
    """Whether the source is all that may be another."""
    return (
        cell.kind is old.kind
        and cell.outputs is old.outputs
        and cell.execution_count == old.execution_count
        and cell.metadata is old.metadata
        and cell.attachments is old.attachments
    )


def _prose_of(cell: Cell, canvas: Canvas) -> Sequence[Row] | Pending:
    """A markdown cell drawn, or its source where that fails by a bug."""
    from tui.render.markdown import draw_markdown
    from tui.render.markdown.source import draw_source, printable_source

    try:
        return draw_markdown(cell.source, canvas, cell.attachments)
    except Exception as error:  # noqa: BLE001 - a bug costs this cell its looks
        return draw_source(printable_source(cell.source), reported(error, "drawing markdown"), canvas.width)


def _source_look(look: CellLook) -> tuple[object, ...]:
    """What of a cell's look its source heeds."""
    return look.shows_source, look.hides_source


def _outputs_look(look: CellLook) -> tuple[object, ...]:
    """What of a cell's look its outputs heed."""
    return look.fold, look.turn, look.column
