"""Matrices, cases and aligned equations: cells in columns, lines that share a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.math.boxes import Box, beside, blank, column, stacked, text_box, widened
from tui.render.math.nodes import Align, Grid, GridKind
from tui.render.math.refusal import CannotTypesetError

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAPS: Final = {GridKind.MATRIX: 2, GridKind.CASES: 2}
_BETWEEN_EQUATIONS: Final = 4
_MOST_COLUMNS: Final = 200


def grid(node: Grid, lines: Sequence[Sequence[Box]]) -> Box:
    """The cells in their columns, the baseline in the middle.

    Raises CannotTypesetError if it gets too large.
    """
    if node.kind is not GridKind.MATRIX:
        lines = [line for line in lines if any(cell.width for cell in line)]
    count = max((len(line) for line in lines), default=0)
    if not count:
        return blank(1)
    if count > _MOST_COLUMNS or count * len(lines) > _MOST_COLUMNS**2:
        raise CannotTypesetError("it is too large to be set")
    widths = [max((line[at].width for line in lines if at < len(line)), default=0) for at in range(count)]
    room = 1 if len(lines) < len(node.lines) else _room(node, lines)
    rows = [_line(node, line, widths, room if at + 1 < len(lines) else 0) for at, line in enumerate(lines)]
    if node.rules_below:
        rows = _with_rules(node, rows, _rule(node, widths))
    return stacked(rows, (sum(box.height for box in rows) - 1) // 2)


def align_of(node: Grid, at: int) -> Align:
    """How the cells of a column stand in it."""
    return node.aligns[min(at, len(node.aligns) - 1)]


def _line(node: Grid, cells: Sequence[Box], widths: Sequence[int], room: int) -> Box:
    """The cells of a line, and so many rows below them, in which only rules stand."""
    baseline = max((cell.baseline for cell in cells), default=0)
    below = max((cell.below for cell in cells), default=0) + room
    rule = column("│", baseline + 1 + below, baseline)
    boxes = [rule, blank(1)] if -1 in node.rules_after else [blank(_margin(node), rule.height, baseline)]
    for at, width in enumerate(widths):
        cell = cells[at] if at < len(cells) else blank(0)
        boxes.append(widened(cell, width, align_of(node, at)))
        if at in node.rules_after:
            boxes += [blank(1), rule, blank(1)] if at + 1 < len(widths) else [blank(1), rule]
        elif at + 1 < len(widths):
            boxes.append(blank(_gap(node, at)))
    return beside(boxes)


def _margin(node: Grid) -> int:
    """Blanks before the first column."""
    return 1 if node.kind is GridKind.CASES else 0


def _gap(node: Grid, at: int) -> int:
    """Blanks between a column and the next."""
    if (gap := _GAPS.get(node.kind)) is not None:
        return gap
    if len(node.aligns) < 4:
        return 1
    return _BETWEEN_EQUATIONS if align_of(node, at) is Align.LEFT else 0


def _room(node: Grid, lines: Sequence[Sequence[Box]]) -> int:
    """Empty rows between lines: one where lines are high, and between two, so that they have a middle."""
    is_high = any(cell.height > 1 for line in lines for cell in line)
    is_pair = len(lines) == 2 and node.kind is not GridKind.EQUATIONS and not node.rules_below
    return int(is_high or is_pair)


def _rule(node: Grid, widths: Sequence[int]) -> Box:
    """A rule from side to side, as `_line` is laid out."""
    text = "┼─" if -1 in node.rules_after else ""
    for at, width in enumerate(widths):
        text += "─" * width
        is_last = at + 1 == len(widths)
        if at in node.rules_after:
            text += "─┼" if is_last else "─┼─"
        elif not is_last:
            text += "─" * _gap(node, at)
    return text_box(text)


def _with_rules(node: Grid, lines: Sequence[Box], rule: Box) -> list[Box]:
    boxes = [rule] if -1 in node.rules_below else []
    for number, line in enumerate(lines):
        boxes.append(line)
        if number in node.rules_below:
            boxes.append(rule)
    return boxes
