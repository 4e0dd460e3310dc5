"""Tabs and accordions."""

from __future__ import annotations

from functools import partial
from itertools import islice

from kernelbridge.outputs import JsonObject
from kernelbridge.widgets.model import Model
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, Control, ControlId, ControlKind, Pick, stacked
from tui.render.widgets.surface import Surface, short
from tui.render.widgets.values import index_of, titles_of

_INDENT = 2
_MOST_PAGES = 100


def draw_tabs(model: Model, surface: Surface) -> Block:
    """The titles, the chosen one in brackets, and below them its page."""
    chosen, children = index_of(model, "selected_index"), list(islice(model.children(), _MOST_PAGES))
    rows: list[list[Row]] = [[]]
    picks: list[Pick] = []
    column = 0
    control = ControlId(model.id)
    for at in range(len(children)):
        text = f"[{_title(model, at)}]" if at == chosen else f" {_title(model, at)} "
        role = Role.ACCENT if at == chosen else Role.MUTED
        piece = surface.line(text, surface.style(model, role, control if at == chosen else None))
        if column and column + row_width(piece) > surface.width:
            rows.append([])
            column = 0
        rows[-1].append(piece)
        picks.append(Pick(model.id, len(rows) - 1, column, column + row_width(piece), partial(_chosen, at)))
        column += row_width(piece) + 1
    lines = [tuple(span for piece in row for span in (*piece, *text_row(" "))) for row in rows]
    head = Block(lines, (Control(control, ControlKind.CHOICE, 0, 0, max(1, column)),), tuple(picks))
    shown = chosen is not None and 0 <= chosen < len(children)
    page = surface.model(children[chosen]) if chosen is not None and shown else None
    below = _indented(page, surface) if page is not None else Block()
    return stacked([head if surface.is_usable(model) else Block(head.rows), below])


def draw_accordion(model: Model, surface: Surface) -> Block:
    """`▸ title` for each page, and below the open one, `▾`, what is on it."""
    chosen = index_of(model, "selected_index")
    blocks: list[Block] = []
    for at, child in enumerate(islice(model.children(), _MOST_PAGES)):
        control = ControlId(model.id, at)
        mark, role = ("▾ ", Role.ACCENT) if at == chosen else ("▸ ", Role.TEXT)
        row = surface.line(mark + _title(model, at), surface.style(model, role, control))
        where = Control(control, ControlKind.SWITCH, 0, 0, row_width(row))
        blocks.append(Block([row], (where,) if surface.is_usable(model) else ()))
        if at == chosen and (page := surface.model(child)) is not None:
            blocks.append(_indented(page, surface))
    return stacked(blocks)


def _indented(page: Model, surface: Surface) -> Block:
    inner = surface.of_width(surface.width - _INDENT).draw(page).moved(0, _INDENT)
    rows = [(*text_row("│ ", Style(Role.RULE)), *row) for row in inner.rows]
    return Block(rows, inner.controls, inner.picks)


def _title(model: Model, at: int) -> str:
    titles = titles_of(model)
    title = titles[at] if at < len(titles) else None
    return short(title) if isinstance(title, str) and title else str(at + 1)


def _chosen(at: int, _cell: int) -> JsonObject:
    return {"selected_index": at}
