"""Text objects: words, quotes, brackets, tags; paragraphs and sentences have files of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tui.view.editor.vim import pairs, words
from tui.view.editor.vim.buffer import Step, Walk
from tui.view.editor.vim.paragraphs import paragraph
from tui.view.editor.vim.reach import Kind, Motion, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.sentences import sentence
from tui.view.editor.vim.state import Command, FailedError

_SPACE: Final = (" ", "\t")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:.-]*)(?:[^<>]*[^<>/])?(/?)>")


def _is_fresh(scene: Scene) -> bool:
    """Whether the object is chosen by the cursor alone: no more than that is marked."""
    return not scene.vim.mode.is_visual or scene.vim.anchor == scene.cursor


def _word(scene: Scene, command: Command) -> Reach:
    around, walk = command.name[0] == "a", Walk(scene.buffer, scene.cursor, command.name[1] == "W")
    start, count, takes_space = None, command.times, False
    kind = Kind.INCLUSIVE
    if _is_fresh(scene):
        words.back_in_line(walk)
        start, count = walk.at, count - 1
        if (walk.kind == 0) == around:
            if not words.forward_to_end(walk, 1, stays_in_word=True, heeds_empty=True):
                raise FailedError
        else:
            words.forward_to_start(walk, 1, stops_at_line_end=True)
            _step_back(walk)
            takes_space = around
    is_backward = scene.vim.mode.is_visual and scene.cursor < scene.vim.anchor
    for left in reversed(range(count)):
        kind = Kind.INCLUSIVE
        if is_backward:
            _word_back(walk, around=around)
        elif _word_on(walk, left, around=around):
            kind = Kind.EXCLUSIVE
    if takes_space and start is not None and (walk.kind or (walk.at_line_start and kind is Kind.EXCLUSIVE)):
        start = _with_space_before(scene, start)
    return Reach(walk.at, kind, start=start)


def _step_back(walk: Walk) -> None:
    if walk.at_line_start:
        walk.back_over_end()
    else:
        walk.back()


def _word_back(walk: Walk, *, around: bool) -> None:
    if walk.back_over_end() is Step.NOWHERE:
        raise FailedError
    if around != (walk.kind != 0):
        if not words.back_to_start(walk, 1, stays_in_word=True):
            raise FailedError
    else:
        if not words.back_to_end(walk, 1, stops_at_line_end=True):
            raise FailedError
        walk.on_over_end()


def _word_on(walk: Walk, left: int, *, around: bool) -> bool:
    """One word or stretch of space more; True where it ends at the start of a line, which is not in it."""
    if walk.on_over_end() is Step.NOWHERE:
        raise FailedError
    if around != (walk.kind == 0):
        if not words.forward_to_start(walk, 1, stops_at_line_end=True) and left:
            raise FailedError
        if walk.at_line_start:
            return True
        walk.back()
        return False
    if not words.forward_to_end(walk, 1, stays_in_word=True, heeds_empty=True):
        raise FailedError
    return False


def _with_space_before(scene: Scene, start: int) -> int:
    """The start, with the space before it, which is not the line's indentation."""
    walk = Walk(scene.buffer, start)
    if walk.at_line_start:
        return start
    walk.back()
    words.back_in_line(walk)
    return walk.at if walk.kind == 0 and not walk.at_line_start else start


def _quoted(scene: Scene, command: Command) -> Reach:
    quote, around = command.name[1], command.name[0] == "a"
    line_start = scene.buffer.start_at(scene.cursor)
    line = scene.buffer.line(scene.line)
    start, end = _quotes_around(line, scene.cursor - line_start, quote)
    if around:
        if line[end + 1 : end + 2] in _SPACE:
            while line[end + 1 : end + 2] in _SPACE:
                end += 1
        else:
            while start > 0 and line[start - 1] in _SPACE:
                start -= 1
    elif command.times < 2:
        start, end = start + 1, end - 1
    if scene.vim.mode.is_visual and end < start:
        raise FailedError
    return Reach(line_start + end + 1, Kind.EXCLUSIVE, start=line_start + start, lines_if_many=False)


def _quotes_around(line: str, column: int, quote: str) -> tuple[int, int]:
    """The columns of the two quotes around a column, or of the next two behind it."""
    if line[column : column + 1] == quote:
        start = 0
        while True:
            start = _next_quote(line, start, quote)
            if start > column:
                raise FailedError
            end = _next_quote(line, start + 1, quote)
            if start <= column <= end:
                return start, end
            start = end + 1
    start = _quote_before(line, column, quote)
    if start < 0:
        start = _next_quote(line, column, quote)
    return start, _next_quote(line, start + 1, quote)


def _next_quote(line: str, at: int, quote: str) -> int:
    while at < len(line):
        if line[at] == "\\":
            at += 1
        elif line[at] == quote:
            return at
        at += 1
    raise FailedError


def _quote_before(line: str, column: int, quote: str) -> int:
    at = column - 1
    while at >= 0:
        backslashes = len(line[:at]) - len(line[:at].rstrip("\\"))
        if line[at] == quote and backslashes % 2 == 0:
            return at
        at -= 1
    return -1


_BRACKETS: Final = {
    **dict.fromkeys("()b", ("(", ")")),
    **dict.fromkeys("{}B", ("{", "}")),
    **dict.fromkeys("[]", ("[", "]")),
    **dict.fromkeys("<>", ("<", ">")),
}


def _bracketed(scene: Scene, command: Command) -> Reach:
    opener, closer = _BRACKETS[command.name[1]]
    buffer, count = scene.buffer, command.times
    low, high = scene.cursor, scene.cursor
    if not _is_fresh(scene):
        low, high = sorted((scene.cursor, scene.vim.anchor))
    while True:
        start, end = _brackets_around(scene, (opener, closer), low, count)
        if command.name[0] == "a":
            return Reach(buffer.after(end), Kind.EXCLUSIVE, start=start, lines_if_many=True)
        reach = _inside(scene, start, end, opener)
        first = start if reach.start is None else reach.start
        if _is_fresh(scene) or first < low or buffer.before(reach.offset) > high:
            return reach
        low, count = start, 1


def _brackets_around(scene: Scene, brackets: tuple[str, str], at: int, count: int) -> tuple[int, int]:
    opener, closer = brackets
    buffer, start = scene.buffer, at
    if opener == "{":
        indent = buffer.start_at(at) + buffer.indent(buffer.line_at(at))
        start = max(at, min(indent, buffer.end_at(at)))
    if _is_fresh(scene) and buffer.character(start) == opener:
        start += 1
    find = pairs.opening
    if _is_fresh(scene) and pairs.opening(buffer, start, opener, closer) is None:
        find = pairs.next_opening
    for _ in range(count):
        found = find(buffer, start, opener, closer)
        if found is None:
            raise FailedError
        start = found
    end = pairs.closing(buffer, start + 1, opener, closer)
    if end is None:
        raise FailedError
    return start, end


def _inside(scene: Scene, start: int, end: int, opener: str) -> Reach:
    """What is between two brackets; where the closing one begins its line, only up to the line before."""
    buffer = scene.buffer
    walk = Walk(buffer, start)
    walk.on_over_end()
    begin = walk.at
    before = buffer.text[buffer.start_at(end) : end]
    if end == buffer.start_at(end) or (opener == "{" and not before.strip(" \t")):
        stop = buffer.start_at(end)
        if scene.vim.mode.is_visual:
            return Reach(stop, Kind.EXCLUSIVE, start=begin) if begin < stop else Reach(begin, start=begin)
        return Reach(max(begin, stop), Kind.EXCLUSIVE, start=begin)
    if begin >= end and scene.vim.mode.is_visual:
        raise FailedError
    return Reach(max(begin, end), Kind.EXCLUSIVE, start=begin)


def _tagged(scene: Scene, command: Command) -> Reach:
    text, count = scene.text, command.times
    low, high = scene.cursor, scene.buffer.after(scene.cursor)
    if not _is_fresh(scene):
        low, high = min(low, scene.vim.anchor), max(high, scene.buffer.after(scene.vim.anchor))
    opened: list[re.Match[str]] = []
    around: list[tuple[int, int, int, int]] = []
    for tag in _TAG.finditer(text):
        if not tag[1]:
            if not tag[3]:
                opened.append(tag)
            continue
        if not any(one[2] == tag[2] for one in opened):
            continue
        while (one := opened.pop())[2] != tag[2]:
            pass
        inner, outer = (one.end(), tag.start()), (one.start(), tag.end())
        reaches = outer if command.name == "at" or _is_fresh(scene) else inner
        is_larger = _is_fresh(scene) or reaches[0] < low or reaches[1] > high
        if outer[0] <= low and high <= outer[1] and is_larger:
            around.append((*inner, *outer))
    if len(around) < count:
        raise FailedError
    start, end = around[count - 1][2:] if command.name == "at" else around[count - 1][:2]
    if start == end and scene.vim.mode.is_visual:
        raise FailedError
    return Reach(end, Kind.EXCLUSIVE, start=start, lines_if_many=False)


_KINDS: Final[Mapping[str, Motion]] = {
    **dict.fromkeys("wW", _word),
    **dict.fromkeys("\"'`", _quoted),
    **dict.fromkeys(_BRACKETS, _bracketed),
    "t": _tagged,
    "p": paragraph,
    "s": sentence,
}

OBJECTS: Final[Mapping[str, Motion]] = MappingProxyType(
    {f"{extent}{kind}": find for kind, find in _KINDS.items() for extent in "ia"}
)
"""By their keys."""
