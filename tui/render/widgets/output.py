"""Output widgets, and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from kernelbridge.outputs import DisplayData
from kernelbridge.widgets.model import Model, view_in
from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, stacked
from tui.render.widgets.surface import Surface

_MOST_ROWS = 200
"""Of one output; the middle of a longer one is left out."""
_MOST_OUTPUTS = 200


def draw_output_widget(model: Model, surface: Surface) -> Block:
    """What was printed and displayed in it; the last of very many."""
    blocks: list[Block] = []
    for output in model.outputs.items[-_MOST_OUTPUTS:]:
        shown = view_in(output)
        inner = surface.model(shown)
        if inner is not None:
            blocks.append(surface.draw(inner))
        else:
            blocks.append(Block(_cut(surface.draw_output(output, surface.width))))
    return stacked(blocks)


def draw_picture(model: Model, surface: Surface) -> Block:
    """A picture, as one that is displayed."""
    form = model.text("format").lower()
    mime = f"image/{'svg+xml' if form == 'svg' else form or 'png'}"
    return Block(_cut(surface.draw_output(DisplayData({mime: model.text("value")}), surface.width)))


def _cut(rows: Sequence[Row]) -> list[Row]:
    half = _MOST_ROWS // 2
    if len(rows) <= _MOST_ROWS:
        return [rows[at] for at in range(len(rows))]
    note = text_row(f"… {len(rows) - _MOST_ROWS:,} more rows", Style(Role.MUTED, italic=True))
    return [*(rows[at] for at in range(half)), note, *(rows[at] for at in range(len(rows) - half, len(rows)))]
