"""What one run printed so far: rows that may still change, and those that have left for the scrollback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kernelbridge.events import DisplayUpdated, OutputCleared, OutputEvent
from kernelbridge.folding import fold, update_display
from kernelbridge.outputs import DisplayData, ExecuteResult, Output, Outputs, Stream
from kernelbridge.runstatus import RunId
from tui.render.canvas import Canvas, Detail
from tui.render.drawing import Drawing, Paint, Pending
from tui.render.outputs import draw_output
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows

_OUT: Final = Style(Role.ERROR, bold=True)
_NARROWEST: Final = 4
_LONG: Final = 50_000
"""Lines."""


@dataclass(slots=True)
class _Shown:
    """One output, drawn at one width."""

    output: Output
    width: int = 0
    drawing: Drawing = ()
    rows: Sequence[Row] = ()
    is_ready: bool = True
    lines_gone: int = 0
    """Lines of a stream that have left."""
    is_gone: bool = False

    @property
    def rows_left(self) -> int:
        """How many rows may still change."""
        return 0 if self.is_gone else len(self.rows) - self._rows_gone

    def left(self) -> Sequence[Row]:
        """The rows that may still change."""
        return () if self.is_gone else self.rows[self._rows_gone :]

    def take(self, count: int) -> Sequence[Row]:
        """Lets `count` rows leave, or the few more that cannot stay without them; an open line stays."""
        rows, first = self.rows, self._rows_gone
        if not isinstance(self.output, Stream) or not isinstance(rows, StreamRows):
            self.is_gone = True
            return rows
        line = rows.line_of(first + count - 1) + 1 if count < len(rows) - first else rows.closed_lines
        self.lines_gone = min(line, rows.closed_lines)
        return rows[first : rows.first_row(self.lines_gone)]

    @property
    def _rows_gone(self) -> int:
        return (
            self.rows.first_row(self.lines_gone)
            if self.lines_gone and isinstance(self.rows, StreamRows)
            else 0
        )


class Block:
    """The outputs of one run; `rule` stands before each row of what others run."""

    def __init__(self, run: RunId, paint: Paint, rule: Row = ()) -> None:
        self.run = run
        self.is_over = False
        """Nothing more is to come of it."""
        self._rule = rule
        self._paint = paint
        self._outputs = Outputs()
        self._shown: list[_Shown] = []
        self._width = 0

    @property
    def is_ready(self) -> bool:
        """Whether all is drawn."""
        return all(shown.is_ready for shown in self._shown)

    @property
    def is_long(self) -> bool:
        """Whether so much has left that another block is to go on: a block keeps all in memory."""
        if not self._shown or self._shown[-1].lines_gone < _LONG:
            return False
        output = self._shown[-1].output
        return isinstance(output, Stream) and not output.text.open_text

    def take(self, event: OutputEvent) -> None:
        """Takes an output, or that there is to be none."""
        before, after = self._outputs, fold(self._outputs, event)
        is_cleared = before.clear_pending and not after.clear_pending
        if is_cleared or (isinstance(event, OutputCleared) and not event.wait):
            self._shown.clear()
        self._outputs = after
        for index, output in enumerate(after.items):
            if index == len(self._shown):
                self._shown.append(_Shown(output))
            elif self._shown[index].output is not output:
                self._exchange(index, output)

    def update(self, event: DisplayUpdated) -> bool:
        """Takes new data for a display; whether it is one of these. One that has left is shown again."""
        outputs = update_display(self._outputs, event)
        if outputs is self._outputs:
            return any(_display_id(item) == event.display_id for item in outputs.items)
        items = list(outputs.items)
        again: list[Output] = []
        for index, shown in enumerate(self._shown):
            if items[index] is shown.output:
                continue
            if shown.is_gone:
                again = [items[index]]
                items[index] = shown.output = _anonymous(shown.output)
            else:
                self._exchange(index, items[index])
        self._shown.extend(_Shown(output) for output in again)
        self._outputs = replace(outputs, items=(*items, *again))
        return True

    def fit(self, width: int) -> None:
        """Draws what came since, and at another width all that has not left; before that, rows are old."""
        self._width = max(_NARROWEST, width - row_width(self._rule))
        for shown in self._shown:
            if shown.width != self._width and not shown.is_gone:
                self._draw_one(shown)

    def left(self) -> list[Row]:
        """The rows that may still change."""
        return [(*self._rule, *row) for shown in self._shown for row in shown.left()]

    def shrink(self, room: int) -> list[Row]:
        """Lets rows leave, so that about `room` stay; those that do."""
        excess = sum(shown.rows_left for shown in self._shown) - room
        gone: list[Row] = []
        for shown in self._shown:
            if excess <= 0 or not shown.is_ready:
                break
            if shown.rows_left:
                rows = shown.take(excess)
                excess -= len(rows)
                gone.extend(rows)
        return [(*self._rule, *row) for row in gone]

    def _exchange(self, index: int, output: Output) -> None:
        self._shown[index].output = output
        self._shown[index].width = 0

    def _draw_one(self, shown: _Shown) -> None:
        width, output = self._width, shown.output
        previous = shown.drawing
        shown.width, shown.is_ready = width, True
        shown.drawing = draw_output(output, Canvas(width, Detail.FULL), previous=previous)
        if not isinstance(shown.drawing, Pending):
            shown.rows = _with_number(output, shown.drawing, width)
            if isinstance(output, Stream):  # a cursor may have come back to lines that have left
                shown.lines_gone = min(shown.lines_gone, output.text.closed_line_count)
            return
        shown.rows, shown.is_ready = shown.drawing.placeholder, False

        def painted(rows: Sequence[Row]) -> None:
            if shown.output is output and shown.width == width:
                shown.rows, shown.is_ready = _with_number(output, rows, width), True

        self._paint(shown.drawing, painted)


def _with_number(output: Output, rows: Sequence[Row], width: int) -> Sequence[Row]:
    """A result with its number: beside it, where it is one row, else above."""
    if not isinstance(output, ExecuteResult) or output.execution_count is None or not rows:
        return rows
    label = text_row(f"Out[{output.execution_count}]: ", _OUT)
    if len(rows) == 1 and row_width(label) + row_width(rows[0]) <= width:
        return [(*label, *rows[0])]
    return [text_row(f"Out[{output.execution_count}]:", _OUT), *rows]


def _display_id(output: Output) -> str | None:
    return output.display_id if isinstance(output, DisplayData | ExecuteResult) else None


def _anonymous(output: Output) -> Output:
    return replace(output, display_id=None) if isinstance(output, DisplayData | ExecuteResult) else output
