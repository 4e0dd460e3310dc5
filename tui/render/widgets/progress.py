"""Progress bars."""

from __future__ import annotations

from kernelbridge.widgets.model import Life, Model
from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block
from tui.render.widgets.surface import Place, Surface
from tui.render.widgets.values import number, written

_WIDEST, _NARROWEST = 40, 8
_ROLES = {"success": Role.OK, "warning": Role.WARNING, "danger": Role.ERROR}
"""By the bar's style."""


def draw_progress(model: Model, surface: Surface) -> Block:
    """`label ━━━━━╸───── 45 % 45/100`; beside other widgets, which say how far it is, without the numbers."""
    low, high = number(model, "min", 0), number(model, "max", 100)
    value = min(max(number(model, "value", low), low), max(low, high))
    part = (value - low) / (high - low) if high > low else 1.0
    label = surface.label(model)
    numbers = f" {part:4.0%} {written(value, 'd')}/{written(high, 'd')}"
    if surface.place is Place.IN_LINE:
        numbers = ""
    room = surface.width - sum(span.width for span in label) - len(numbers)
    role = _ROLES.get(model.text("bar_style"), Role.ACCENT)
    bar = bar_row(part, max(_NARROWEST, min(room, _WIDEST)), role if model.life is Life.LIVE else Role.MUTED)
    return Block([(*label, *bar, *text_row(numbers, Style(Role.MUTED)))])


def bar_row(part: float, width: int, role: Role) -> Row:
    """A bar of `width` cells, of which a part, from 0 to 1, is done; half cells count."""
    halves = int(part * width * 2)
    full, half = divmod(halves, 2)
    done = "━" * full + "╸" * half
    return (*text_row(done, Style(role)), *text_row("─" * (width - len(done)), Style(Role.FAINT)))
