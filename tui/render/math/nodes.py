"""A formula as a tree: what was meant, before it is known where each part stands on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Kind(Enum):
    """What a part is to its neighbours, which decides the room between them (The TeXbook, chapter 18)."""

    ORDINARY = "ordinary"
    FUNCTION = "function"
    """A name, as `sin`."""
    OPERATOR = "operator"
    """A sign, as the sum's."""
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    PUNCTUATION = "punctuation"
    INNER = "inner"
    """A fraction, a matrix, a root: kept apart from what is multiplied with it."""
    SIGN = "sign"
    """A binary operator that has nothing on its left, as in `-1`."""


class Face(Enum):
    """How letters look."""

    MATH = "math"
    """Variables, which are italic."""
    UPRIGHT = "upright"
    BOLD = "bold"
    ITALIC = "italic"


class Limits(Enum):
    """Where an operator's sub- and superscript stand."""

    BESIDE = "beside"
    IN_DISPLAY = "in display"
    """Below and above it where there is room."""
    ALWAYS = "always"


class Edge(Enum):
    """A side of a part."""

    OVER = "over"
    UNDER = "under"


class FractionSize(Enum):
    """Whether a fraction may be made small."""

    NORMAL = "normal"
    SMALL = "small"


class Align(Enum):
    """How a column's cells stand in it."""

    LEFT = "l"
    CENTER = "c"
    RIGHT = "r"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign, letter or digit."""

    text: str
    """One character with the marks on it, or a few that read as one."""
    kind: Kind = Kind.ORDINARY
    face: Face = Face.MATH


@dataclass(frozen=True, slots=True)
class Text:
    """Words, whose blanks count."""

    text: str
    face: Face = Face.UPRIGHT


@dataclass(frozen=True, slots=True)
class Space:
    """Room of so many cells."""

    cells: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts in a line."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Classed:
    """A part to which the author gave a kind."""

    body: Node
    kind: Kind


@dataclass(frozen=True, slots=True)
class Function:
    """An operator that is a name: `lim`, `sin`."""

    body: Node
    limits: Limits


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator that is a sign: of a sum, product, integral."""

    sign: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part over another, with a bar between them."""

    numerator: Node
    denominator: Node
    size: FractionSize = FractionSize.NORMAL


@dataclass(frozen=True, slots=True)
class Pile:
    """Parts one below the other, without a bar."""

    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """A root, of second degree where there is no index."""

    radicand: Node
    index: Node | None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A part with a sub- or superscript, or both."""

    base: Node
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class Fence:
    """Parts in brackets that grow with them; a bracket may be empty."""

    opening: str
    parts: tuple[Node, ...]
    middles: tuple[str, ...]
    """What stands between the parts: one fewer."""
    closing: str


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark on a part."""

    mark: str
    """A combining character."""
    base: Node


@dataclass(frozen=True, slots=True)
class Line:
    """A line along a part."""

    edge: Edge
    base: Node


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace along a part; its label is the script of that side."""

    edge: Edge
    base: Node


@dataclass(frozen=True, slots=True)
class Stack:
    """A part with others right above and below it, which do not change its kind."""

    base: Node
    over: Node | None
    under: Node | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as long as what stands on it."""

    tail: str
    shaft: str
    head: str
    over: Node | None
    under: Node | None


@dataclass(frozen=True, slots=True)
class Boxed:
    """A part in a frame."""

    body: Node


@dataclass(frozen=True, slots=True)
class Phantom:
    """The room that a part takes."""

    body: Node


class GridKind(Enum):
    """What the lines and columns of a grid are."""

    MATRIX = "matrix"
    CASES = "cases"
    EQUATIONS = "equations"
    """Lines of their own, which may be broken."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells. Lines may be shorter than others."""

    kind: GridKind
    lines: tuple[tuple[Node, ...], ...]
    aligns: tuple[Align, ...]
    """Of the columns; further ones have the last."""
    rules_after: frozenset[int] = frozenset()
    """Columns behind which a rule stands; -1 is before the first."""
    rules_below: frozenset[int] = frozenset()
    """Lines below which a rule stands; -1 is above the first."""


Node: TypeAlias = (
    Symbol
    | Text
    | Space
    | Sequence
    | Classed
    | Function
    | Operator
    | Fraction
    | Pile
    | Root
    | Scripts
    | Fence
    | Accent
    | Line
    | Brace
    | Stack
    | Arrow
    | Boxed
    | Phantom
    | Grid
)

EMPTY = Sequence(())
"""Nothing."""
