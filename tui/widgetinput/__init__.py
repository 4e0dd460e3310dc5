"""What keys do with the controls of widgets: pure functions from a model and a key to an act."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.widgets.block import Control, ControlKind
from tui.render.widgets.surface import Entry
from tui.widgetinput.acts import Act
from tui.widgetinput.choosing import choose, click, switch
from tui.widgetinput.sliding import slide
from tui.widgetinput.typing import typed


def press(control: Control, model: Model, entry: Entry | None, key: str, character: str | None) -> Act | None:
    """What a canonical key does with a control; None where it means nothing there."""
    match control.kind:
        case ControlKind.SLIDER:
            return slide(model, control.id.part, key)
        case ControlKind.CHOICE:
            return choose(model, key)
        case ControlKind.SWITCH:
            return switch(model, control.id.part, key)
        case ControlKind.BUTTON:
            return click(key)
        case ControlKind.ENTRY | ControlKind.PAGE:
            return None if entry is None else typed(model, control.kind, entry, key, character)
