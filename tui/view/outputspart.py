"""A cell's outputs as rows behind a thin rule; long ones are folded to their beginning and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput, JsonObject, Output, Stream
from kernelbridge.widgets.model import ModelId, view_in
from tui.render.canvas import Canvas, Detail, Lines
from tui.render.drawing import Paint, Pending, Shortened, Whole
from tui.render.neighbours import with_joined_streams
from tui.render.outputs import draw_output, is_first_way
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.view.prefix import Prefix
from tui.view.sideways import part_of

if TYPE_CHECKING:
    from kernelbridge.widgets.known import KnownModels
    from tui.render.widgets.block import Control
    from tui.render.widgets.surface import Focus
    from tui.view.widgetpart import WidgetPart

RULE_WIDTH = 2
_MEASURED_ROWS = 100
_FOLD = Style(Role.MUTED, italic=True)
_OUTPUT = text_row("┊ ", Style(Role.RULE))
_STDERR = text_row("╎ ", Style(Role.RULE_STDERR))
ERROR_RULE = text_row("┃ ", Style(Role.RULE_ERROR))


class Fold(Enum):
    """How much of a cell's outputs is shown."""

    LONG = "long"
    """All, but long ones cut in the middle."""
    OPEN = "open"
    HIDDEN = "hidden"


@dataclass(slots=True)
class _Drawn:
    """An output and its rows, which for a slow one come later."""

    output: Output
    rows: Sequence[Row]
    rule: Prefix
    is_pending: bool = False
    has_more: bool = False
    """Whether it is drawn otherwise in full detail."""
    widget: WidgetPart | None = None

    @property
    def is_text(self) -> bool:
        """Whether its rows are printed lines."""
        return isinstance(self.output, Stream | ErrorOutput) or isinstance(self.rows, StreamRows)


class OutputsPart:
    """The rows of a cell's outputs at one width; an output that stays is not drawn again."""

    def __init__(
        self,
        canvas: Canvas,
        fold_above: int,
        models: KnownModels,
        paint: Paint,
        changed: Callable[[], None],
    ) -> None:
        self._models = models
        self._canvas = canvas.of_width(max(4, canvas.width - RULE_WIDTH))
        self._fold_above = fold_above
        self._paint = paint
        self._changed = changed
        self._drawn: list[_Drawn] = []
        self._rules = {rule: Prefix(rule) for rule in (_OUTPUT, _STDERR, ERROR_RULE)}
        self._fold = Fold.LONG
        self._turn = 0
        self._starts: list[int] = [0]
        self._column: int | None = None
        self._widest = 0

    @property
    def height(self) -> int:
        """In rows."""
        return self._starts[-1]

    @property
    def has_long(self) -> bool:
        """Whether there is anything that folding shortens."""
        return any(self._is_long(drawn) or drawn.has_more for drawn in self._drawn)

    def update(self, outputs: Sequence[Output], fold: Fold, turn: int, column: int | None = None) -> None:
        """Take the outputs as they are now; `turn` says which of their types is drawn (`draw_output`).

        Printed lines are left whole, and shown from `column` on, unless that is None.
        """
        kept, lines = self._drawn, Lines.WRAPPED if column is None else Lines.WHOLE
        detail = Detail.FULL if fold is Fold.OPEN else Detail.BRIEF
        is_turned, is_other_detail = turn != self._turn, detail is not self._canvas.detail
        are_other_lines = lines is not self._canvas.lines
        self._turn, self._canvas = turn, self._canvas.in_detail(detail).with_lines(lines)
        self._column, self._widest = column, 0 if are_other_lines else self._widest
        self._drawn = []
        for index, output in enumerate(with_joined_streams(outputs)):
            old = kept[index] if index < len(kept) else None
            stays = old is not None and old.output is output and not (is_other_detail and old.has_more)
            if old is not None and are_other_lines and old.is_text:
                self._drawn.append(self._draw(output, None))
            elif old is not None and stays and (isinstance(output, Stream) or not is_turned):
                self._drawn.append(old)
            else:
                self._drawn.append(self._draw(output, old))
        self._fold = fold
        self._measure()

    def heed_widgets(self, focus: Focus | None) -> bool:
        """Draw widgets anew that changed, or that keys go to or from; whether there were any."""
        stale = [each for each in self._drawn if each.widget is not None and each.widget.is_stale(focus)]
        for drawn in stale:
            if drawn.widget is not None:
                drawn.widget.draw(focus)
                drawn.rows = drawn.widget.block.rows
        if stale:
            self._measure()
        return bool(stale)

    @property
    def controls(self) -> list[Control]:
        """What keys can go to, in order, by the rows and columns of this part; none where rows are hidden."""
        if self._fold is Fold.HIDDEN:
            return []
        return [
            control
            for start, drawn in zip(self._starts, self._drawn, strict=False)
            if drawn.widget is not None and not self._is_cut(drawn)
            for control in drawn.widget.block.moved(start, RULE_WIDTH).controls
        ]

    def pick_at(self, row: int, column: int) -> tuple[ModelId, JsonObject] | None:
        """The widget and the state that a click sets, by the rows and columns of this part."""
        if self._fold is Fold.HIDDEN or not 0 <= row < self.height:
            return None
        which = bisect_right(self._starts, row) - 1
        drawn = self._drawn[which]
        at, cell = row - self._starts[which], column - RULE_WIDTH
        if drawn.widget is None or self._is_cut(drawn):
            return None
        picks = drawn.widget.block.picks
        pick = next((each for each in picks if each.row == at and each.start <= cell < each.end), None)
        return None if pick is None else (pick.model, pick.state_at(cell - pick.start))

    @property
    def furthest_column(self) -> int:
        """How far whole lines can be scrolled sideways: to the end of the widest that is known.

        Known are the rows at both ends of an output, and those that were looked at.
        """
        ends = (
            row
            for drawn in self._drawn
            if drawn.is_text
            for row in (*drawn.rows[:_MEASURED_ROWS], *drawn.rows[-_MEASURED_ROWS:])
        )
        widest = max(map(row_width, ends), default=0)
        return max(0, max(widest, self._widest) - self._canvas.width)

    def row(self, index: int) -> Row:
        """One row, with its rule."""
        if self._fold is Fold.HIDDEN:
            return self._hidden_row()
        which = bisect_right(self._starts, index) - 1
        drawn = self._drawn[which]
        at = index - self._starts[which]
        if self._is_cut(drawn):
            head = self._fold_above // 2
            hidden = len(drawn.rows) - self._fold_above + 1
            if at == head:
                return drawn.rule.before(self._note(f"… {hidden:,} more rows · o opens"))
            if at > head:
                at += hidden - 1
        return drawn.rule.before(self._in_sight(drawn, drawn.rows[at]))

    def _in_sight(self, drawn: _Drawn, row: Row) -> Row:
        """The part of a row that is in sight; what fits the width anyhow is never scrolled."""
        if self._column is None or not drawn.is_text:
            return row
        self._widest = max(self._widest, row_width(row))
        return part_of(row, self._column, self._canvas.width)

    def is_fold_row(self, index: int) -> bool:
        """Whether the row stands for rows that are not shown."""
        if self._fold is Fold.HIDDEN:
            return True
        which = bisect_right(self._starts, index) - 1
        return self._is_cut(self._drawn[which]) and index - self._starts[which] == self._fold_above // 2

    def _hidden_row(self) -> Row:
        rows = sum(len(drawn.rows) for drawn in self._drawn)
        count = len(self._drawn)
        what = "1 output" if count == 1 else f"{count:,} outputs"
        return (*_OUTPUT, *self._note(f"… {what}, {rows:,} rows · o shows"))

    def _note(self, text: str) -> Row:
        return crop(text_row(text, _FOLD), 0, self._canvas.width)

    def _is_cut(self, drawn: _Drawn) -> bool:
        return self._fold is Fold.LONG and self._is_long(drawn)

    def _is_long(self, drawn: _Drawn) -> bool:
        return len(drawn.rows) > self._fold_above and not isinstance(drawn.rows, Whole)

    def _measure(self) -> None:
        if self._fold is Fold.HIDDEN:
            self._starts = [0, 1] if self._drawn else [0]
            return
        heights = [self._fold_above if self._is_cut(drawn) else len(drawn.rows) for drawn in self._drawn]
        self._starts = [0, *accumulate(heights)]

    def _draw(self, output: Output, old: _Drawn | None) -> _Drawn:
        if old is not None and old.is_pending and _has_grown(output, old.output):
            old.output = output
            return old
        model = view_in(output)
        if model is not None and is_first_way(output, self._turn):
            return self._draw_widget(output, model)
        drawing = draw_output(output, self._canvas, self._turn, None if old is None else old.rows)
        rule = self._rules[rule_of(output)]
        had_more = old is not None and old.output is output and old.has_more
        if not isinstance(drawing, Pending):
            return _Drawn(output, drawing, rule, has_more=had_more or isinstance(drawing, Shortened))
        drawn = _Drawn(output, drawing.placeholder, rule, is_pending=True, has_more=had_more)

        def painted(rows: Sequence[Row]) -> None:
            if isinstance(rows, StreamRows) and isinstance(drawn.output, Stream):
                rows = rows.extended(drawn.output.text)
            drawn.rows, drawn.is_pending = rows, False
            drawn.has_more = drawn.has_more or isinstance(rows, Shortened)
            self._measure()
            self._changed()

        self._paint(drawing, painted)
        return drawn

    def _draw_widget(self, output: Output, model: ModelId) -> _Drawn:
        def painted() -> None:
            widget.draw(widget.focus)
            drawn.rows = widget.block.rows
            self._measure()
            self._changed()

        from tui.view.widgetpart import WidgetPart  # brings all renderers of widgets

        widget = WidgetPart(output, model, self._models, self._canvas, self._paint, painted)
        drawn = _Drawn(output, widget.block.rows, self._rules[_OUTPUT], widget=widget)
        return drawn


def _has_grown(output: Output, old: Output) -> bool:
    """Whether an output is a stream that was added to."""
    return isinstance(output, Stream) and isinstance(old, Stream) and output.text.continues(old.text)


def rule_of(output: Output) -> Row:
    """What stands before each row of an output: `RULE_WIDTH` cells."""
    match output:
        case ErrorOutput():
            return ERROR_RULE
        case Stream(name="stderr"):
            return _STDERR
        case _:
            return _OUTPUT
