"""How symbols look in a terminal: variables italic, as in print; bold where it is asked for."""

from __future__ import annotations

from typing import Final

from tui.render.math.nodes import Face, Symbol, Text
from tui.render.rows import Style

_STYLES: Final = {
    Face.MATH: Style(),
    Face.UPRIGHT: Style(),
    Face.BOLD: Style(bold=True),
    Face.ITALIC: Style(italic=True),
}


def style_of(node: Symbol | Text) -> Style:
    """The style in which its text is drawn."""
    if node.face is Face.MATH and _is_variable(node.text):
        return _STYLES[Face.ITALIC]
    return _STYLES[node.face]


def _is_variable(text: str) -> bool:
    """Whether it begins with a Latin or a small Greek letter."""
    first = text[:1]
    return first.isalpha() and (first < "\u0250" or "α" <= first <= "ϵ")
