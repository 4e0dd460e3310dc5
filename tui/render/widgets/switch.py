"""What is on or off, and buttons."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, Control, ControlId, ControlKind
from tui.render.widgets.surface import Surface, short

_ROLES = {"success": Role.OK, "warning": Role.WARNING, "danger": Role.ERROR}
"""By the button's style."""
_UNNAMED = "·"


def draw_checkbox(model: Model, surface: Surface) -> Block:
    """`[x] label`."""
    control = ControlId(model.id)
    mark = "[x]" if model.state.get("value") is True else "[ ]"
    box = text_row(mark, surface.style(model, Role.ACCENT, control))
    room = surface.of_width(surface.width - 4)
    rest = room.line(short(model.text("description")), surface.style(model, Role.TEXT))
    return _controlled(model, surface, (*box, *text_row(" "), *rest), ControlKind.SWITCH)


def draw_toggle(model: Model, surface: Surface) -> Block:
    """`[■ label]` where it is on, `[□ label]` where it is off."""
    is_on = model.state.get("value") is True
    role = Role.ACCENT if is_on else Role.TEXT
    style = surface.style(model, role, ControlId(model.id))
    row = surface.line(f"[{'■' if is_on else '□'} {_name(model)}]", style)
    return _controlled(model, surface, row, ControlKind.SWITCH)


def draw_button(model: Model, surface: Surface) -> Block:
    """`[ label ]`."""
    role = _ROLES.get(model.text("button_style"), Role.ACCENT)
    style = surface.style(model, role, ControlId(model.id))
    return _controlled(model, surface, surface.line(f"[ {_name(model)} ]", style), ControlKind.BUTTON)


def draw_valid(model: Model, surface: Surface) -> Block:
    """`✓ label`, or `✗ label` and what is wrong."""
    is_valid = model.state.get("value") is True
    mark = text_row("✓ ", Style(Role.OK)) if is_valid else text_row("✗ ", Style(Role.ERROR))
    said = short(model.text("description")) + ("" if is_valid else f" {short(model.text('readout'))}")
    return Block([(*mark, *surface.of_width(surface.width - 2).line(said, Style(Role.TEXT)))])


def _name(model: Model) -> str:
    """What a button says; one with a picture alone has the picture's name."""
    return short(model.text("description") or model.text("icon")) or _UNNAMED


def _controlled(model: Model, surface: Surface, row: Row, kind: ControlKind) -> Block:
    control = Control(ControlId(model.id), kind, 0, 0, row_width(row))
    return Block([row], (control,) if surface.is_usable(model) else ())
