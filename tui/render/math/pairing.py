r"""Makes brackets grow that belong together in a line, though they have no `\left` and `\right`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.math.nodes import Fence, Kind, Node, Scripts, Sequence, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPENING: Final = frozenset("([{⟨⌊⌈")
_CLOSING: Final = frozenset(")]}⟩⌋⌉")


def paired(items: Iterable[Node]) -> list[Node]:
    """The line with each opening bracket up to the next closing one as one part; the others as they are."""
    lines: list[list[Node]] = [[]]
    openings: list[Symbol] = []
    for item in items:
        bracket = item.base if isinstance(item, Scripts) else item
        if not isinstance(bracket, Symbol):
            lines[-1].append(item)
        elif bracket is item and bracket.kind is Kind.OPENING and bracket.text in _OPENING:
            openings.append(bracket)
            lines.append([])
        elif openings and bracket.kind is Kind.CLOSING and bracket.text in _CLOSING:
            fence = Fence(openings.pop().text, (_part(lines.pop()),), (), bracket.text)
            lines[-1].append(Scripts(fence, item.sub, item.sup) if isinstance(item, Scripts) else fence)
        else:
            lines[-1].append(item)
    while openings:
        inner = lines.pop()
        lines[-1] += [openings.pop(), *inner]
    return lines[0]


def _part(items: list[Node]) -> Node:
    return items[0] if len(items) == 1 else Sequence(tuple(items))
