r"""Rules of `\begin{...}` to `\end{...}`: matrices, cases, arrays, aligned equations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui.render.math.lexer import TokenKind
from tui.render.math.nodes import EMPTY, Align, Fence, Grid, GridKind, Node
from tui.render.math.refusal import CannotTypesetError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.render.math.parser import Parser, Rule

_CENTERED: Final = (Align.CENTER,)
_LEFT: Final = (Align.LEFT,)
_ALIGNED: Final = (Align.RIGHT, Align.LEFT) * 20
_COLUMNS: Final = re.compile(r"[lcr|\s]*")
_LINE_ENDS: Final = frozenset({"\\", "cr", "newline", "end", "tabularnewline"})
_RULES: Final = frozenset({"hline", "hdashline", "toprule", "midrule", "bottomrule"})
_BEFORE: Final = -1


@dataclass(frozen=True, slots=True)
class _Environment:
    kind: GridKind
    aligns: tuple[Align, ...]
    opening: str = ""
    closing: str = ""


_MATRICES: Final = {
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "pmatrix": ("(", ")"),
    "psmallmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "bsmallmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}
_EQUATIONS: Final = {
    **dict.fromkeys(["align", "aligned", "alignat", "alignedat", "flalign", "split", "eqalign"], _ALIGNED),
    **dict.fromkeys(["gather", "gathered", "multline", "equation", "displaymath", "math"], _CENTERED),
    "eqnarray": (Align.RIGHT, Align.CENTER, Align.LEFT),
}
_ENVIRONMENTS: Final[Mapping[str, _Environment]] = MappingProxyType(
    {name: _Environment(GridKind.MATRIX, _CENTERED, *fence) for name, fence in _MATRICES.items()}
    | {name: _Environment(GridKind.EQUATIONS, aligns) for name, aligns in _EQUATIONS.items()}
    | {
        "cases": _Environment(GridKind.CASES, _LEFT, "{", ""),
        "dcases": _Environment(GridKind.CASES, _LEFT, "{", ""),
        "rcases": _Environment(GridKind.CASES, _LEFT, "", "}"),
    }
)


def _begin(parser: Parser, _name: str) -> Node:
    written = parser.raw_argument()
    name = written.removesuffix("*")
    if name == "array":
        aligns, rules_after = _columns(parser)
        environment = _Environment(GridKind.MATRIX, aligns)
    else:
        if (found := _ENVIRONMENTS.get(name)) is None:
            raise CannotTypesetError(f"the environment {written} is not known here")
        environment, rules_after = found, frozenset[int]()
        if name in ("alignat", "alignedat"):
            parser.raw_argument()
        elif (position := _position(parser, written)) and not re.fullmatch("[tbclr]", position):
            raise CannotTypesetError("something stands in brackets that is no position")
    lines, rules_below = _lines(parser)
    if parser.raw_argument() != written:
        raise CannotTypesetError("its braces or environments do not match")
    if name == "equation" and len(lines) == 1 and len(lines[0]) == 1 and not rules_below:
        return lines[0][0]
    grid = Grid(environment.kind, lines, environment.aligns, rules_after, rules_below)
    if environment.opening or environment.closing:
        return Fence(environment.opening, (grid,), (), environment.closing)
    return grid


def _lines(parser: Parser) -> tuple[tuple[tuple[Node, ...], ...], frozenset[int]]:
    r"""The cells up to `\end`, which is taken; and below which lines rules stand."""
    lines: list[tuple[Node, ...]] = []
    rules: set[int] = set()
    while True:
        while parser.peek().kind is TokenKind.COMMAND and parser.peek().text in _RULES:
            parser.take()
            rules.add(len(lines) - 1)
        cells = [parser.sequence(_LINE_ENDS)]
        while parser.accepts(TokenKind.ALIGN, "&"):
            cells.append(parser.sequence(_LINE_ENDS))
        end = parser.take()
        if end.kind is not TokenKind.COMMAND:
            raise CannotTypesetError("its braces or environments do not match")
        if end.text != "end":
            lines.append(tuple(cells))
            parser.accepts(TokenKind.CHARACTER, "*")
            _skip_room(parser)
            continue
        if cells != [EMPTY]:
            lines.append(tuple(cells))
        return tuple(lines), frozenset(rules)


def _position(parser: Parser, written: str) -> str | None:
    """What stands in brackets behind the beginning of an environment that takes such."""
    takes_one = written.endswith(("ed", "matrix*"))
    return parser.raw_optional() if takes_one else None


def _skip_room(parser: Parser) -> None:
    r"""Leaves out the room in `\\[2pt]`."""
    if (room := parser.raw_optional()) is not None and not re.fullmatch(r"\s*-?[\d.]+\s*\w+\s*", room):
        raise CannotTypesetError("something stands in brackets that is no length")


def _columns(parser: Parser) -> tuple[tuple[Align, ...], frozenset[int]]:
    """The alignments of an array's columns, and behind which of them rules stand."""
    parser.raw_optional()
    written = parser.raw_argument()
    if not _COLUMNS.fullmatch(written):
        raise CannotTypesetError("the columns of an array are not known here")
    aligns: list[Align] = []
    rules: set[int] = set()
    for character in written:
        if character == "|":
            rules.add(len(aligns) + _BEFORE)
        elif not character.isspace():
            aligns.append(Align(character))
    return tuple(aligns) or _CENTERED, frozenset(rules)


ENVIRONMENT_RULES: Final[Mapping[str, Rule]] = MappingProxyType({"begin": _begin})
"""By the commands' names."""
