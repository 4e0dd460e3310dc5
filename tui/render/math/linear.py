"""Formulas in one row, as they are written in a line of text: `a/(b + c)`, `√(x + 1)`, `x_(new)`.

What would be wrong or hard to read so, as a matrix, is refused by CannotTypesetError.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.math.boxes import PLAIN
from tui.render.math.faces import style_of
from tui.render.math.marks import lined_characters, marked
from tui.render.math.nodes import (
    Accent,
    Classed,
    Edge,
    Fence,
    Fraction,
    Function,
    Kind,
    Line,
    Node,
    Operator,
    Root,
    Scripts,
    Sequence,
    Space,
    Symbol,
    Text,
)
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.spacing import Level, Placed, placed
from tui.render.math.unicodescripts import script_characters
from tui.render.rowops import plain, text_row
from tui.render.width import is_single_cells

if TYPE_CHECKING:
    from tui.render.rows import Row, Span, Style


class Strength(IntEnum):
    """How much a part holds together without brackets."""

    SUM = 0
    PRODUCT = 1
    UNIT = 2


class Linear(NamedTuple):
    """A part in one row."""

    row: Row
    strength: Strength


_FRACTIONS: Final = "1/2=½ 1/3=⅓ 2/3=⅔ 1/4=¼ 3/4=¾ 1/5=⅕ 2/5=⅖ 1/6=⅙ 5/6=⅚ 1/8=⅛ 3/8=⅜"
_VULGAR: Final = {entry[:-2]: entry[-1] for entry in _FRACTIONS.split()}
_ROOTS: Final = {"2": "√", "3": "∛", "4": "∜"}
_MULTIPLIED: Final = frozenset({Kind.ORDINARY, Kind.INNER, Kind.OPENING, Kind.FUNCTION, Kind.OPERATOR})
_LOOSE: Final = (Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION, Kind.OPERATOR, Kind.FUNCTION)
_NO_ROW: Final = "it does not fit into one row"


def linear(node: Node, level: Level) -> Linear:
    """The part in one row. Raises CannotTypesetError."""
    match node:
        case Symbol() | Text():
            return _text(node.text, style_of(node))
        case Sequence():
            return _sequence(node, level)
        case Space():
            return Linear(text_row(" " * node.cells), Strength.UNIT)
        case Classed():
            return linear(node.body, level)
        case Function():
            return Linear(linear(node.body, level).row, Strength.PRODUCT)
        case Operator():
            return _text(node.sign, PLAIN)
        case Fraction():
            return _fraction(node, level)
        case Root():
            return _root(node, level)
        case Scripts():
            return _scripts(node, level)
        case Fence():
            return _fence(node, level)
        case Accent():
            if (letter := marked(node.base, node.mark)) is None:
                raise CannotTypesetError(_NO_ROW)
            return linear(letter, level)
        case Line():
            return _line(node, level)
        case _:
            raise CannotTypesetError(_NO_ROW)


def _text(text: str, style: Style) -> Linear:
    return Linear(text_row(text, style), Strength.UNIT)


def _sequence(node: Sequence, level: Level) -> Linear:
    parts, end = placed(node.items, level)
    spans: list[Span] = []
    for number, part in enumerate(parts):
        spans += text_row(" " * part.gap)
        spans += _between_others(part, parts[number + 1 : number + 2], level)
    spans += text_row(" " * end)
    return Linear(tuple(spans), _strength(parts))


def _between_others(part: Placed, behind: list[Placed], level: Level) -> Row:
    """The part; a fraction in brackets where what follows would be taken for more of its denominator."""
    row, strength = linear(part.node, level)
    if isinstance(part.node, Fraction) and strength is not Strength.UNIT and behind:
        return bracketed(row) if behind[0].kind in _MULTIPLIED else row
    return row


def _strength(parts: list[Placed]) -> Strength:
    if len(parts) == 1:
        return Strength.UNIT
    if any(part.kind in _LOOSE for part in parts):
        return Strength.SUM
    if all(isinstance(part.node, Symbol) and part.node.text[0] in "0123456789.," for part in parts):
        return Strength.UNIT
    return Strength.PRODUCT


def bracketed(row: Row) -> Row:
    """The row in round brackets."""
    return (*text_row("("), *row, *text_row(")"))


def _within(part: Linear, least: Strength) -> Row:
    return part.row if part.strength >= least else bracketed(part.row)


def _fraction(node: Fraction, level: Level) -> Linear:
    upper, lower = linear(node.numerator, Level.SCRIPT), linear(node.denominator, Level.SCRIPT)
    if vulgar := _VULGAR.get(f"{plain(upper.row)}/{plain(lower.row)}"):
        return _text(vulgar, PLAIN)
    if not upper.row or not lower.row:
        raise CannotTypesetError(_NO_ROW)
    if upper.strength is Strength.SUM:
        upper = linear(node.numerator, level)
    if lower.strength is Strength.SUM:
        lower = linear(node.denominator, level)
    least = Strength.PRODUCT if _reads_as_one(node.denominator) else Strength.UNIT
    most = Strength.UNIT if isinstance(node.numerator, Fraction) else Strength.PRODUCT
    row = (*_within(upper, most), *text_row("/"), *_within(lower, least))
    return Linear(row, Strength.PRODUCT)


def _reads_as_one(node: Node) -> bool:
    """Whether it is as `dx`, `∂t²` or `f(x)`, which are taken for one behind a stroke."""
    match node:
        case Sequence(items=(Symbol(text="d" | "∂"), Symbol() | Scripts(base=Symbol()))):
            return True
        case Sequence(items=(Symbol(), Fence())):
            return True
        case _:
            return False


def _root(node: Root, level: Level) -> Linear:
    radicand = linear(node.radicand, level)
    index = "2" if node.index is None else script_text(node.index)
    sign = _ROOTS.get(index)
    if sign is None:
        raised = None if node.index is None else script_characters(node.index, Edge.OVER)
        if raised is None:
            raise CannotTypesetError(_NO_ROW)
        sign = f"{raised}√"
    is_script = isinstance(node.radicand, Scripts)
    body = bracketed(radicand.row) if is_script else _within(radicand, Strength.UNIT)
    return Linear((*text_row(sign), *body), Strength.UNIT)


def script_text(node: Node) -> str:
    """The characters of a symbol; empty for more."""
    return node.text if isinstance(node, Symbol) else ""


def _scripts(node: Scripts, level: Level) -> Linear:
    base = linear(node.base, level)
    needs_brackets = base.strength < Strength.UNIT and not isinstance(node.base, Function)
    if isinstance(node.base, Fraction | Root | Scripts) or needs_brackets:
        base = Linear(bracketed(base.row), Strength.UNIT)
    style = base.row[-1].style if base.row else PLAIN
    row = (*base.row, *_script(node.sub, Edge.UNDER, style), *_script(node.sup, Edge.OVER, style))
    return Linear(row, base.strength)


def _script(node: Node | None, edge: Edge, style: Style) -> Row:
    if node is None:
        return ()
    if (characters := script_characters(node, edge)) is not None:
        return text_row(characters, style)
    part = linear(node, Level.SCRIPT)
    sign = text_row("^" if edge is Edge.OVER else "_")
    is_one = part.strength is Strength.UNIT and not isinstance(node, Scripts | Root)
    return (*sign, *(part.row if is_one else bracketed(part.row)))


def _fence(node: Fence, level: Level) -> Linear:
    row = list(text_row(node.opening))
    for number, part in enumerate(node.parts):
        if number:
            row += text_row(node.middles[number - 1])
        row += linear(part, level).row
    return Linear((*row, *text_row(node.closing)), Strength.UNIT)


def _line(node: Line, level: Level) -> Linear:
    row = linear(node.base, level).row
    if not row or not is_single_cells(plain(row)):
        raise CannotTypesetError(_NO_ROW)
    lined = [span for part in row for span in text_row(lined_characters(part.text, node.edge), part.style)]
    return Linear(tuple(lined), Strength.UNIT)
