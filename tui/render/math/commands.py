"""What follows each command: one rule a construct, and the table of which command has which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tui.render.math.commandtables import (
    ACCENTS,
    ARROWS,
    FACES,
    IGNORED,
    KINDS,
    SPACES,
    SWITCHES,
    TEXTS,
)
from tui.render.math.fencerules import DELIMITER_RULES
from tui.render.math.lexer import TokenKind
from tui.render.math.nodes import (
    EMPTY,
    Accent,
    Arrow,
    Boxed,
    Brace,
    Classed,
    Edge,
    Face,
    Fence,
    Fraction,
    FractionSize,
    Function,
    Kind,
    Limits,
    Line,
    Node,
    Operator,
    Phantom,
    Pile,
    Root,
    Sequence,
    Space,
    Stack,
    Symbol,
    Text,
)
from tui.render.math.parser import Infix, Parser, Rule
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.symbols import FUNCTIONS, FUNCTIONS_WITH_LIMITS, INTEGRALS, NEGATED, OPERATORS

_LONGEST_WORD: Final = 40


def _space(_parser: Parser, name: str) -> Node:
    return Space(SPACES[name])


def _length(parser: Parser, _name: str) -> Node:
    """A length's unit is not looked at: two cells, which is one em."""
    parser.accepts(TokenKind.CHARACTER, "*")
    return Space(0 if parser.raw_argument().startswith("-") else 2)


def _ignored(_parser: Parser, _name: str) -> None:
    return None


def _label(parser: Parser, _name: str) -> None:
    parser.raw_argument()


def _colour(parser: Parser, _name: str) -> None:
    """What it colours is a group that follows, or the rest of this one."""
    parser.raw_optional()
    parser.raw_argument()


def _tag(parser: Parser, _name: str) -> Node:
    parser.accepts(TokenKind.CHARACTER, "*")
    tag = parser.text(Face.UPRIGHT)
    return Sequence((Space(4), Text("("), tag, Text(")")))


def _face(parser: Parser, name: str) -> Node:
    outside, parser.face = parser.face, FACES[name]
    node = parser.argument()
    parser.face = outside
    return _as_word(node)


def _switch(parser: Parser, name: str) -> None:
    parser.face = SWITCHES[name]


def _as_word(node: Node) -> Node:
    """Upright letters in a line as one word, so that what follows is kept apart from it."""
    if not isinstance(node, Sequence) or not 1 < len(node.items) <= _LONGEST_WORD:
        return node
    word = ""
    for item in node.items:
        if not isinstance(item, Symbol) or item.face is not Face.UPRIGHT or not item.text.isalpha():
            return node
        word += item.text
    return Text(word) if word.isascii() else node


def _text(parser: Parser, name: str) -> Node:
    return parser.text(TEXTS[name])


def _function(parser: Parser, name: str) -> Node:
    if name in FUNCTIONS:
        return Function(Text(name), _limits(parser, Limits.BESIDE))
    return Function(Text(FUNCTIONS_WITH_LIMITS[name]), _limits(parser, Limits.IN_DISPLAY))


def _named_function(parser: Parser, _name: str) -> Node:
    usual = Limits.IN_DISPLAY if parser.accepts(TokenKind.CHARACTER, "*") else Limits.BESIDE
    outside, parser.face = parser.face, Face.UPRIGHT
    body = parser.argument()
    parser.face = outside
    return Function(_as_word(body), _limits(parser, usual))


def _modulo(parser: Parser, name: str) -> Node:
    match name:
        case "bmod":
            return Classed(Text("mod"), Kind.BINARY)
        case "pmod":
            return Sequence((Space(2), Text("(mod "), parser.argument(), Text(")")))
        case _:
            return Sequence((Space(2), Text("mod ")))


def _operator(parser: Parser, name: str) -> Node:
    return Operator(OPERATORS[name], _limits(parser, Limits.IN_DISPLAY))


def _integral(parser: Parser, name: str) -> Node:
    return Operator(INTEGRALS[name], _limits(parser, Limits.BESIDE))


def _mathop(parser: Parser, _name: str) -> Node:
    return Function(parser.argument(), _limits(parser, Limits.IN_DISPLAY))


def _limits(parser: Parser, usual: Limits) -> Limits:
    for name, limits in (
        ("limits", Limits.ALWAYS),
        ("nolimits", Limits.BESIDE),
        ("displaylimits", Limits.IN_DISPLAY),
    ):
        if parser.accepts(TokenKind.COMMAND, name):
            return limits
    return usual


def _fraction(parser: Parser, name: str) -> Node:
    size = FractionSize.SMALL if name == "tfrac" else FractionSize.NORMAL
    return Fraction(parser.argument(), parser.argument(), size)


def _binomial(parser: Parser, _name: str) -> Node:
    return _chosen(parser.argument(), parser.argument())


def _chosen(upper: Node, lower: Node) -> Node:
    return Fence("(", (Pile((upper, EMPTY, lower)),), (), ")")


def _root(parser: Parser, _name: str) -> Node:
    index = parser.optional()
    return Root(parser.argument(), index)


def _accent(parser: Parser, name: str) -> Node:
    return Accent(ACCENTS[name], parser.argument())


def _line(parser: Parser, name: str) -> Node:
    return Line(Edge.UNDER if name in ("underline", "underbar") else Edge.OVER, parser.argument())


def _brace(parser: Parser, name: str) -> Node:
    return Brace(Edge.UNDER if name == "underbrace" else Edge.OVER, parser.argument())


def _stack(parser: Parser, name: str) -> Node:
    other, base = parser.argument(), parser.argument()
    if name == "underset":
        return Stack(base, None, other)
    return Stack(base, other, None)


def _arrow(parser: Parser, name: str) -> Node:
    under = parser.optional()
    return Arrow(*ARROWS[name], parser.argument(), under)


def _substack(parser: Parser, _name: str) -> Node:
    if not parser.accepts(TokenKind.OPEN, "{"):
        raise CannotTypesetError("something is missing in it")
    lines = [parser.sequence(frozenset("\\"))]
    while parser.accepts(TokenKind.COMMAND, "\\"):
        lines.append(parser.sequence(frozenset("\\")))
    if not parser.accepts(TokenKind.CLOSE, "}"):
        raise CannotTypesetError("its braces or environments do not match")
    return Pile(tuple(lines))


def _classed(parser: Parser, name: str) -> Node:
    return Classed(parser.argument(), KINDS[name])


def _not(parser: Parser, _name: str) -> Node:
    node = parser.argument()
    if not isinstance(node, Symbol) or node.text not in NEGATED:
        raise CannotTypesetError("there is no sign for one of its negations")
    return Symbol(NEGATED[node.text], node.kind, node.face)


def _boxed(parser: Parser, _name: str) -> Node:
    return Boxed(parser.argument())


def _phantom(parser: Parser, name: str) -> Node:
    body = parser.argument()
    return EMPTY if name == "vphantom" else Phantom(body)


def _passed(parser: Parser, _name: str) -> Node:
    return parser.argument()


_NAMES: Final[Mapping[str, Callable[[Parser, str], Node | None]]] = {
    IGNORED: _ignored,
    "label": _label,
    "color textcolor": _colour,
    "tag": _tag,
    "hspace mspace hskip": _length,
    "operatorname operatornamewithlimits": _named_function,
    "bmod pmod mod": _modulo,
    "mathop": _mathop,
    "frac dfrac tfrac cfrac": _fraction,
    "binom dbinom tbinom": _binomial,
    "sqrt": _root,
    "overline underline underbar": _line,
    "overbrace underbrace": _brace,
    "stackrel overset underset": _stack,
    "substack": _substack,
    "not": _not,
    "boxed fbox": _boxed,
    "phantom hphantom vphantom": _phantom,
    "smash ensuremath": _passed,
}

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {name: rule for names, rule in _NAMES.items() for name in names.split()}
    | dict.fromkeys(SPACES, _space)
    | dict.fromkeys(FACES, _face)
    | dict.fromkeys(SWITCHES, _switch)
    | dict.fromkeys(TEXTS, _text)
    | dict.fromkeys([*FUNCTIONS, *FUNCTIONS_WITH_LIMITS], _function)
    | dict.fromkeys(OPERATORS, _operator)
    | dict.fromkeys(INTEGRALS, _integral)
    | dict.fromkeys(ACCENTS, _accent)
    | dict.fromkeys(ARROWS, _arrow)
    | dict.fromkeys(KINDS, _classed)
    | dict(DELIMITER_RULES)
)
"""By the commands' names, without the backslash."""

INFIXES: Final[Mapping[str, Infix]] = MappingProxyType(
    {
        "over": Fraction,
        "choose": _chosen,
        "atop": lambda upper, lower: Pile((upper, lower)),
    }
)
"""Commands that stand between what they put together."""
