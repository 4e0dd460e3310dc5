"""Marks on letters, and lines and braces along parts."""

from __future__ import annotations

import unicodedata
from itertools import repeat
from typing import TYPE_CHECKING, Final

from tui.render.math.boxes import Box, beside, blank, column, rebased, stacked, text_box
from tui.render.math.nodes import Align, Edge, Scripts, Symbol

if TYPE_CHECKING:
    from tui.render.math.nodes import Node

_DRAWN: Final = {
    "\u0302": "^",
    "\u0303": "~",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u20db": "⋯",
    "\u030c": "ˇ",
    "\u0306": "˘",
    "\u0301": "´",
    "\u0300": "`",
    "\u030a": "˚",
}
_MACRON: Final = "\u0304"
_ARROW: Final = "\u20d7"
_OVERLINE: Final = "\u0305"
_UNDERLINE: Final = "\u0332"
_BRACES: Final = {Edge.OVER: "╭─┴╮", Edge.UNDER: "╰─┬╯"}


def marked(node: Node, mark: str) -> Node | None:
    """The letter with the mark on it, also under its scripts; None where the part is more than a letter."""
    match node:
        case Symbol() if len(node.text) == 1:
            text = unicodedata.normalize("NFC", node.text + mark)
            return Symbol(text, node.kind, node.face)
        case Scripts():
            base = marked(node.base, mark)
            return None if base is None else Scripts(base, node.sub, node.sup)
        case _:
            return None


def lined_characters(text: str, edge: Edge) -> str:
    """The text, of characters of one cell each, with a line over or under each of them."""
    line = _OVERLINE if edge is Edge.OVER else _UNDERLINE
    return "".join(character + line for character in text)


def accented(base: Box, mark: str) -> Box:
    """The box below a row with the mark."""
    if mark == _MACRON:
        return lined(base, Edge.OVER)
    drawn = "─" * (base.width - 1) + "→" if mark == _ARROW else _DRAWN[mark]
    return stacked([text_box(drawn), base], base.baseline + 1)


def lined(base: Box, edge: Edge) -> Box:
    """The box with a line along it."""
    if edge is Edge.OVER:
        return stacked([text_box("▁" * max(base.width, 1)), base], base.baseline + 1)
    return stacked([base, text_box("▔" * max(base.width, 1))], base.baseline)


def braced(base: Box, edge: Edge, label: Box | None) -> Box:
    """The box with a brace along it, and what the brace says."""
    left, line, tip, right = _BRACES[edge]
    width = max(base.width, 3)
    before = (width - 3) // 2
    brace = text_box(left + line * before + tip + line * (width - 3 - before) + right)
    labels = [] if label is None else [label]
    if edge is Edge.OVER:
        above = [*labels, brace]
        return stacked([*above, base], sum(box.height for box in above) + base.baseline)
    return stacked([base, brace, *labels], base.baseline)


def with_limits(base: Box, over: Box | None, under: Box | None) -> Box:
    """The box with others right above and below it."""
    boxes = [box for box in (over, base, under) if box is not None]
    return stacked(boxes, base.baseline + (over.height if over is not None else 0))


def with_scripts(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """The box with others behind it, lower and higher: beside the ends of a high one."""
    up, down = max(base.baseline, 1), max(base.below, 1)
    if sub is None:
        return base if sup is None else beside([base, rebased(sup, sup.height - 1 + up)])
    if sup is None:
        return beside([base, rebased(sub, -down)])
    between = blank(1, up + down - 1)
    both = stacked([sup, between, sub], sup.height - 1 + up, repeat(Align.LEFT))
    return beside([base, both])


def framed(body: Box) -> Box:
    """The box in a frame."""
    edge, line = column("│", body.height, 0), "─" * (body.width + 2)
    inner = beside([edge, blank(1), rebased(body, 0), blank(1), edge])
    return stacked([text_box(f"┌{line}┐"), inner, text_box(f"└{line}┘")], body.baseline + 1)


def hidden(body: Box) -> Box:
    """Blanks as large as the box."""
    return blank(body.width, body.height, body.baseline)
