"""The lines of an open tree as rows, each made when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from tui.render.jsontree.line import brackets, count_text, inline, key, punctuation, scalar, span
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.screens.jsontree.opentree import Node, Step

_OPEN = text_row("▾ ", Style(Role.MUTED))
_FOLDED = text_row("▸ ", Style(Role.MUTED))
_NOTHING = text_row("  ")
_INDEX = Style(Role.FAINT)
_COUNT = Style(Role.MUTED)
_DEEPEST_INDENT = 30  # levels; what is deeper stays in that column


class TreeRows(Sequence[Row]):
    """The rows of lines at a width."""

    def __init__(self, lines: Sequence[Node], width: int) -> None:
        self._lines = lines
        self._width = width

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [line_row(node, self._width) for node in self._lines[index]]
        return line_row(self._lines[index], self._width)


def line_row(node: Node, width: int) -> Row:
    """A line: whether it is open, its key or index, and its value or how much that holds."""
    container = node.container
    sign = _NOTHING if container is None else _OPEN if node.is_open else _FOLDED
    head: Row = (*text_row("  " * min(node.depth, _DEEPEST_INDENT)), *sign, *_name(node))
    if container is None:
        value: Row = (scalar(node.value, width),)
    elif node.part is not None:
        value = ()
    else:
        room = width - row_width(head)
        short = None if node.is_open else inline(container, room)
        start, end = brackets(container)
        count = (punctuation(start), span(f"{count_text(container)}", _COUNT), punctuation(end))
        value = short or count
    row = (*head, *value)
    return row if row_width(row) <= width else (*crop(row, 0, width - 1), *text_row("…", _COUNT))


def _name(node: Node) -> Row:
    if node.part is not None:
        return text_row(f"[{node.part.start:,} … {node.part.stop - 1:,}]", _INDEX)
    if isinstance(node.step, str):
        return key(node.step)
    return text_row(f"{node.step} ", _INDEX) if node.step is not None else ()


def path_text(path: Sequence[Step]) -> str:
    """A path as Python writes it: `['features'][3]['name']`; empty for the outermost value."""
    return "".join(f"[{step!r}]" for step in path)
