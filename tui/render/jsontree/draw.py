"""JSON in an output: indented lines, walked without recursion; folded to a screenful unless all is wanted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas, Detail
from tui.render.content import Content
from tui.render.drawing import Drawing, Shortened
from tui.render.jsontree.geojson import summary_of
from tui.render.jsontree.line import (
    LONGEST_STRING,
    Container,
    brackets,
    children,
    container_of,
    folded,
    inline,
    key,
    punctuation,
    scalar,
)
from tui.render.rowops import row_width, text_row, wrap
from tui.render.rows import Role, Row, Span, Style
from tui.sanitize import clean

_MOST_LINES: Final = 2000
_SCREENFUL: Final = 20
"""Lines of a tree that is folded."""
_FEW: Final = 10
"""Values that are shown of a long array or object inside a folded tree."""
_DEEPEST_INDENT: Final = 20  # levels; what is deeper stays in that column
_INDENT: Final = "  "
_NOTE: Final = Style(Role.MUTED)
_LONGEST_NAME: Final = 100
_LONGEST_FOLDED: Final = 300
"""Characters of a string in a folded tree."""

_Items: TypeAlias = Iterator[tuple[str | None, JsonValue]]


@dataclass(slots=True)
class _Level:
    """An object or array that is being walked."""

    items: _Items
    left: int
    closing: str
    hidden: int = 0
    """How many of its values are left out at its end."""


def draw_json(content: Content, canvas: Canvas) -> Drawing:
    """The rows of a JSON value: about a screenful, deep and long parts folded; in full up to 2,000 lines.

    Of the metadata, `expanded` asks for full detail, and `root` is the name of the value.
    """
    value, metadata = content.data, content.metadata
    head = _head(content, canvas.width)
    in_full = canvas.detail is Detail.FULL or metadata.get("expanded") is True
    unfolded = None if in_full else _unfolded(value, canvas.width)
    lines = _lines(value, unfolded, canvas.width)
    rows = [row for line in islice(lines, _MOST_LINES) for row in wrap(line, canvas.width)]
    if next(lines, None) is not None:
        rows += wrap(text_row(f"… after {_MOST_LINES:,} lines", _NOTE), canvas.width)
    if unfolded is not None and unfolded.leaves_out:
        return Shortened([*head, *rows])
    return [*head, *rows]


def _head(content: Content, width: int) -> list[Row]:
    """What stands above the value: its name, and what a GeoJSON holds."""
    name = content.metadata.get("root")
    notes: list[str] = [name[:_LONGEST_NAME]] if isinstance(name, str) and name not in ("", "root") else []
    notes += [summary] if (summary := summary_of(content.data)) else []
    return [row for note in notes for row in wrap(text_row(clean(note), _NOTE), width)]


@dataclass(slots=True)
class _Unfolded:
    """Which containers are shown line by line, by their identity; of each so many values."""

    shown: dict[int, int]
    leaves_out: bool


def _unfolded(value: JsonValue, width: int) -> _Unfolded:
    """What is unfolded in about a screenful: from the outside inwards, the first first."""
    unfolded = _Unfolded({}, leaves_out=False)
    waiting: deque[tuple[str | None, JsonValue, int]] = deque([(None, value, 0)])
    lines = 1
    while waiting:
        name, child, depth = waiting.popleft()
        container = container_of(child)
        if not container:
            is_cut = isinstance(child, str) and len(child) > _LONGEST_FOLDED
            unfolded.leaves_out = unfolded.leaves_out or is_cut
            continue
        if _may_be_short(container, depth) and inline(container, _room(name, depth, width)):
            continue
        most = _SCREENFUL if depth == 0 else _FEW
        shown = len(container) if len(container) <= most else most - 1
        cost = shown + 1 + (shown < len(container))
        if depth > 0 and lines + cost > _SCREENFUL:
            unfolded.leaves_out = True
            continue
        lines += cost
        unfolded.leaves_out = unfolded.leaves_out or shown < len(container)
        unfolded.shown[id(container)] = shown
        for inner_name, inner in islice(children(container), shown):
            waiting.append((inner_name, inner, depth + 1))
    return unfolded


def _may_be_short(container: Container, depth: int) -> bool:
    """Whether a container is put on one line if it fits: the outermost object is not."""
    return depth > 0 or not isinstance(container, Mapping)


def _room(name: str | None, depth: int, width: int) -> int:
    """Cells for a value on the line of its key, and a comma behind it."""
    before = row_width(key(name)) if name is not None else 0
    return width - len(_INDENT) * min(depth, _DEEPEST_INDENT) - before - 1


def _lines(value: JsonValue, unfolded: _Unfolded | None, width: int) -> Iterator[Row]:
    levels = [_Level(iter([(None, value)]), 1, "")]
    while levels:
        level = levels[-1]
        item = next(level.items, None)
        if item is None:
            if level.hidden:
                yield (*_indent(len(levels) - 1), *text_row(f"… {level.hidden:,} more", _NOTE))
            levels.pop()
            if levels:
                yield _line(len(levels) - 1, None, (punctuation(level.closing),), levels[-1].left)
            continue
        level.left -= 1
        name, child = item
        container = container_of(child)
        depth = len(levels) - 1
        if not container:
            longest = LONGEST_STRING if unfolded is None else _LONGEST_FOLDED
            yield _line(depth, name, (scalar(child, longest),), level.left)
            continue
        short = _on_one_line(container, name, depth, width, unfolded)
        if short is not None:
            yield _line(depth, name, short, level.left)
            continue
        shown = len(container) if unfolded is None else unfolded.shown[id(container)]
        start, end = brackets(container)
        yield _line(depth, name, (punctuation(start),), 0)
        levels.append(_Level(islice(children(container), shown), len(container), end, len(container) - shown))


def _on_one_line(
    container: Container, name: str | None, depth: int, width: int, unfolded: _Unfolded | None
) -> Row | None:
    """A container that takes one line: a short one, or one that is folded."""
    if unfolded is None or id(container) in unfolded.shown:
        return None
    short = inline(container, _room(name, depth, width)) if _may_be_short(container, depth) else None
    return short or folded(container)


def _indent(depth: int) -> tuple[Span, ...]:
    return (punctuation(_INDENT * min(depth, _DEEPEST_INDENT)),) if depth else ()


def _line(depth: int, name: str | None, value: Row, followers: int) -> Row:
    """A line of the text; a comma ends it if its level has more behind it."""
    spans = [*_indent(depth), *(key(name) if name is not None else ()), *value]
    if followers:
        spans.append(punctuation(","))
    return tuple(spans)
