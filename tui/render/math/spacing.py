"""How many blanks stand between the parts of a line: TeX's rules, in whole cells."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.math.nodes import (
    Arrow,
    Brace,
    Classed,
    Edge,
    Fence,
    Fraction,
    Function,
    Grid,
    Kind,
    Node,
    Operator,
    Pile,
    Root,
    Scripts,
    Sequence,
    Space,
    Stack,
    Symbol,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(Enum):
    """How much room a part has."""

    DISPLAY = "display"
    TEXT = "text"
    """In a fraction, a matrix, a line of text."""
    SCRIPT = "script"


class Placed(NamedTuple):
    """A part of a line."""

    node: Node
    gap: int
    """Blanks before it."""
    kind: Kind
    """What it is where it stands: a minus may be an operator or a sign."""


_BEFORE_A_SIGN: Final = (
    Kind.BINARY,
    Kind.RELATION,
    Kind.OPENING,
    Kind.PUNCTUATION,
    Kind.FUNCTION,
    Kind.OPERATOR,
    Kind.SIGN,
)
_TERMS: Final = (Kind.ORDINARY, Kind.INNER, Kind.FUNCTION, Kind.OPERATOR)


def placed(items: Iterable[Node], level: Level) -> tuple[list[Placed], int]:
    """The parts of a line without the spaces between them, and the blanks that end it."""
    found: list[Placed] = []
    left: Kind | None = None
    left_node: Node | None = None
    room: int | None = None
    for item in items:
        if isinstance(item, Space):
            room = (room or 0) + item.cells
            continue
        first, last = kinds(item)
        if first is Kind.BINARY and (left is None or left in _BEFORE_A_SIGN):
            first = last = Kind.SIGN
        gap = 0 if left is None else _gap(left, first, level)
        if gap == 0 and left_node is not None and _are_words(left_node, item):
            gap = 1
        found.append(Placed(item, max(gap, room or 0), first))
        left, left_node, room = last, item, None
    return found, room or 0


def kinds(node: Node) -> tuple[Kind, Kind]:
    """What a part is to its left and to its right neighbour."""
    match node:
        case Symbol(text="/"):
            return Kind.CLOSING, Kind.OPENING  # no room to either side
        case Symbol() | Classed():
            return node.kind, node.kind
        case Function():
            return Kind.FUNCTION, Kind.FUNCTION
        case Operator():
            return Kind.OPERATOR, Kind.OPERATOR
        case Fence():
            return Kind.OPENING, Kind.CLOSING
        case Fraction() | Root() | Grid() | Pile():
            return Kind.INNER, Kind.INNER
        case Scripts() | Stack():
            return kinds(node.base)
        case Brace():
            return Kind.INNER, Kind.INNER
        case Arrow():
            return Kind.RELATION, Kind.RELATION
        case _:
            return Kind.ORDINARY, Kind.ORDINARY


def _gap(left: Kind, right: Kind, level: Level) -> int:
    if left is Kind.OPENING or right in (Kind.CLOSING, Kind.PUNCTUATION):
        return 0
    if left is Kind.FUNCTION:
        return int(right in (*_TERMS, Kind.SIGN))
    if left is Kind.SIGN:
        return int(right is Kind.INNER and level is Level.DISPLAY)
    if level is Level.SCRIPT:
        return int(right is Kind.FUNCTION and left not in (Kind.BINARY, Kind.RELATION))
    if left is Kind.RELATION or right is Kind.RELATION:
        return int(left is not right)
    if left in (Kind.BINARY, Kind.PUNCTUATION, Kind.OPERATOR) or right is Kind.BINARY:
        return 1
    return _gap_between_terms(left, right)


def _gap_between_terms(left: Kind, right: Kind) -> int:
    if right in (Kind.FUNCTION, Kind.OPERATOR):
        return 1
    if left is Kind.INNER:
        return 1
    return int(right is Kind.INNER)


def _are_words(left: Node, right: Node) -> bool:
    """Whether two parts would be read as one word."""
    before, behind = _edge_text(left, Edge.UNDER), _edge_text(right, Edge.OVER)
    if before is None or behind is None:
        return False
    if not any(isinstance(node, Text) and len(node.text) > 1 for node in (left, right)):
        return False
    return before[-1:].isalnum() and behind[:1].isalnum()


def _edge_text(node: Node, edge: Edge) -> str | None:
    match node:
        case Symbol() | Text():
            return node.text
        case Sequence() if node.items:
            return _edge_text(node.items[-1 if edge is Edge.UNDER else 0], edge)
        case Scripts():
            return _edge_text(node.base, edge)
        case _:
            return None
