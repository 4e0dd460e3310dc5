"""A cell's outputs as rows behind a thin rule; long ones are folded to their beginning and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from kernelbridge.outputs import ErrorOutput, Output, Stream
from tui.render.canvas import Canvas, Detail
from tui.render.drawing import Pending, Shortened
from tui.render.neighbours import with_joined_streams
from tui.render.outputs import draw_output
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.view.prefix import Prefix

RULE_WIDTH = 2
_FOLD = Style(Role.MUTED, italic=True)
_OUTPUT = text_row("┊ ", Style(Role.RULE))
_STDERR = text_row("╎ ", Style(Role.RULE_STDERR))
ERROR_RULE = text_row("┃ ", Style(Role.RULE_ERROR))

Paint = Callable[[Pending, Callable[[Sequence[Row]], None]], None]
"""Runs slow drawing off the screen's thread, then hands over the rows on it."""


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


class OutputsPart:
    """The rows of a cell's outputs at one width; an output that stays is not drawn again."""

    def __init__(self, canvas: Canvas, fold_above: int, paint: Paint, changed: Callable[[], None]) -> None:
        self._canvas = canvas.of_width(max(4, canvas.width - RULE_WIDTH))
        self._fold_above = fold_above
        self._paint = paint
        self._changed = changed
        self._drawn: list[_Drawn] = []
        self._rules = {rule: Prefix(rule) for rule in (_OUTPUT, _STDERR, ERROR_RULE)}
        self._fold = Fold.LONG
        self._turn = 0
        self._starts: list[int] = [0]

    @property
    def height(self) -> int:
        """In rows."""
        return self._starts[-1]

    @property
    def has_long(self) -> bool:
        """Whether there is anything that folding shortens."""
        return any(len(drawn.rows) > self._fold_above or drawn.has_more for drawn in self._drawn)

    def update(self, outputs: Sequence[Output], fold: Fold, turn: int) -> None:
        """Take the outputs as they are now; `turn` says which of their types is drawn (`draw_output`)."""
        kept = self._drawn
        detail = Detail.FULL if fold is Fold.OPEN else Detail.BRIEF
        is_turned, is_other_detail = turn != self._turn, detail is not self._canvas.detail
        self._turn, self._canvas = turn, self._canvas.in_detail(detail)
        self._drawn = []
        for index, output in enumerate(with_joined_streams(outputs)):
            old = kept[index] if index < len(kept) else None
            stays = old is not None and old.output is output and not (is_other_detail and old.has_more)
            if old is not None and stays and (isinstance(output, Stream) or not is_turned):
                self._drawn.append(old)
            else:
                self._drawn.append(self._draw(output, old))
        self._fold = fold
        self._measure()

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
        return drawn.rule.before(drawn.rows[at])

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
        return self._fold is Fold.LONG and len(drawn.rows) > self._fold_above

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
