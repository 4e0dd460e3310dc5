"""Where a motion or a text object leads, and what an operator on it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command


class Kind(Enum):
    """What of the last character an operator takes, or whether it takes whole lines."""

    EXCLUSIVE = "exclusive"
    INCLUSIVE = "inclusive"
    LINES = "whole lines"


@dataclass(frozen=True, slots=True)
class Reach:
    """From the cursor, or `start`, to `offset`."""

    offset: int
    kind: Kind = Kind.EXCLUSIVE
    goal: int | None = None
    start: int | None = None
    """Where a text object begins."""
    is_jump: bool = False
    """Whether `''` comes back from there."""
    is_far: bool = False
    """Whether what is deleted goes to the numbered registers, though it may be within a line."""
    lines_if_many: bool = True
    """Whether the rule applies that makes whole lines of some deletions."""
    scene: Scene | None = None
    """Where finding it was something to remember."""


Motion: TypeAlias = Callable[[Scene, Command], Reach]
"""Raises FailedError when there is nowhere to go."""


@dataclass(frozen=True, slots=True)
class Span:
    """What an operator takes: `[start, end)`; of whole lines both are within the first and the last."""

    start: int
    end: int
    is_linewise: bool = False
    is_far: bool = False

    def lines(self, buffer: Buffer) -> range:
        """The lines that it touches."""
        last = self.end if self.is_linewise or self.end == self.start else buffer.before(self.end)
        return range(buffer.line_at(self.start), buffer.line_at(last) + 1)


def span_of(scene: Scene, reach: Reach, command: Command) -> Span:
    """What the operator of a command takes of where its motion leads."""
    buffer = scene.buffer
    from_, to = (scene.cursor if reach.start is None else reach.start), reach.offset
    start, end = min(from_, to), max(from_, to)
    if reach.kind is Kind.LINES:
        return Span(start, end, is_linewise=True, is_far=reach.is_far)
    kind = reach.kind
    if kind is Kind.EXCLUSIVE and buffer.line_at(start) != buffer.line_at(end) == _line_begun(buffer, end):
        if _in_indent(buffer, start):
            return Span(start, end - 1, is_linewise=True, is_far=reach.is_far)
        return _blanked(buffer, Span(start, end - 1, is_far=reach.is_far), reach, command)
    if kind is Kind.INCLUSIVE and end < buffer.end_at(end):
        end = buffer.after(end)
    return _blanked(buffer, Span(start, end, is_far=reach.is_far), reach, command)


def _blanked(buffer: Buffer, span: Span, reach: Reach, command: Command) -> Span:
    """As whole lines, where deleting over several lines would leave nothing but space."""
    is_over_lines = buffer.line_at(span.start) != buffer.line_at(span.end)
    if command.operator != "d" or not is_over_lines or not reach.lines_if_many:
        return span
    rest = buffer.text[span.end : buffer.end_at(span.end)]
    if rest.strip(" \t") or not _in_indent(buffer, span.start):
        return span
    return replace(span, is_linewise=True)


def _line_begun(buffer: Buffer, offset: int) -> int:
    """The line that begins at an offset; -1 where none does."""
    line = buffer.line_at(offset)
    return line if buffer.start(line) == offset else -1


def _in_indent(buffer: Buffer, offset: int) -> bool:
    """Whether nothing but space is before an offset in its line."""
    line = buffer.line_at(offset)
    return offset - buffer.start(line) <= buffer.indent(line)
