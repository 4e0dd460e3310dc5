"""What a widget is drawn as: rows, and where in them keys and the mouse reach something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kernelbridge.outputs import JsonObject
from kernelbridge.widgets.model import ModelId
from tui.render.rowops import pad, row_width
from tui.render.rows import Row

_GAP = 2
"""Cells between widgets that stand beside each other."""


class ControlKind(Enum):
    """What keys do with a control."""

    SLIDER = "slider"
    CHOICE = "choice"
    SWITCH = "switch"
    BUTTON = "button"
    ENTRY = "entry"
    PAGE = "page"
    """An entry of several lines."""


@dataclass(frozen=True, slots=True)
class ControlId:
    """Which part of which widget."""

    model: ModelId
    part: int = 0
    """Which of its knobs, titles or options, where each is a control of its own."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be focused, and where it is drawn."""

    id: ControlId
    kind: ControlKind
    row: int
    start: int
    end: int
    """Columns, in cells; the last is exclusive."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A place that sets a widget's state when it is clicked, as one of several options."""

    model: ModelId
    row: int
    start: int
    end: int
    state_at: Callable[[int], JsonObject]
    """The state by the cell that was clicked, counted from `start`."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows with controls in them."""

    rows: Sequence[Row] = ()
    controls: tuple[Control, ...] = ()
    picks: tuple[Pick, ...] = ()

    @property
    def width(self) -> int:
        """In cells, of the widest row."""
        return max(map(row_width, self.rows), default=0)

    def moved(self, down: int, right: int) -> Block:
        """The same with its controls as they are once it stands elsewhere."""
        return Block(
            self.rows,
            tuple(
                replace(each, row=each.row + down, start=each.start + right, end=each.end + right)
                for each in self.controls
            ),
            tuple(
                replace(each, row=each.row + down, start=each.start + right, end=each.end + right)
                for each in self.picks
            ),
        )


def stacked(blocks: Iterable[Block]) -> Block:
    """Blocks below each other."""
    rows: list[Row] = []
    controls: list[Control] = []
    picks: list[Pick] = []
    for block in blocks:
        moved = block.moved(len(rows), 0)
        rows += moved.rows
        controls += moved.controls
        picks += moved.picks
    return Block(rows, tuple(controls), tuple(picks))


def beside(blocks: Iterable[Block], width: int) -> Block:
    """Blocks side by side as far as they fit into `width` cells, and the others in further rows."""
    lines: list[Block] = []
    line: list[Block] = []
    taken = 0
    for block in blocks:
        if not block.rows:
            continue
        if line and taken + _GAP + block.width > width:
            lines.append(_in_a_line(line))
            line, taken = [], 0
        taken += block.width + (_GAP if line else 0)
        line.append(block)
    return stacked([*lines, _in_a_line(line)])


def _in_a_line(blocks: Sequence[Block]) -> Block:
    height = max((len(block.rows) for block in blocks), default=0)
    rows: list[Row] = [()] * height
    controls: list[Control] = []
    picks: list[Pick] = []
    column = 0
    for block in blocks:
        for at, row in enumerate(block.rows):
            rows[at] = (*pad(rows[at], column), *row)
        moved = block.moved(0, column)
        controls += moved.controls
        picks += moved.picks
        column += block.width + _GAP
    return Block(rows, tuple(controls), tuple(picks))
