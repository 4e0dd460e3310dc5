"""A widget drawn: the tree of models that a view shows, with what can be reached in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kernelbridge.widgets.model import Life, Model, ModelId
from tui.render.rowops import crop, text_row, wrap
from tui.render.rows import Role, Style
from tui.render.widgets.block import Block, stacked
from tui.render.widgets.surface import DrawOutput, Focus, Surface
from tui.render.widgets.table import renderer_of

if TYPE_CHECKING:
    from kernelbridge.widgets.known import KnownModels

_NOT_LIVE = {
    Life.GONE: "not live: the kernel that had this ended; run the cell again",
    Life.STORED: "not live: as the notebook stored it; run the cell to use it",
}


@dataclass(frozen=True, slots=True)
class WidgetDrawing:
    """A widget's rows with what can be reached in them."""

    block: Block
    seen: frozenset[ModelId]
    """The models that it depends on: while none of these changes, it stays as it is."""


def draw_widget(
    models: KnownModels, model: Model, width: int, draw_output: DrawOutput, focus: Focus | None = None
) -> WidgetDrawing:
    """A widget and those in it, none of the rows wider than `width` cells (at least 2).

    `draw_output` draws what is in Output widgets. A tree that holds itself, or is too big, costs a message.
    """
    surface = Surface(max(2, width), models, renderer_of, draw_output, focus)
    block = surface.draw(model)
    if surface.has_dead and (why := _NOT_LIVE.get(model.life)) is not None:
        note = Block(wrap(text_row(why, Style(Role.FAINT)), surface.width))
        block = stacked([block, note])
    rows = [crop(row, 0, surface.width) for row in block.rows]
    return WidgetDrawing(Block(rows, block.controls, block.picks), surface.seen)
