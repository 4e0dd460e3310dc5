"""From a formula's source to rows, or to the reason why it is shown as its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.math.breaking import broken
from tui.render.math.delimiters import without_delimiters
from tui.render.math.layout import Layout
from tui.render.math.linear import linear
from tui.render.math.nodes import Sequence as Parts
from tui.render.math.nodes import Space
from tui.render.math.parsing import parse
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.spacing import Level
from tui.render.rowops import plain, row_width
from tui.render.rows import Row
from tui.render.width import cell_width
from tui.sanitize import clean_lines

if TYPE_CHECKING:
    from tui.render.math.boxes import Box
    from tui.render.math.nodes import Node

_CELL_LEVELS: Final = (Level.TEXT, Level.SCRIPT)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula in rows."""

    rows: Sequence[Row]
    """At least one."""
    baseline: int
    """The row that belongs in a line of text."""


@dataclass(frozen=True, slots=True)
class NotTypeset:
    """The formula is shown as its source."""

    reason: str
    """For a person, without a full stop."""


def typeset_display(source: str, width: int) -> Typeset | NotTypeset:
    r"""A formula in two dimensions, at most `width` cells wide; `$` or `\[` around it may stand or not.

    What is wider is broken before relations and operators; a matrix is first set with its cells in one row
    each. What then is wider still is not typeset: cut off at the page's edge it would read as something else,
    and its source has all of it.
    """
    try:
        node = parse(without_delimiters("\n".join(clean_lines(source))))
        return _fitted(node, width)
    except CannotTypesetError as refusal:
        return NotTypeset(str(refusal))


def typeset_inline(source: str) -> Row | NotTypeset:
    """A formula in one row, to stand in a line of text, which may be broken at its blanks."""
    try:
        node = parse(without_delimiters("\n".join(clean_lines(source))))
        row = linear(_without_end(node), Level.TEXT).row
        _check_widths([row])
    except CannotTypesetError as refusal:
        return NotTypeset(str(refusal))
    return row or NotTypeset("it has nothing to be seen")


def _without_end(node: Node) -> Node:
    """The formula without the room that ends it."""
    if not isinstance(node, Parts):
        return node
    items = list(node.items)
    while items and isinstance(items[-1], Space):
        items.pop()
    return Parts(tuple(items))


def _fitted(node: Node, width: int) -> Typeset:
    for cells in _CELL_LEVELS:
        layout = Layout(cells)
        box = layout.box(node, Level.DISPLAY)
        if box.width <= width:
            return _typeset(box)
        if not layout.has_cells:
            break
    return _typeset(broken(node, Layout(_CELL_LEVELS[-1]), width))


def _typeset(box: Box) -> Typeset:
    if not any(plain(row).strip() for row in box.rows):
        raise CannotTypesetError("it has nothing to be seen")
    _check_widths(box.rows)
    return Typeset(box.rows, box.baseline)


def _check_widths(rows: Sequence[Row]) -> None:
    """Raises CannotTypesetError where characters side by side are not as wide as each alone: flags, jamo."""
    if any(row_width(row) != cell_width(plain(row)) for row in rows):
        raise CannotTypesetError("some of its characters have no fixed width")
