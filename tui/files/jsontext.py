"""JSON text and where its parts stand in it: members of objects and elements of arrays, as spans.

Values are parsed by the standard library's C scanner; only the level asked for is walked in Python.
Raises what that scanner raises: `json.JSONDecodeError`, ValueError for numbers beyond Python's limit of
digits, and RecursionError for what nests too deeply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeGuard

from kernelbridge.outputs import JsonObject, JsonValue

_NOT_SPACE = re.compile(r"[^ \t\n\r]")
_OPENING = ("{", '"', "[")
_EMPTY: Final[JsonObject] = {}
"""Shared by most cells and outputs, whose metadata is empty; nothing may write to a JsonObject."""
_decode = json.JSONDecoder().raw_decode


class Element(NamedTuple):
    """One element of an array: the text from `start` up to `end`, and its value."""

    start: int
    end: int
    value: JsonValue


class Member(NamedTuple):
    """One member of an object: the text from its key's quote at `start` up to its value's `end`."""

    start: int
    value_start: int
    end: int
    key: str
    value: JsonValue


Scan = Callable[[str, str, int], tuple[JsonValue, int]]
"""Reads the value that starts at an offset: (text, key of the member, offset) to (value, end)."""


def scan_value(text: str, _key: str, start: int) -> tuple[JsonValue, int]:
    """The value that starts at `start`, and where it ends."""
    return _decode(text, start)


def skip_space(text: str, start: int) -> int:
    """The offset of the first character from `start` on that is no JSON white space, or the text's end."""
    found = _NOT_SPACE.search(text, start)
    return found.start() if found else len(text)


def read_object(text: str, start: int, scan: Scan = scan_value) -> tuple[list[Member], int]:
    """The members of the object whose `{` stands at `start`, duplicates too, and where the object ends."""
    members: list[Member] = []
    index = skip_space(text, start + 1)
    if text.startswith("}", index):
        return members, index + 1
    while True:
        if not text.startswith('"', index):
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, index)
        key, key_end = _decode(text, index)
        colon = skip_space(text, key_end)
        if not text.startswith(":", colon):
            raise json.JSONDecodeError("Expecting ':' delimiter", text, colon)
        value_start = skip_space(text, colon + 1)
        value, end = scan(text, key, value_start)
        members.append(Member(index, value_start, end, key, value))
        index = skip_space(text, end)
        if text.startswith("}", index):
            return members, index + 1
        if not text.startswith(",", index):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, index)
        index = skip_space(text, index + 1)


def walk_array(text: str, start: int, visit: Callable[[int, int, JsonValue], object]) -> int:
    """Visit start, end and value of each element of the array whose `[` is at `start`; returns its end."""
    index = skip_space(text, start + 1)
    if text.startswith("]", index):
        return index + 1
    separator = ","
    while True:
        value, end = _decode(text, index)
        visit(index, end, value)
        if text.startswith(separator, end) and text.startswith(_OPENING, end + len(separator)):
            index = end + len(separator)  # the usual case: what separates these two separated the last two
            continue
        index = skip_space(text, end)
        if text.startswith("]", index):
            return index + 1
        if not text.startswith(",", index):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, index)
        index = skip_space(text, index + 1)
        separator = text[end:index]


def read_array(text: str, start: int) -> tuple[list[Element], int]:
    """The elements of the array whose `[` stands at `start`, and where the array ends."""
    elements: list[Element] = []

    def keep(start: int, end: int, value: JsonValue) -> None:
        elements.append(Element(start, end, value))

    return elements, walk_array(text, start, keep)


def is_object(value: JsonValue) -> TypeGuard[Mapping[str, JsonValue]]:
    """Whether the value is a JSON object."""
    return type(value) is dict or isinstance(value, Mapping)


def object_or_empty(value: JsonValue) -> JsonObject:
    """The value where it is a JSON object, else an empty one; all empty ones are the same."""
    return value if value and is_object(value) else _EMPTY


def is_array(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    """Whether the value is a JSON array."""
    return type(value) is list or (isinstance(value, Sequence) and not isinstance(value, str))


def is_text_list(value: JsonValue) -> TypeGuard[Sequence[str]]:
    """Whether the value is an array of nothing but strings, as nbformat writes text of several lines."""
    return is_array(value) and joined(value) is not None


def joined(value: JsonValue) -> str | None:
    """Text that is a string or an array of strings, as one string; None for anything else."""
    if isinstance(value, str):
        return value
    if not is_array(value):
        return None
    lines: Sequence[Any] = value
    try:
        return "".join(lines)  # the quickest way to find out whether all of them are strings
    except TypeError:
        return None


def as_integer(value: JsonValue) -> int | None:
    """The value where it is a whole number (true and false are none), else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def same_text(one: str, other: str) -> bool:
    """Whether JSON can tell the texts apart; it cannot tell two surrogates from the character they encode."""
    return one == other or (_has_surrogate(one + other) and _paired(one) == _paired(other))


def same_json(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values are the same JSON; the order of an object's keys does not count."""
    if one is other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and same_text(one, other)
    if not one and not other and is_object(one) and is_object(other):
        return True  # most metadata
    return canonical(one) == canonical(other)


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and re.search("[\ud800-\udfff]", text) is not None


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _plain(value: JsonValue) -> dict[str, JsonValue] | list[JsonValue]:
    """A mapping or sequence that `json` does not know by itself, as one that it does."""
    if is_object(value):
        return dict(value)
    if is_array(value):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_write_canonical = json.JSONEncoder(sort_keys=True, default=_plain).encode


def canonical(value: JsonValue) -> str:
    """One text for each value, whatever the order of its keys; 1, 1.0 and true differ, NaN equals itself."""
    return _write_canonical(value)
