"""The parts of a line of JSON, in the colours of code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeAlias

from kernelbridge.outputs import JsonValue
from tui.render.rowops import row_width
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width
from tui.sanitize import visible

LONGEST_STRING: Final = 2000
"""Characters that are shown of a string."""
_MOST_INLINE: Final = 40
"""Values that one line holds at most."""
_PUNCTUATION: Final = Style(Role.OPERATOR)
_FOLDED: Final = Style(Role.MUTED)

Container: TypeAlias = Mapping[str, JsonValue] | Sequence[JsonValue]


def container_of(value: JsonValue) -> Container | None:
    """The value if it holds others; None for a scalar."""
    return value if isinstance(value, Mapping | list | tuple) else None


def brackets(container: Container) -> tuple[str, str]:
    """What a container is written between."""
    return ("{", "}") if isinstance(container, Mapping) else ("[", "]")


def count_text(container: Container) -> str:
    """How much a container holds: `12 keys`, `1 item`."""
    noun = "key" if isinstance(container, Mapping) else "item"
    return f"{len(container):,} {noun}{'' if len(container) == 1 else 's'}"


def children(container: Container) -> Iterator[tuple[str | None, JsonValue]]:
    """The values with their keys, which those in arrays have not."""
    if isinstance(container, Mapping):
        yield from container.items()
    else:
        for element in container:
            yield None, element


def scalar(value: JsonValue, longest: int = LONGEST_STRING) -> Span:
    """A value without lines of its own, an empty object or array among them."""
    if isinstance(value, str):
        return span(quoted(value, longest), Style(Role.STRING))
    if value is None or isinstance(value, bool):
        return span(json.dumps(value), Style(Role.KEYWORD))
    if isinstance(value, int | float):
        return span(_number(value), Style(Role.NUMBER))
    return span("{}" if isinstance(value, Mapping) else "[]", _PUNCTUATION)


def _number(value: float) -> str:
    try:
        return json.dumps(value)
    except ValueError:  # of more digits than Python writes out
        return "a number of very many digits"


def folded(container: Container) -> Row:
    """A container on one line, with how much it holds in the place of what."""
    start, end = brackets(container)
    return span(start, _PUNCTUATION), span(f"… {count_text(container)}", _FOLDED), span(end, _PUNCTUATION)


def inline(container: Container, room: int) -> Row | None:
    """A container with all that it holds on one line of at most `room` cells; None where it is longer.

    It looks no further than the room goes.
    """
    budget = [_MOST_INLINE]
    row = _inline(container, room, budget)
    return row if row is not None and row_width(row) <= room else None


def _inline(value: JsonValue, room: int, budget: list[int]) -> Row | None:
    """`budget` holds how many more values there may be, in the whole line."""
    budget[0] -= 1
    container = container_of(value)
    if container is None:
        return (scalar(value, max(0, room)),)
    if budget[0] < len(container) or room <= 0:
        return None
    start, end = brackets(container)
    row: list[Span] = [span(start, _PUNCTUATION)]
    used = 2
    for index, (name, child) in enumerate(islice(children(container), _MOST_INLINE)):
        before = [span(", ", _PUNCTUATION)] if index else []
        before += key(name) if name is not None else ()
        used += sum(one.width for one in before)
        inner = _inline(child, room - used, budget)
        if inner is None or (used := used + row_width(inner)) > room:
            return None
        row += [*before, *inner]
    return (*row, span(end, _PUNCTUATION))


def key(name: str) -> tuple[Span, Span]:
    """A key and the colon behind it."""
    return span(quoted(name, LONGEST_STRING), Style(Role.NAME_FUNCTION)), span(": ", _PUNCTUATION)


def punctuation(text: str) -> Span:
    """A bracket, comma or blanks."""
    return span(text, _PUNCTUATION)


def quoted(text: str, longest: int) -> str:
    """A string as JSON writes it, cut with a mark behind so many characters."""
    shown = text if len(text) <= longest else text[:longest] + "…"
    return visible(json.dumps(shown, ensure_ascii=False))


def span(text: str, style: Style) -> Span:
    """A piece of a line."""
    return Span(text, style, cell_width(text))
