"""Widgets made of plain states, to be drawn in tests."""

from __future__ import annotations

from kernelbridge.events import CommOpened
from kernelbridge.keeper.jsontypes import JsonValue
from kernelbridge.outputs import Output
from kernelbridge.widgets.models import WidgetModels
from tui.render.canvas import Canvas
from tui.render.drawing import Pending
from tui.render.outputs import draw_output
from tui.render.rows import Row
from tui.render.widgets.drawn import WidgetDrawing, draw_widget
from tui.render.widgets.surface import Focus

WIDTH = 60


def widget(name: str, **state: object) -> dict[str, JsonValue]:
    """The state of a widget; `name` is its model's without the end."""
    return {"_model_name": f"{name}Model", **state}  # type: ignore[dict-item]


def box(name: str, *children: str, **state: object) -> dict[str, JsonValue]:
    """The state of a widget that holds others."""
    return widget(name, children=[f"IPY_MODEL_{child}" for child in children], **state)


def models_of(**states: dict[str, JsonValue]) -> WidgetModels:
    """Models by their ids."""
    models = WidgetModels()
    for model, state in states.items():
        models.fold(CommOpened(model, "jupyter.widget", {"state": state}))
    return models


def drawn(
    models: WidgetModels, model: str = "a", width: int = WIDTH, focus: Focus | None = None
) -> WidgetDrawing:
    """A widget as it is drawn."""
    known = models.get(model)
    assert known is not None
    return draw_widget(models, known, width, _rows_of, focus)


def _rows_of(output: Output, width: int) -> list[Row]:
    drawing = draw_output(output, Canvas(width))
    rows = drawing.draw() if isinstance(drawing, Pending) else drawing
    return [rows[at] for at in range(len(rows))]
