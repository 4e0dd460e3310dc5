"""JSON as indented text in the colours of code, walked without recursion and no further than is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import Drawing
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width
from tui.sanitize import visible

_MOST_LINES = 2000
_LONGEST_STRING = 2000
_DEEPEST_INDENT = 20  # levels; what is deeper stays in that column
_INDENT = "  "
_PUNCTUATION = Style(Role.OPERATOR)

_Items: TypeAlias = Iterator[tuple[str | None, JsonValue]]


@dataclass(slots=True)
class _Level:
    """An object or array that is being walked."""

    items: _Items
    left: int
    closing: str


def draw_json(content: Content, canvas: Canvas) -> Drawing:
    """The rows of a JSON value; of a long one the first 2,000 lines and a row that says so."""
    lines, width = _lines(content.data), canvas.width
    rows = [row for line in islice(lines, _MOST_LINES) for row in wrap(line, width)]
    if next(lines, None) is not None:
        rows += wrap(text_row(f"… after {_MOST_LINES:,} lines", Style(Role.MUTED)), width)
    return rows


def _lines(value: JsonValue) -> Iterator[Row]:
    levels = [_Level(iter([(None, value)]), 1, "")]
    while levels:
        level = levels[-1]
        item = next(level.items, None)
        if item is None:
            levels.pop()
            if levels:
                yield _line(len(levels) - 1, None, _span(level.closing, _PUNCTUATION), levels[-1].left)
            continue
        level.left -= 1
        key, child = item
        if isinstance(child, Mapping) and child:
            yield _line(len(levels) - 1, key, _span("{", _PUNCTUATION), 0)
            levels.append(_Level(iter(child.items()), len(child), "}"))
        elif isinstance(child, Sequence) and child and not isinstance(child, str):
            yield _line(len(levels) - 1, key, _span("[", _PUNCTUATION), 0)
            levels.append(_Level(iter((None, element) for element in child), len(child), "]"))
        else:
            yield _line(len(levels) - 1, key, _scalar(child), level.left)


def _line(depth: int, key: str | None, value: Span, followers: int) -> Row:
    """A line of the text; a comma ends it if its level has more behind it."""
    spans = [_span(_INDENT * min(depth, _DEEPEST_INDENT), _PUNCTUATION)] if depth else []
    if key is not None:
        spans += [_span(_quoted(key), Style(Role.NAME_FUNCTION)), _span(": ", _PUNCTUATION)]
    spans.append(value)
    if followers:
        spans.append(_span(",", _PUNCTUATION))
    return tuple(spans)


def _scalar(value: JsonValue) -> Span:
    """A value without lines of its own, an empty object or array among them."""
    if isinstance(value, str):
        return _span(_quoted(value), Style(Role.STRING))
    if value is None or isinstance(value, bool):
        return _span(json.dumps(value), Style(Role.KEYWORD))
    if isinstance(value, int | float):
        return _span(json.dumps(value), Style(Role.NUMBER))
    return _span("{}" if isinstance(value, Mapping) else "[]", _PUNCTUATION)


def _quoted(text: str) -> str:
    shown = text if len(text) <= _LONGEST_STRING else text[:_LONGEST_STRING] + "…"
    return visible(json.dumps(shown, ensure_ascii=False))


def _span(text: str, style: Style) -> Span:
    return Span(text, style, cell_width(text))
