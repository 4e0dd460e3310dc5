"""Searching the cell: `/`, `?`, `n`, `N`, `*` and `#`; past the end it goes on from the start."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from tui.view.editor.vim.buffer import Buffer, Walk
from tui.view.editor.vim.patterns import Pattern, compiled
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError, Search

_SIGNS: Final = ("/", "?")
_MOST_SHOWN: Final = 5_000
_LONGEST_SHOWN: Final = 200_000
"""Characters of a text that is looked through at each key."""
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
    found = word_span(scene.buffer, scene.cursor)
    if found is None:
        raise FailedError("No string under cursor")
    first, last = found
    word = re.sub(r"([\\/.*$^~\[\]])", r"\\\1", scene.text[first:last])
    is_whole = not command.name.startswith("g") and scene.buffer.kind(first, big=False) > 1
    sought = Search(f"\\<{word}\\>" if is_whole else word, command.name[-1] == "*")
    moved = scene.at(first)
    return replace(_found(moved, sought, command, is_forward=sought.is_forward), start=None)


def word_span(buffer: Buffer, start: int) -> tuple[int, int] | None:
    """The word at a place, or the next in its line; where there is none, what else is not blank."""
    end = buffer.end_at(start)
    at = next((at for at in range(start, end) if buffer.kind(at, big=False) > 1), None)
    if at is None:
        at = next((at for at in range(start, end) if buffer.kind(at, big=False)), None)
    if at is None:
        return None
    kind = buffer.kind(at, big=False)
    first, last = at, at
    while first > buffer.start_at(at) and buffer.kind(buffer.before(first), big=False) == kind:
        first = buffer.before(first)
    while last < end and buffer.kind(last, big=False) == kind:
        last = buffer.after(last)
    return first, last


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
    remembered = scene.with_memory(replace(scene.memory, search=sought, shows_matches=True))
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


def shown_matches(scene: Scene) -> list[tuple[int, int]]:
    """Where what is typed behind `/`, or was searched for, stands, to be shown; none once `:noh` was said."""
    prompt, memory = scene.vim.prompt, scene.memory
    if prompt is not None and prompt.sign in _SIGNS:
        return _all(scene, split_pattern(prompt.text, prompt.sign)[0])
    if not memory.shows_matches or memory.search is None:
        return []
    return _all(scene, memory.search.pattern)


def awaited_match(scene: Scene) -> tuple[int, int] | None:
    """Where what is typed behind `/` or `?` would lead to, or what `:s` asks for."""
    prompt = scene.vim.prompt
    if scene.vim.confirming is not None:
        return scene.vim.confirming.place
    if prompt is None or prompt.sign not in _SIGNS:
        return None
    spans = _all(scene, split_pattern(prompt.text, prompt.sign)[0])
    if not spans:
        return None
    if prompt.sign == "/":
        return next((span for span in spans if span[0] > scene.cursor), spans[0])
    return next((span for span in reversed(spans) if span[0] < scene.cursor), spans[-1])


def _all(scene: Scene, pattern: str) -> list[tuple[int, int]]:
    """All matches that can be seen; a pattern that is none yet has none."""
    if not pattern or len(scene.text) > _LONGEST_SHOWN:
        return []
    try:
        sought = compiled(pattern)
    except FailedError:
        return []
    found = map(sought.span, sought.compiled.finditer(scene.text))
    return [span for span in islice(found, _MOST_SHOWN) if span[0] < span[1]]
