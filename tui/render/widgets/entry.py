"""What text and numbers are typed into."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, Control, ControlId, ControlKind
from tui.render.widgets.surface import Surface, long, short
from tui.sanitize import visible

_WIDEST = 32
_PAGE_WIDTH = 60
_MOST_LINES = 12
_MOST_BITS = 4000
"""Of a whole number that is shown."""
_HIDDEN = "•"


def draw_entry(model: Model, surface: Surface) -> Block:
    """`label [value    ]`, with the cursor in it while it is typed into."""
    label = surface.label(model)
    begin = row_width(label)
    room = max(2, min(surface.width - begin - 2, _WIDEST))
    control = ControlId(model.id)
    entry = surface.entry(control)
    if entry is not None:
        inner = _typed(_shown(model, entry.text), len(_shown(model, entry.text[: entry.cursor])), room)
    else:
        value = entry_text(model)
        style = surface.style(model, Role.TEXT, control) if value else Style(Role.FAINT)
        inner = surface.of_width(room).line(_shown(model, value) if value else _placeholder(model), style)
    bracket = surface.style(model, Role.ACCENT, control)
    row = (*label, *text_row("[", bracket), *pad(inner, room), *text_row("]", bracket))
    where = Control(control, ControlKind.ENTRY, 0, begin, row_width(row))
    return Block([row], (where,) if surface.is_usable(model) else ())


def draw_page(model: Model, surface: Surface) -> Block:
    """Lines of text behind a rule; the end of long ones."""
    label = surface.label(model)
    indent = row_width(label)
    control = ControlId(model.id)
    entry = surface.entry(control)
    text = long(entry.text if entry is not None else model.text("value"))
    lines = text.split("\n")
    at, column = len(lines), 0
    if entry is not None:
        before = entry.text[: entry.cursor].split("\n")
        at, column = len(before) - 1, len(before[-1])
    first = max(0, min(at, len(lines)) - _MOST_LINES + 1)
    room = max(2, min(surface.width - indent - 2, _PAGE_WIDTH))
    rule = text_row("▏ ", surface.style(model, Role.ACCENT, control))
    rows: list[Row] = []
    for number, line in enumerate(lines[first : first + _MOST_LINES], start=first):
        shown = visible(line).replace("\t", " ")
        content = (
            _typed(shown, column, room)
            if number == at
            else surface.of_width(room).line(shown, surface.style(model, Role.TEXT))
        )
        rows.append((*pad(label if not rows else (), indent), *rule, *content))
    where = Control(control, ControlKind.PAGE, 0, indent, indent + 2 + room)
    return Block(rows, (where,) if surface.is_usable(model) else ())


def entry_text(model: Model) -> str:
    """The value as it is typed; not made safe."""
    value = model.state.get("value")
    if isinstance(value, str):
        return long(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value) if value.bit_length() < _MOST_BITS else "…"


def _shown(model: Model, text: str) -> str:
    """Typed text as it is seen: as many code points as it has."""
    return _HIDDEN * len(text) if model.name == "PasswordModel" else visible(text).replace("\t", " ")


def _placeholder(model: Model) -> str:
    return short(model.text("placeholder").replace("\u200b", ""))


def _typed(text: str, cursor: int, room: int) -> Row:
    """The part of a line around the cursor, which is reversed."""
    before, under, after = text[:cursor], text[cursor : cursor + 1] or " ", text[cursor + 1 :]
    row = (
        *text_row(before, Style(Role.TEXT)),
        *text_row(under, Style(Role.TEXT, reverse=True)),
        *text_row(after, Style(Role.TEXT)),
    )
    end = row_width(text_row(before)) + row_width(text_row(under))
    start = max(0, end - room)
    return crop(row, start, start + room)
