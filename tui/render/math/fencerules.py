r"""Rules of brackets that grow, `\left`, `\middle`, `\right`, and of brackets of a given size."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui.render.math.lexer import TokenKind
from tui.render.math.nodes import Fence, Kind, Node, Symbol
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.symbols import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.render.math.parser import Parser, Rule

_PLAIN: Final = {"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩"}
_NAMES: Final = """
    lbrace rbrace { } langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert | uparrow
    downarrow lbrack rbrack backslash lgroup rgroup ulcorner urcorner llcorner lrcorner
"""
_NAMED: Final = frozenset(_NAMES.split())
_SIZES: Final = ("big", "Big", "bigg", "Bigg")
_STOPS: Final = frozenset({"middle", "right"})


def _left(parser: Parser, _name: str) -> Node:
    opening = _delimiter(parser)
    parts = [parser.sequence(_STOPS)]
    middles: list[str] = []
    while parser.accepts(TokenKind.COMMAND, "middle"):
        middles.append(_delimiter(parser))
        parts.append(parser.sequence(_STOPS))
    if not parser.accepts(TokenKind.COMMAND, "right"):
        raise CannotTypesetError("a \\left has no \\right")
    return Fence(opening, tuple(parts), tuple(middles), _delimiter(parser))


def _sized(parser: Parser, name: str) -> Node:
    """The bracket in its usual size: pairs grow by what they hold."""
    bracket = _delimiter(parser)
    match name[-1]:
        case "l":
            kind = Kind.OPENING
        case "r":
            kind = Kind.CLOSING
        case "m":
            kind = Kind.RELATION
        case _:
            kind = _KINDS.get(bracket, Kind.ORDINARY)
    return Symbol(bracket, kind)


_KINDS: Final = {
    **dict.fromkeys("([{⟨⌊⌈", Kind.OPENING),
    **dict.fromkeys(")]}⟩⌋⌉", Kind.CLOSING),
}


def _delimiter(parser: Parser) -> str:
    token = parser.take()
    if token.kind is TokenKind.CHARACTER and token.text in _PLAIN:
        return _PLAIN[token.text]
    if token.kind is TokenKind.COMMAND and token.text in _NAMED:
        return SYMBOLS[token.text][0]
    raise CannotTypesetError("a bracket is missing in it")


DELIMITER_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {"left": _left} | {size + side: _sized for size in _SIZES for side in ("", "l", "r", "m")}
)
"""By the commands' names."""
