"""Breaks a formula that is wider than the page: before relations and operators, behind commas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.math.boxes import Box, beside, blank, heightened, stacked
from tui.render.math.nodes import EMPTY, Align, Fence, Grid, GridKind, Kind, Node, Sequence, Symbol
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.spacing import Level, Placed, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.render.math.layout import Layout

_INDENT: Final = 4
_NARROWEST: Final = 20
_GOOD: Final = (Kind.RELATION, Kind.BINARY)


class _Piece(NamedTuple):
    """What may not be broken."""

    box: Box
    gap: int
    """Blanks before it, where it does not begin a line."""


def broken(node: Node, layout: Layout, width: int) -> Box:
    """The formula in lines of at most `width` cells. Raises CannotTypesetError where a part is wider."""
    if isinstance(node, Grid) and node.kind is GridKind.EQUATIONS:
        lines = [
            Sequence(tuple(_cells(node, line, layout)))
            for line in node.lines
            if any(cell != EMPTY for cell in line)
        ]
    else:
        lines = [node]
    boxes = [box for line in lines for box in _lines(line, layout, width)]
    if any(box.height > 1 for box in boxes):
        boxes = [heightened(box, 0, 1) for box in boxes[:-1]] + boxes[-1:]
    if not boxes:
        raise CannotTypesetError("it has nothing to be seen")
    return stacked(boxes, boxes[0].baseline, [Align.LEFT] * len(boxes))


def _cells(node: Grid, line: tuple[Node, ...], layout: Layout) -> Iterator[Node]:
    for at in range(len(line)):
        cell = layout.cell(node, line, at)
        yield from cell.items if isinstance(cell, Sequence) else (cell,)


def _lines(node: Node, layout: Layout, width: int) -> Iterator[Box]:
    line: list[Box] = []
    used = indent = 0
    for piece in _pieces(node, layout):
        if line and used + piece.gap + piece.box.width > width:
            yield beside(line)
            indent = _INDENT if width >= _NARROWEST else 0
            line, used = [blank(indent)] if indent else [], indent
        elif line and piece.gap:
            line.append(blank(piece.gap))
            used += piece.gap
        line.append(piece.box)
        used += piece.box.width
        if used > width:
            raise CannotTypesetError("it is wider than the page")
    yield beside(line or [blank(1)])


def _pieces(node: Node, layout: Layout) -> Iterator[_Piece]:
    """The parts between which a line may end, each with what may not be parted from it."""
    boxes: list[Box] = []
    gap = 0
    left: Kind | None = None
    for part in _flat(node, layout):
        box = layout.box(part.node, Level.DISPLAY)
        if boxes and (part.kind in _GOOD or left is Kind.PUNCTUATION):
            yield _Piece(beside(boxes), gap)
            boxes, gap = [], part.gap
        elif boxes and part.gap:
            boxes.append(blank(part.gap))
        boxes.append(box)
        left = part.kind
    if boxes:
        yield _Piece(beside(boxes), gap)


def _flat(node: Node, layout: Layout) -> Iterator[Placed]:
    """The parts of a line; brackets of one row as what is in them, so that it may be broken there."""
    parts, _ = placed(node.items if isinstance(node, Sequence) else (node,), Level.DISPLAY)
    for part in parts:
        match part.node:
            case Fence(parts=(Sequence() as body,), middles=()) if (
                layout.box(body, Level.DISPLAY).height == 1
            ):
                yield Placed(Symbol(part.node.opening), part.gap, part.kind)
                yield from _flat(body, layout)
                yield Placed(Symbol(part.node.closing), 0, Kind.CLOSING)
            case Sequence():
                yield from _first_gap(part, _flat(part.node, layout))
            case _:
                yield part


def _first_gap(whole: Placed, parts: Iterator[Placed]) -> Iterator[Placed]:
    for number, part in enumerate(parts):
        yield part if number else Placed(part.node, whole.gap, part.kind)
