"""Brackets and their partners: `%`, and the nearest that is open."""

from __future__ import annotations

from typing import Final

from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError

_PARTNERS: Final = {"(": ")", "[": "]", "{": "}"}
_OPENERS: Final = {closer: opener for opener, closer in _PARTNERS.items()}


def to_partner(scene: Scene, command: Command) -> Reach:
    """To what matches the next bracket of the line; with a count, to so many per cent of the lines."""
    buffer = scene.buffer
    if command.count is not None:
        if command.count > 100:
            raise FailedError
        line = (command.count * (buffer.last_line + 1) + 99) // 100 - 1
        return Reach(buffer.text_start(max(0, line)), Kind.LINES, is_jump=True)
    for at in range(scene.cursor, buffer.end_at(scene.cursor)):
        character = buffer.text[at]
        if character in _PARTNERS:
            found = closing(buffer, at + 1, character, _PARTNERS[character])
        elif character in _OPENERS:
            found = opening(buffer, at, _OPENERS[character], character)
        else:
            continue
        if found is None:
            break
        return Reach(found, Kind.INCLUSIVE, is_jump=True, is_far=True)
    raise FailedError


def to_unmatched(scene: Scene, command: Command) -> Reach:
    """`[(` and its like: to the bracket around the cursor."""
    bracket, at = command.name[1], scene.cursor
    for _ in range(command.times):
        if bracket in _PARTNERS:
            found = opening(scene.buffer, at, bracket, _PARTNERS[bracket])
        else:
            found = closing(scene.buffer, at + 1, _OPENERS[bracket], bracket)
        if found is None:
            raise FailedError
        at = found
    return Reach(at, is_jump=True, is_far=True)


def opening(buffer: Buffer, before: int, opener: str, closer: str) -> int | None:
    """The opening bracket before a place that is not closed there."""
    depth, text = 0, buffer.text
    for at in range(before - 1, -1, -1):
        if text[at] == closer:
            depth += 1
        elif text[at] == opener:
            if depth == 0:
                return at
            depth -= 1
    return None


def next_opening(buffer: Buffer, at: int, opener: str, closer: str) -> int | None:
    """The next opening bracket behind a place, over those that close there."""
    depth, text = 0, buffer.text
    for place in range(at + 1, len(text)):
        if text[place] == closer:
            depth += 1
        elif text[place] == opener:
            if depth == 0:
                return place
            depth -= 1
    return None


def closing(buffer: Buffer, start: int, opener: str, closer: str) -> int | None:
    """The closing bracket from a place on that was not opened there."""
    depth, text = 0, buffer.text
    for at in range(start, len(text)):
        if text[at] == opener:
            depth += 1
        elif text[at] == closer:
            if depth == 0:
                return at
            depth -= 1
    return None
