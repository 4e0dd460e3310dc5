"""What stands above the prompt: what runs print, in the order in which it comes, and notes between.

Only the last part may still change; whatever follows a part is the end of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kernelbridge.events import Displayed, DisplayUpdated, OutputEvent
from kernelbridge.runstatus import RunId
from tui.console.block import Block
from tui.render.drawing import Paint
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

Rows: TypeAlias = Callable[[int], Sequence[Row]]
"""Rows of at most so many cells."""

OTHERS: Final = text_row("┊ ", Style(Role.RULE_STDERR))
"""Stands before what others run."""


@dataclass(frozen=True, slots=True)
class _Note:
    rows: Rows


class Transcript:
    """Parts that come in, and rows that leave for the scrollback."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._parts: deque[_Note | Block] = deque()
        self._displays: set[str] = set()
        """The ids of what was displayed."""

    def note(self, rows: Rows) -> None:
        """Adds rows that do not change."""
        self._parts.append(_Note(rows))

    def say(self, text: str, role: Role = Role.MUTED) -> None:
        """Adds a line that the console itself says."""
        row = text_row(clean(text), Style(role))
        self.note(lambda width: wrap(row, width))

    def part(self) -> None:
        """Adds an empty row between what belongs together and what follows."""
        self.note(lambda _width: [()])

    def begin(self, run: RunId, *, is_own: bool) -> None:
        """A run begins."""
        self._parts.append(Block(run, self._paint, () if is_own else OTHERS))

    def output(self, event: OutputEvent, *, is_own: bool) -> None:
        """A run printed something; one that something else was said after begins another block."""
        display_id = getattr(event, "display_id", None)
        if isinstance(display_id, str):
            self._displays.add(display_id)
        self._block_of(event.run, is_own=is_own).take(event)

    def update(self, event: DisplayUpdated, *, is_own: bool) -> None:
        """What is displayed under an id is now another; where it has left, it is shown again."""
        if event.display_id not in self._displays:
            return
        last = self._parts[-1] if self._parts else None
        if isinstance(last, Block) and last.update(event):
            return
        run = event.run or RunId("")
        again = Displayed(run, event.data, event.metadata, event.display_id)
        self._block_of(run, is_own=is_own).take(again)

    def end(self, run: RunId) -> None:
        """Nothing more comes of a run, as far as one can know."""
        for part in self._parts:
            if isinstance(part, Block) and part.run == run:
                part.is_over = True

    def rows(self, width: int, room: int) -> tuple[list[Row], list[Row]]:
        """The rows that have left by now, and at most `room` that may still change."""
        done: list[Row] = []
        while self._parts:
            part = self._parts[0]
            if isinstance(part, _Note):
                done.extend(part.rows(width))
            else:
                part.fit(width)
                if not part.is_ready or not (part.is_over or len(self._parts) > 1):
                    break
                done.extend(part.left())
            self._parts.popleft()
        live: list[Row] = []
        for part in self._parts:
            if isinstance(part, _Note):
                live.extend(part.rows(width))
                continue
            part.fit(width)
            if not live:
                done.extend(part.shrink(room))
                part.is_over = part.is_over or part.is_long
            live.extend(part.left())
        return done, live[max(0, len(live) - room) :]

    def _block_of(self, run: RunId, *, is_own: bool) -> Block:
        last = self._parts[-1] if self._parts else None
        if isinstance(last, Block) and last.run == run:
            return last
        block = Block(run, self._paint, () if is_own else OTHERS)
        self._parts.append(block)
        return block
