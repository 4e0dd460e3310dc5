"""Boxes of widgets: below each other, side by side, and one at a time."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.widgets.block import Block, beside, stacked
from tui.render.widgets.surface import Place, Surface, label_width
from tui.render.widgets.values import index_of

_STRETCHES = frozenset(
    {
        "IntProgressModel",
        "FloatProgressModel",
        "IntSliderModel",
        "FloatSliderModel",
        "FloatLogSliderModel",
        "IntRangeSliderModel",
        "FloatRangeSliderModel",
        "SelectionSliderModel",
        "SelectionRangeSliderModel",
        "PlayModel",
    }
)
"""Models that take what width there is."""
_UNALIGNED = frozenset({"ButtonModel", "CheckboxModel", "ToggleButtonModel", "ValidModel"})
"""Models whose description is no label before them."""
_BETWEEN = 2
_NARROWEST = 16
_WIDEST = 44


def draw_vbox(model: Model, surface: Surface) -> Block:
    """Children below each other, their descriptions aligned."""
    children = list(surface.children(model))
    labels = [label_width(child) for child in children if child.name not in _UNALIGNED]
    part = surface.of_width(surface.width, label_width=max(labels, default=0))
    plain = surface.of_width(surface.width)
    return stacked([(part if label_width(child) else plain).draw(child) for child in children])


def draw_hbox(model: Model, surface: Surface) -> Block:
    """Children side by side; bars and sliders get what the others leave."""
    children = list(surface.children(model))
    whole = surface.of_width(surface.width, Place.IN_LINE)
    blocks = {at: whole.draw(child) for at, child in enumerate(children) if child.name not in _STRETCHES}
    stretching = len(children) - len(blocks)
    if stretching:
        place = Place.IN_LINE if blocks else Place.ALONE
        taken = sum(block.width for block in blocks.values()) + _BETWEEN * (len(children) - 1)
        share = max(_NARROWEST, min((surface.width - taken) // stretching, _WIDEST))
        part = surface.of_width(min(share, surface.width), place)
        blocks.update((at, part.draw(child)) for at, child in enumerate(children) if at not in blocks)
    return beside([blocks[at] for at in range(len(children))], surface.width)


def draw_stack(model: Model, surface: Surface) -> Block:
    """The one child that is chosen."""
    chosen = index_of(model, "selected_index")
    children = list(surface.children(model))
    shown = chosen is not None and 0 <= chosen < len(children)
    return surface.draw(children[chosen]) if chosen is not None and shown else Block()
