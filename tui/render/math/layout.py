"""Formulas in two dimensions: which box each part of the tree becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.math.boxes import PLAIN, Box, beside, blank, stacked, text_box
from tui.render.math.brackets import fenced
from tui.render.math.faces import style_of
from tui.render.math.fractions import fraction, root
from tui.render.math.grids import align_of, grid
from tui.render.math.linear import bracketed, linear
from tui.render.math.marks import accented, braced, framed, hidden, lined, marked, with_limits, with_scripts
from tui.render.math.nodes import (
    EMPTY,
    Accent,
    Align,
    Arrow,
    Boxed,
    Brace,
    Classed,
    Edge,
    Fence,
    Fraction,
    FractionSize,
    Function,
    Grid,
    GridKind,
    Kind,
    Limits,
    Line,
    Node,
    Operator,
    Phantom,
    Pile,
    Root,
    Scripts,
    Sequence,
    Space,
    Stack,
    Symbol,
    Text,
)
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.spacing import Level, kinds, placed
from tui.render.math.unicodescripts import script_characters
from tui.render.rowops import row_width

if TYPE_CHECKING:
    from tui.render.rows import Row

_TALL_INTEGRALS: Final = {"∫": "⌠⎮⌡"}


class Layout:
    """Makes boxes of nodes. Its methods raise CannotTypesetError where a box gets too large."""

    def __init__(self, cells: Level) -> None:
        """`cells` is how much room the cells of matrices and cases have."""
        self._cells = cells
        self.has_cells = False
        """Whether that made a difference."""

    def box(self, node: Node, level: Level) -> Box:
        """The box of a part."""
        match node:
            case Symbol() | Text():
                return text_box(node.text, style_of(node))
            case Space():
                return blank(node.cells)
            case Sequence():
                return self.line(node, level)
            case Classed() | Phantom() | Boxed():
                body = self.box(node.body, level)
                if isinstance(node, Classed):
                    return body
                return hidden(body) if isinstance(node, Phantom) else framed(body)
            case Function():
                return self.box(node.body, level)
            case Operator():
                return text_box(node.sign)
            case Fraction() | Pile() | Root():
                return self._piled(node, level)
            case Fence():
                parts = [self.box(part, level) for part in node.parts]
                return fenced(node.opening, parts, node.middles, node.closing)
            case Scripts():
                return self._scripts(node, level)
            case Grid():
                return self._grid(node, level)
            case _:
                return self._decorated(node, level)

    def line(self, node: Sequence, level: Level) -> Box:
        """The box of parts in a line."""
        parts, end = placed(node.items, level)
        boxes: list[Box] = []
        for part in parts:
            boxes += [blank(part.gap)] if part.gap else []
            boxes.append(self.box(part.node, level))
        return beside([*boxes, blank(end)])

    def cell(self, node: Grid, line: tuple[Node, ...], at: int) -> Node:
        """A cell with what its neighbours are to it: in equations a relation has room to both sides."""
        body = line[at]
        if node.kind is not GridKind.EQUATIONS or len(node.aligns) < 4:
            return body
        items = body.items if isinstance(body, Sequence) else (body,)
        if not items:
            return body
        if align_of(node, at) is Align.LEFT and at:
            return Sequence((EMPTY, *items))
        if at + 1 < len(line) and kinds(items[-1])[1] in (Kind.RELATION, Kind.BINARY):
            return Sequence((*items, EMPTY))
        return body

    def _piled(self, node: Fraction | Pile | Root, level: Level) -> Box:
        inner = Level.SCRIPT if level is Level.SCRIPT else Level.TEXT
        match node:
            case Fraction():
                if node.size is FractionSize.SMALL:
                    return self._small(node, inner)
                return fraction(self.box(node.numerator, inner), self.box(node.denominator, inner))
            case Pile():
                boxes = [self.box(line, inner) for line in node.lines]
                return stacked(boxes, (sum(box.height for box in boxes) - 1) // 2)
            case Root():
                return self._root(node, level)

    def _small(self, node: Fraction, level: Level) -> Box:
        try:
            return _row_box(linear(node, Level.SCRIPT).row)
        except CannotTypesetError:
            return fraction(self.box(node.numerator, level), self.box(node.denominator, level))

    def _root(self, node: Root, level: Level) -> Box:
        radicand = self.box(node.radicand, level)
        is_plain = isinstance(node.radicand, Symbol) or _is_number(node.radicand)
        if is_plain and (node.index is None or script_characters(node.index, Edge.OVER)):
            return _row_box(linear(node, level).row)
        return root(radicand, None if node.index is None else self._script(node.index))

    def _scripts(self, node: Scripts, level: Level) -> Box:
        base, over, under = node.base, node.sup, node.sub
        if isinstance(base, Brace):
            label, other = (over, under) if base.edge is Edge.OVER else (under, over)
            box = braced(
                self.box(base.base, level), base.edge, None if label is None else self._script(label)
            )
            return box if other is None else self._beside(box, Scripts(EMPTY, under, over))
        body = self.box(base, level)
        if isinstance(base, Operator | Function):
            if self._has_limits(base, node, level):
                return with_limits(body, self._optional(over), self._optional(under))
            if isinstance(base, Operator) and base.sign in _TALL_INTEGRALS and level is not Level.SCRIPT:
                body = stacked([text_box(piece) for piece in _TALL_INTEGRALS[base.sign]], 1)
        if isinstance(base, Fraction | Root) and body.height == 1:
            body = _row_box(bracketed(body.rows[0]))
        return self._beside(body, node)

    def _has_limits(self, base: Operator | Function, node: Scripts, level: Level) -> bool:
        if base.limits is Limits.ALWAYS or level is Level.DISPLAY:
            return base.limits is not Limits.BESIDE
        if base.limits is Limits.BESIDE:
            return False
        scripts = [
            script is None or script_characters(script, edge) is not None
            for script, edge in ((node.sub, Edge.UNDER), (node.sup, Edge.OVER))
        ]
        return isinstance(base, Function) or not all(scripts)

    def _beside(self, base: Box, node: Scripts) -> Box:
        """The box with scripts behind it: as characters where Unicode has them, else lower and higher."""
        sub, sup = (
            None if script is None else script_characters(script, edge)
            for script, edge in ((node.sub, Edge.UNDER), (node.sup, Edge.OVER))
        )
        if base.height == 1 and (sub is not None or node.sub is None):
            style = base.rows[0][-1].style if base.rows[0] else PLAIN
            lowered = [] if sub is None else [text_box(sub, style)]
            if sup is not None or node.sup is None:
                raised = [] if sup is None else [text_box(sup, style)]
                return beside([base, *lowered, *raised])
            if lowered:
                base = beside([base, *lowered])
                return with_scripts(base, None, self._optional(node.sup))
        if base.height > 1 and sup is not None and node.sub is None:
            return with_scripts(base, None, text_box(sup))
        return with_scripts(base, self._optional(node.sub), self._optional(node.sup))

    def _grid(self, node: Grid, level: Level) -> Box:
        inner = level if node.kind is GridKind.EQUATIONS else self._cells
        self.has_cells |= node.kind is not GridKind.EQUATIONS
        if level is Level.SCRIPT:
            inner = level
        make = self._script if inner is Level.SCRIPT else None
        lines = [
            [
                make(line[at]) if make else self.box(self.cell(node, line, at), inner)
                for at in range(len(line))
            ]
            for line in node.lines
        ]
        return grid(node, lines)

    def _decorated(self, node: Accent | Line | Brace | Stack | Arrow, level: Level) -> Box:
        match node:
            case Accent():
                if (letter := marked(node.base, node.mark)) is not None:
                    return self.box(letter, level)
                return accented(self.box(node.base, level), node.mark)
            case Line():
                return lined(self.box(node.base, level), node.edge)
            case Brace():
                return braced(self.box(node.base, level), node.edge, None)
            case Stack():
                body = self.box(node.base, level)
                return with_limits(body, self._optional(node.over), self._optional(node.under))
            case Arrow():
                over, under = self._optional(node.over), self._optional(node.under)
                width = max(box.width for box in (over, under, blank(1)) if box is not None)
                arrow = text_box(f"{node.tail}{node.shaft * width}{node.head}")
                return with_limits(arrow, over, under)

    def _optional(self, node: Node | None) -> Box | None:
        return None if node is None else self._script(node)

    def _script(self, node: Node) -> Box:
        """The box of a script: in one row, if that can be."""
        try:
            return _row_box(linear(node, Level.SCRIPT).row)
        except CannotTypesetError:
            return self.box(node, Level.SCRIPT)


def _row_box(row: Row) -> Box:
    return Box((row,), row_width(row), 0)


def _is_number(node: Node) -> bool:
    return isinstance(node, Sequence) and all(
        isinstance(item, Symbol) and item.text.isdecimal() for item in node.items
    )
