"""Sentences: up to a `.`, `!` or `?` with space behind it, or an empty line."""

from __future__ import annotations

from typing import Final, NamedTuple

from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError

_ENDS: Final = tuple(".!?")
_BEHIND: Final = tuple(")]\"'")
_SPACE: Final = (" ", "\t")


def by_sentences(scene: Scene, command: Command) -> Reach:
    """`)` and `(`."""
    at, buffer = scene.cursor, scene.buffer
    for left in reversed(range(command.times)):
        found = _next(buffer, at) if command.name == ")" else _previous(buffer, at)
        if left and found in (0, buffer.last_character(buffer.last_line)):
            raise FailedError
        at = found
    if command.operator and command.name == ")" and at == buffer.last_character(buffer.last_line):
        at = len(buffer.text)
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
    found = [start if first == 0 else _over_space(text, start, end)]
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
    """`is` and `as`: sentences and the space between them; a sentence with the space behind it, or before."""
    pieces = _pieces(scene.buffer, scene.line)
    first = max((at for at, piece in enumerate(pieces) if piece.start <= scene.cursor), default=0)
    count = command.times * (2 if command.name == "as" else 1)
    last = first + count - 1
    if command.name == "as" and last == len(pieces):
        last -= 1
        if first > 0 and not pieces[first].is_space:
            first -= 1
    if last >= len(pieces):
        raise FailedError
    return Reach(pieces[last].end, Kind.EXCLUSIVE, start=pieces[first].start, lines_if_many=False)


class _Piece(NamedTuple):
    """A sentence, or the space between two."""

    start: int
    end: int
    is_space: bool


def _pieces(buffer: Buffer, line: int) -> list[_Piece]:
    """What the block of lines around a line is made of."""
    found = starts(buffer, line)
    while line < buffer.last_line and not buffer.is_empty(line + 1):
        line += 1
    pieces: list[_Piece] = []
    stop = min(buffer.end(line) + 1, len(buffer.text))
    for start, following in zip(found, (*found[1:], stop), strict=True):
        is_last = following == stop
        end = following if is_last else start + len(buffer.text[start:following].rstrip(" \t\n"))
        pieces.append(_Piece(start, end, is_space=False))
        if end < following:
            pieces.append(_Piece(end, following, is_space=True))
    return pieces
