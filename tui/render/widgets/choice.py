"""One, or some, of several options."""

from __future__ import annotations

from functools import partial

from kernelbridge.outputs import JsonObject
from kernelbridge.widgets.model import Model
from tui.render.rowops import pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, Control, ControlId, ControlKind, Pick
from tui.render.widgets.surface import Surface
from tui.render.widgets.values import index_of, indices_of, number, options_of

_MOST_ROWS = 20
"""Of a list, whatever it asks for."""
_MOST_BESIDE = 50
"""Options side by side."""


def draw_dropdown(model: Model, surface: Surface) -> Block:
    """`label value ▾`."""
    options, at = options_of(model), index_of(model)
    label = surface.label(model)
    value = options[at] if at is not None and 0 <= at < len(options) else ""
    style = surface.style(model, Role.ACCENT, ControlId(model.id))
    room = surface.of_width(surface.width - row_width(label))
    row = (*label, *room.line(f"{value} ▾", style))
    control = Control(ControlId(model.id), ControlKind.CHOICE, 0, 0, row_width(row))
    return Block([row], (control,) if surface.is_usable(model) else ())


def draw_radio(model: Model, surface: Surface) -> Block:
    """`(•) a  ( ) b`."""
    chosen = index_of(model)
    texts = [
        f"({'•' if at == chosen else ' '}) {option}"
        for at, option in enumerate(options_of(model)[:_MOST_BESIDE])
    ]
    return _beside(model, surface, texts, [] if chosen is None else [chosen])


def draw_toggle_buttons(model: Model, surface: Surface) -> Block:
    """`[a]  b   c`, the chosen one in brackets."""
    chosen = index_of(model)
    options = options_of(model)[:_MOST_BESIDE]
    texts = [f"[{option}]" if at == chosen else f" {option} " for at, option in enumerate(options)]
    return _beside(model, surface, texts, [] if chosen is None else [chosen])


def draw_select(model: Model, surface: Surface) -> Block:
    """A list, a few rows of it around the chosen option; of several, each option is a control of its own."""
    options = options_of(model)
    is_multiple = model.name == "SelectMultipleModel"
    one = index_of(model)
    chosen = indices_of(model) if is_multiple else ([] if one is None else [one])
    shown = _window(model, surface, len(options), chosen[0] if chosen else 0)
    label = surface.label(model)
    indent = row_width(label)
    room = surface.of_width(surface.width - indent - 4)
    rows: list[Row] = []
    controls: list[Control] = []
    picks: list[Pick] = []
    for line, at in enumerate(shown):
        control = ControlId(model.id, at if is_multiple else 0)
        is_chosen = at in chosen
        mark = ("[x] " if is_chosen else "[ ] ") if is_multiple else ("› " if is_chosen else "  ")
        has_focus = control if is_multiple or is_chosen else None
        style = surface.style(model, Role.ACCENT if is_chosen else Role.TEXT, has_focus)
        row = (*pad(label if line == 0 else (), indent), *room.line(f"{mark}{options[at]}", style))
        rows.append(row)
        if is_multiple:
            controls.append(Control(control, ControlKind.SWITCH, line, indent, row_width(row)))
        else:
            picks.append(Pick(model.id, line, indent, row_width(row), partial(_chosen, at)))
    if not is_multiple:
        controls.append(Control(ControlId(model.id), ControlKind.CHOICE, 0, 0, indent + 1))
    if len(options) > len(shown):
        rows.append((*pad((), indent), *room.line(f"  {len(options):,} options", Style(Role.FAINT))))
    return (
        Block(rows or [label], tuple(controls), tuple(picks))
        if surface.is_usable(model)
        else Block(rows or [label])
    )


def _window(model: Model, surface: Surface, count: int, around: int) -> range:
    """Which options are in sight."""
    height = int(max(1, min(number(model, "rows", 5), _MOST_ROWS)))
    focus = surface.focus
    if focus is not None and focus.control.model == model.id and model.name == "SelectMultipleModel":
        around = focus.control.part
    first = max(0, min(around - height // 2, count - height))
    return range(first, min(count, first + height))


def _beside(model: Model, surface: Surface, texts: list[str], chosen: list[int]) -> Block:
    """Options side by side, in as many rows as they take."""
    label = surface.label(model)
    indent = row_width(label)
    rows: list[Row] = [label]
    picks: list[Pick] = []
    control = ControlId(model.id)
    room = surface.of_width(surface.width - indent)
    for at, text in enumerate(texts):
        role = Role.ACCENT if at in chosen else Role.TEXT
        has_focus = at in chosen or (not chosen and at == 0)
        piece = room.line(text, surface.style(model, role, control if has_focus else None))
        if row_width(rows[-1]) > indent and row_width(rows[-1]) + row_width(piece) > surface.width:
            rows.append(pad((), indent))
        start = row_width(rows[-1])
        rows[-1] = (*rows[-1], *piece, *text_row(" "))
        picks.append(Pick(model.id, len(rows) - 1, start, start + row_width(piece), partial(_chosen, at)))
    if not surface.is_usable(model):
        return Block(rows)
    return Block(rows, (Control(control, ControlKind.CHOICE, 0, 0, row_width(rows[0])),), tuple(picks))


def _chosen(at: int, _cell: int) -> JsonObject:
    return {"index": at}
