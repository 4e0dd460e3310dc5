"""A JSON value as a list of lines, of which only those are made that are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from kernelbridge.outputs import JsonValue
from tui.render.jsontree.line import Container, container_of

_PART: Final = 1000
"""Values that are opened at once; more stand in parts, which are opened one by one."""
MOST_OPENED: Final = 5000
"""Lines that opening all below a line makes at most."""

Step: TypeAlias = str | int
"""From a value to one in it: a key or an index."""


@dataclass(slots=True, eq=False)
class Node:
    """One line: a value, or a part of the values of a long one."""

    step: Step | None
    """From its parent; None for the outermost value."""
    value: JsonValue
    depth: int
    parent: Node | None
    part: range | None = None
    """Which of the values, if it stands for a part of them."""
    is_open: bool = False

    @property
    def container(self) -> Container | None:
        """What there is to open; None if there is nothing."""
        return container_of(self.value) or None

    @property
    def path(self) -> tuple[Step, ...]:
        """The steps that lead to it."""
        steps: list[Step] = []
        node: Node | None = self
        while node is not None:
            if node.step is not None and node.part is None:
                steps.append(node.step)
            node = node.parent
        return tuple(reversed(steps))


class OpenTree:
    """The lines of a value that is opened here and there."""

    def __init__(self, value: JsonValue) -> None:
        self.lines: list[Node] = [Node(None, value, 0, None)]
        self.open(0)

    def open(self, index: int) -> None:
        """Show what is in a line, behind it."""
        node = self.lines[index]
        if node.is_open or node.container is None:
            return
        node.is_open = True
        self.lines[index + 1 : index + 1] = _inside(node, node.container)

    def close(self, index: int) -> None:
        """Fold a line."""
        node = self.lines[index]
        node.is_open = False
        del self.lines[index + 1 : self._behind(index)]

    def open_all(self, index: int) -> bool:
        """Open a line and all in it, as far as 5,000 lines reach; whether that was all."""
        depth, at, most = self.lines[index].depth, index, len(self.lines) + MOST_OPENED
        while at < len(self.lines) and (at == index or self.lines[at].depth > depth):
            if len(self.lines) > most:
                return False
            self.open(at)
            at += 1
        return True

    def parent_of(self, index: int) -> int:
        """The line that a line stands in; the first line for itself."""
        depth = self.lines[index].depth
        return next((at for at in range(index - 1, -1, -1) if self.lines[at].depth < depth), 0)

    def reveal(self, path: Sequence[Step]) -> int:
        """Open what hides a value, and return its line; of a path that leads nowhere, the last line on it."""
        index = 0
        for step in path:
            position = _position(self.lines[index], step)
            if position is None:
                return index
            found = self._line_of(index, position)
            if found is None:
                return index
            index = found
        return index

    def _line_of(self, index: int, position: int) -> int | None:
        """The line of the value at a position in that of a line, through the parts it may stand in."""
        while True:
            node = self.lines[index]
            self.open(index)
            inside = [
                at for at in range(index + 1, self._behind(index)) if self.lines[at].depth == node.depth + 1
            ]
            if not inside:
                return None
            if self.lines[inside[0]].part is None:
                start = node.part.start if node.part is not None else 0
                return inside[position - start] if 0 <= position - start < len(inside) else None
            index = next((at for at in inside if position in (self.lines[at].part or ())), -1)
            if index < 0:
                return None

    def _behind(self, index: int) -> int:
        """The first line behind all that is in a line."""
        depth = self.lines[index].depth
        return next(
            (at for at in range(index + 1, len(self.lines)) if self.lines[at].depth <= depth), len(self.lines)
        )


def _inside(node: Node, container: Container) -> list[Node]:
    shown = node.part or range(len(container))
    if len(shown) > _PART:
        size = _PART
        while len(shown) > size * _PART:
            size *= _PART
        return [
            Node(None, node.value, node.depth + 1, node, range(start, min(start + size, shown.stop)))
            for start in range(shown.start, shown.stop, size)
        ]
    if isinstance(container, Mapping):
        items = islice(container.items(), shown.start, shown.stop)
        return [Node(name, child, node.depth + 1, node) for name, child in items]
    return [Node(index, container[index], node.depth + 1, node) for index in shown]


def _position(node: Node, step: Step) -> int | None:
    container = node.container
    if isinstance(container, Mapping):
        return next((at for at, name in enumerate(container) if name == step), None)
    return step if container is not None and isinstance(step, int) and step < len(container) else None
