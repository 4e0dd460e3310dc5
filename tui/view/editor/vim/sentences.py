"""Sentences: up to a `.`, `!` or `?` with space behind it, or an empty line."""

from __future__ import annotations

from typing import Final

from tui.view.editor.vim.buffer import Buffer, Step, Walk
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError

_ENDS: Final = tuple(".!?")
_BEHIND: Final = tuple(")]\"'")
_SPACE: Final = (" ", "\t")


def by_sentences(scene: Scene, command: Command) -> Reach:
    """`)` and `(`."""
    at = scene.cursor
    for left in reversed(range(command.times)):
        found = _next(scene.buffer, at) if command.name == ")" else _previous(scene.buffer, at)
        if found == at and left:
            raise FailedError
        at = found
    if at == scene.cursor:
        raise FailedError
    return Reach(at, is_jump=True, is_far=True)


def starts(buffer: Buffer, line: int) -> list[int]:
    """Where sentences begin, in the block of lines without an empty one around a line, or at an empty one."""
    if buffer.is_empty(line):
        return [buffer.start(line)]
    first = last = line
    while first > 0 and not buffer.is_empty(first - 1):
        first -= 1
    while last < buffer.last_line and not buffer.is_empty(last + 1):
        last += 1
    start, end = buffer.start(first), buffer.end(last)
    text = buffer.text
    found = [_over_space(text, start, end)]
    at = start
    while at < end:
        if text[at] in _ENDS:
            behind = at + 1
            while behind < end and text[behind] in _BEHIND:
                behind += 1
            if behind < end and text[behind] in (*_SPACE, "\n"):
                at = _over_space(text, behind, end)
                if at < end:
                    found.append(at)
                continue
        at += 1
    return found


def _over_space(text: str, at: int, end: int) -> int:
    while at < end and text[at] in (*_SPACE, "\n"):
        at += 1
    return at


def _next(buffer: Buffer, at: int) -> int:
    line = buffer.line_at(at)
    if buffer.is_empty(line):
        while line < buffer.last_line and buffer.is_empty(line):
            line += 1
        return buffer.text_start(line)
    for start in starts(buffer, line):
        if start > at:
            return start
    while line <= buffer.last_line and not buffer.is_empty(line):
        line += 1
    return buffer.start(line) if line <= buffer.last_line else buffer.last_character(buffer.last_line)


def _previous(buffer: Buffer, at: int) -> int:
    line = buffer.line_at(at)
    while True:
        before = [start for start in starts(buffer, line) if start < at]
        if before:
            return before[-1]
        while line > 0 and not buffer.is_empty(line):
            line -= 1
        if buffer.is_empty(line) and buffer.start(line) < at and line > 0 and not buffer.is_empty(line - 1):
            return buffer.start(line) if buffer.start(line) < at else 0
        while line > 0 and buffer.is_empty(line):
            line -= 1
        if line == 0 and (buffer.is_empty(0) or buffer.start(0) >= at):
            return 0


def sentence(scene: Scene, command: Command) -> Reach:
    """`is` and `as`: a sentence, or the space between two; with the space behind it, or else before."""
    buffer, at = scene.buffer, scene.cursor
    found = starts(buffer, scene.line)
    text = buffer.text
    begin = max((start for start in found if start <= at), default=found[0])
    walk = Walk(buffer, begin)
    following = next((start for start in found if start > begin), None)
    if following is None:
        end = _block_end(buffer, scene.line)
        last = end
    else:
        end = following
        last = begin + len(text[begin:following].rstrip(" \t\n"))
    if command.name == "as":
        if following is not None:
            return Reach(end, Kind.EXCLUSIVE, start=begin, lines_if_many=False)
        while walk.at > 0 and buffer.character(buffer.before(walk.at)) in _SPACE:
            if walk.back() is not Step.WITHIN:
                break
        return Reach(end, Kind.EXCLUSIVE, start=walk.at, lines_if_many=False)
    if at >= last and following is not None:
        return Reach(following, Kind.EXCLUSIVE, start=last, lines_if_many=False)
    return Reach(last, Kind.EXCLUSIVE, start=begin, lines_if_many=False)


def _block_end(buffer: Buffer, line: int) -> int:
    while line < buffer.last_line and not buffer.is_empty(line + 1):
        line += 1
    return buffer.end(line)
