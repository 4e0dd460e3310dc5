"""Searching the cell: `/`, `?`, `n`, `N`, `*` and `#`; past the end it goes on from the start."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tui.view.editor.vim.buffer import Buffer, Walk
from tui.view.editor.vim.patterns import Pattern, compiled
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError, Search

_OFFSET: Final = re.compile(r"([esb]?)([+-]?\d*)")


def search(scene: Scene, command: Command) -> Reach:
    """To what was typed behind `/` or `?`; nothing typed is the last pattern."""
    sign = command.name
    typed, end = split_pattern(command.argument, sign)
    last = scene.memory.search
    pattern = typed or (last.pattern if last is not None else "")
    if not pattern:
        raise FailedError("No previous search")
    offset = command.argument[end:] if typed or end < len(command.argument) else ""
    if not typed and not offset and last is not None:
        offset = last.offset
    sought = Search(pattern, sign == "/", offset)
    return _found(scene, sought, command, is_forward=sought.is_forward)


def search_again(scene: Scene, command: Command) -> Reach:
    """`n`, and `N` the other way."""
    last = scene.memory.search
    if last is None:
        raise FailedError("No previous search")
    return _found(scene, last, command, is_forward=last.is_forward == (command.name == "n"))


def search_word(scene: Scene, command: Command) -> Reach:
    """`*` and `#`: the word at the cursor, or the next in its line."""
    buffer, start = scene.buffer, scene.cursor
    end = buffer.end_at(start)
    at = next((at for at in range(start, end) if buffer.kind(at, big=False) > 1), None)
    if at is None:
        at = next((at for at in range(start, end) if buffer.kind(at, big=False)), None)
    if at is None:
        raise FailedError("No string under cursor")
    kind = buffer.kind(at, big=False)
    first, last = at, at
    while first > buffer.start_at(at) and buffer.kind(buffer.before(first), big=False) == kind:
        first = buffer.before(first)
    while last < end and buffer.kind(last, big=False) == kind:
        last = buffer.after(last)
    word = re.sub(r"([\\/.*$^~\[\]])", r"\\\1", buffer.text[first:last])
    is_whole = not command.name.startswith("g") and kind > 1
    sought = Search(f"\\<{word}\\>" if is_whole else word, command.name[-1] == "*")
    moved = scene.at(first)
    return replace(_found(moved, sought, command, is_forward=sought.is_forward), start=None)


def split_pattern(text: str, delimiter: str) -> tuple[str, int]:
    """What stands before a delimiter, and where what is behind it begins."""
    at, inside = 0, False
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == delimiter and not inside:
            return text[:at].replace(f"\\{delimiter}", delimiter), at + 1
        at += 1
    return text.replace(f"\\{delimiter}", delimiter), len(text)


def _found(scene: Scene, sought: Search, command: Command, *, is_forward: bool) -> Reach:
    pattern = compiled(sought.pattern, ignores_case=False)
    remembered = scene.with_memory(replace(scene.memory, search=sought))
    at = scene.cursor
    span = (at, at)
    for _ in range(command.times):
        span = _next(scene.buffer, pattern, at, sought.offset, is_forward=is_forward)
        at = span[0]
    reach = _offset(scene.buffer, span, sought.offset)
    return replace(reach, scene=remembered, is_jump=True, is_far=True)


def _next(buffer: Buffer, pattern: Pattern, at: int, offset: str, *, is_forward: bool) -> tuple[int, int]:
    """The match after a place, or before it, going round."""
    spans = [pattern.span(match) for match in pattern.compiled.finditer(buffer.text)]
    places = [span for span in spans if span[0] < len(buffer.text) or not spans[0][0] < len(buffer.text)]
    if not places:
        raise FailedError(f"Pattern not found: {pattern.compiled.pattern}")
    is_within = offset.startswith(("e", "s", "b"))
    where = [_offset(buffer, span, offset).offset if is_within else span[0] for span in places]
    if is_forward:
        chosen = next((span for span, place in zip(places, where, strict=True) if place > at), places[0])
    else:
        before = [span for span, place in zip(places, where, strict=True) if place < at]
        chosen = before[-1] if before else places[-1]
    return chosen


def _offset(buffer: Buffer, span: tuple[int, int], offset: str) -> Reach:
    """Where the cursor goes by what stands behind a pattern."""
    start = buffer.on_character(span[0])
    found = _OFFSET.fullmatch(offset)
    if not offset or found is None:
        return Reach(start)
    kind, by = found.groups()
    steps = int(f"{by}1" if by in ("+", "-") else by or 0)
    if not kind:
        line = max(0, min(buffer.last_line, buffer.line_at(start) + steps))
        return Reach(buffer.start(line), Kind.LINES)
    walk = Walk(buffer, max(span[0], buffer.before(span[1])) if kind == "e" else start)
    for _ in range(min(abs(steps), len(buffer.text))):
        _ = walk.on_over_end() if steps > 0 else walk.back_over_end()
    return Reach(buffer.on_character(walk.at), Kind.INCLUSIVE if kind == "e" else Kind.EXCLUSIVE)
