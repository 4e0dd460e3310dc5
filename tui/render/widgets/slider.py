"""Sliders: of one number, of two, and of options."""

from __future__ import annotations

from functools import partial
from math import log, log10

from kernelbridge.outputs import JsonObject
from kernelbridge.widgets.model import Model
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, Control, ControlId, ControlKind, Pick
from tui.render.widgets.surface import Surface
from tui.render.widgets.values import Number, index_of, indices_of, number, numbers, options_of, written

_WIDEST, _NARROWEST = 24, 6
_HIGHEST_POWER = 300
_MOST_FOR_READOUT = 3
"""The share of the width, as a divisor, that a value may take."""


def draw_slider(model: Model, surface: Surface) -> Block:
    """`x ━━━━●────── 5`."""
    low, high = number(model, "min", 0), number(model, "max", 100)
    value = number(model, "value", low)
    form = model.text("readout_format") or "g"
    if model.name == "FloatLogSliderModel":
        return _drawn(model, surface, [_exponent(model, value)], low, high, written(value, form))
    return _drawn(model, surface, [value], low, high, written(value, form))


def draw_range_slider(model: Model, surface: Surface) -> Block:
    """`x ──●━━━●──── 25 – 75`: two knobs, each a control."""
    low, high = number(model, "min", 0), number(model, "max", 100)
    values = numbers(model, "value")
    ends = values if len(values) == 2 else [low, high]
    form = model.text("readout_format") or "g"
    return _drawn(model, surface, ends, low, high, " – ".join(written(end, form) for end in ends))


def draw_selection_slider(model: Model, surface: Surface) -> Block:
    """A slider along options."""
    options = options_of(model)
    chosen = indices_of(model)[:2] if isinstance(model.state.get("index"), list) else [index_of(model) or 0]
    texts = [options[at] if 0 <= at < len(options) else "" for at in chosen]
    return _drawn(model, surface, list(chosen), 0, max(0, len(options) - 1), " – ".join(texts))


def _exponent(model: Model, value: Number) -> float:
    """Where a value stands on a logarithmic slider."""
    base = number(model, "base", 10)
    return log(value, base) if value > 0 and base > 0 and base != 1 else number(model, "min", 0)


def _drawn(
    model: Model, surface: Surface, values: list[Number], low: Number, high: Number, readout: str
) -> Block:
    label = surface.label(model)
    ids = [ControlId(model.id, part) for part in range(max(1, len(values)))]
    focused = next(filter(surface.is_focused, ids), None)
    room = surface.of_width(surface.width // _MOST_FOR_READOUT)
    shown = room.line(readout, surface.style(model, Role.TEXT, focused))
    if model.state.get("readout") is False:
        shown = ()
    begin = row_width(label)
    track = max(_NARROWEST, min(surface.width - begin - row_width(shown) - 1, _WIDEST))
    knobs = [_column(value, low, high, track) for value in values] or [0]
    row = (*label, *_track(model, surface, knobs, ids, track), *text_row(" " if shown else ""), *shown)
    controls = [
        Control(each, ControlKind.SLIDER, 0, 0 if at == 0 else begin + knobs[at], begin + track)
        for at, each in enumerate(ids)
    ]
    if not surface.is_usable(model):
        return Block([row])
    pick = Pick(model.id, 0, begin, begin + track, partial(_state_at, model, low, high, track))
    return Block([row], tuple(controls), (pick,) if len(values) == 1 else ())


def _column(value: Number, low: Number, high: Number, track: int) -> int:
    if high <= low:
        return 0
    return max(0, min(track - 1, round((value - low) / (high - low) * (track - 1))))


def _track(model: Model, surface: Surface, knobs: list[int], ids: list[ControlId], track: int) -> Row:
    filled_from, filled_to = (0, knobs[0]) if len(knobs) == 1 else (min(knobs), max(knobs))
    row: list[Row] = []
    for column in range(track):
        if column in knobs:
            here = [each for at, each in enumerate(ids) if knobs[at] == column]
            focused = next(filter(surface.is_focused, here), None)
            row.append(text_row("●", surface.style(model, Role.ACCENT, focused)))
        elif filled_from <= column < filled_to:
            row.append(text_row("━", surface.style(model, Role.ACCENT)))
        else:
            row.append(text_row("─", Style(Role.FAINT)))
    return _joined(row)


def _joined(pieces: list[Row]) -> Row:
    """Neighbours of one style as one span."""
    row: list[Row] = []
    for piece in pieces:
        if row and row[-1][-1].style == piece[0].style:
            row[-1] = text_row(row[-1][-1].text + piece[0].text, piece[0].style)
        else:
            row.append(piece)
    return tuple(span for piece in row for span in piece)


def _state_at(model: Model, low: Number, high: Number, track: int, cell: int) -> JsonObject:
    """The state that a click on a cell of the track sets: the nearest step."""
    at = low + (high - low) * min(cell, track - 1) / (track - 1)
    if "_options_labels" in model.state:
        return {"index": round(at)}
    step = number(model, "step", 1) or 1
    stepped = low + round((at - low) / step) * step
    base = max(number(model, "base", 10), 1)
    if model.name == "FloatLogSliderModel":
        return {"value": float(f"{10 ** min(_HIGHEST_POWER, stepped * log10(base)):.12g}")}
    is_whole = isinstance(model.state.get("value"), int)
    return {"value": round(stepped) if is_whole else float(f"{min(stepped, high):.12g}")}
