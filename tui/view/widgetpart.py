"""A widget in a cell's outputs: drawn from its models, and anew only once one of those has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData, ExecuteResult, Output, Stream
from kernelbridge.widgets.model import ModelId
from tui.render.drawing import Paint, Pending
from tui.render.faultrows import fault_rows
from tui.render.outputs import draw_output
from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block
from tui.render.widgets.drawn import WidgetDrawing, draw_widget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kernelbridge.widgets.known import KnownModels
    from tui.render.canvas import Canvas
    from tui.render.widgets.surface import Focus

_REPR = re.compile(r"\w+\(")
_NOT_LIVE = "not live: run the cell to use the widget"


class WidgetPart:
    """One view of a widget, at one width."""

    def __init__(
        self,
        output: Output,
        model: ModelId,
        models: KnownModels,
        canvas: Canvas,
        paint: Paint,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is called when something that took long to draw is there: it is to be drawn anew then."""
        self._output = output
        self._model = model
        self._models = models
        self._canvas = canvas
        self._paint = paint
        self._changed = changed
        self.focus: Focus | None = None
        self._nested: dict[tuple[int, int], _Nested] = {}
        """What was drawn of the outputs in Output widgets last, by identity and width."""
        self._drawn_now: dict[tuple[int, int], _Nested] = {}
        self._revision = -1
        self._seen: frozenset[ModelId] = frozenset()
        self.block = Block()
        self.draw(None)

    def is_stale(self, focus: Focus | None) -> bool:
        """Whether it would be drawn otherwise now."""
        if focus != self.focus:
            return True
        if self._revision == self._models.revision:
            return False
        if any(self._models.revision_of(model) > self._revision for model in self._seen):
            return True
        self._revision = self._models.revision
        return False

    def draw(self, focus: Focus | None) -> None:
        """Draw it as its models are now."""
        self.focus, self._revision = focus, self._models.revision
        try:
            drawing = self._drawing()
        except Exception as error:  # noqa: BLE001 - a bug costs this widget
            rows = fault_rows(error, "drawing a widget", self._canvas.width)
            drawing = WidgetDrawing(Block(rows), frozenset())
        self.block, self._seen = drawing.block, drawing.seen | {self._model}
        self._nested, self._drawn_now = self._drawn_now, {}

    def _drawing(self) -> WidgetDrawing:
        model = self._models.get(self._model)
        if model is not None:
            return draw_widget(self._models, model, self._canvas.width, self._draw_output, self.focus)
        if self._models.is_closed(self._model):
            return WidgetDrawing(Block(), frozenset())
        rows = self._draw_output(self._output, self._canvas.width)
        note = [text_row(_NOT_LIVE, Style(Role.FAINT))] if _names_a_widget(self._output) else []
        return WidgetDrawing(Block([*rows, *note]), frozenset())

    def _draw_output(self, output: Output, width: int) -> Sequence[Row]:
        key = id(output), width
        known = self._drawn_now.get(key) or self._nested.get(key)
        if known is None:
            known = _Nested(output, self._continued(output, width))
            drawing = draw_output(output, self._canvas.of_width(width), previous=known.rows)
            if isinstance(drawing, Pending):
                known.rows = drawing.placeholder
                self._paint(drawing, known.painted(self._changed))
            else:
                known.rows = drawing
        self._drawn_now[key] = known
        return known.rows

    def _continued(self, output: Output, width: int) -> Sequence[Row]:
        """The rows of the stream that this one goes on from."""
        if isinstance(output, Stream):
            for (_, wide), nested in self._nested.items():
                old = nested.output
                if wide == width and isinstance(old, Stream) and output.text.continues(old.text):
                    return nested.rows
        return ()


def _names_a_widget(output: Output) -> bool:
    """Whether the text in a widget's place just says which it is; that of tqdm is as good as the widget."""
    if not isinstance(output, DisplayData | ExecuteResult):
        return False
    text = output.data.get("text/plain")
    return not isinstance(text, str) or _REPR.match(text) is not None


class _Nested:
    """An output in an Output widget, and its rows so far."""

    def __init__(self, output: Output, rows: Sequence[Row]) -> None:
        self.output = output
        self.rows = rows

    def painted(self, changed: Callable[[], None]) -> Callable[[Sequence[Row]], None]:
        """Takes the rows once they are there."""

        def take(rows: Sequence[Row]) -> None:
            self.rows = rows
            changed()

        return take
