"""JSON text and where its parts stand in it: members of an object, elements of an array, as spans of the text.

Values are parsed by the standard library's C scanner; only the level asked for is walked in Python.
Raises what that scanner raises: `json.JSONDecodeError`, ValueError for numbers beyond Python's limit of digits, and
RecursionError for what nests too deeply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from kernelbridge.outputs import JsonValue

_NOT_SPACE = re.compile(r"[^ \t\n\r]")
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
"""Reads the value of the member `key` that starts at an offset of a text: (text, key, offset) to (value, end)."""


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


def walk_array(text: str, start: int, visit: Callable[[Element], None]) -> int:
    """Show `visit` each element of the array whose `[` stands at `start`; returns where the array ends."""
    index = skip_space(text, start + 1)
    if text.startswith("]", index):
        return index + 1
    while True:
        value, end = _decode(text, index)
        visit(Element(index, end, value))
        index = skip_space(text, end)
        if text.startswith("]", index):
            return index + 1
        if not text.startswith(",", index):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, index)
        index = skip_space(text, index + 1)


def read_array(text: str, start: int) -> tuple[list[Element], int]:
    """The elements of the array whose `[` stands at `start`, and where the array ends."""
    elements: list[Element] = []
    end = walk_array(text, start, elements.append)
    return elements, end


def is_object(value: JsonValue) -> TypeGuard[Mapping[str, JsonValue]]:
    """Whether the value is a JSON object."""
    return isinstance(value, Mapping)


def is_array(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    """Whether the value is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_text_list(value: JsonValue) -> TypeGuard[Sequence[str]]:
    """Whether the value is an array of nothing but strings, as nbformat writes text of several lines."""
    return is_array(value) and all(isinstance(line, str) for line in value)


def as_integer(value: JsonValue) -> int | None:
    """The value where it is a whole number (true and false are none), else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def canonical(value: JsonValue) -> str:
    """One text for each value, whatever the order of its keys; 1, 1.0 and true differ, NaN equals itself."""
    return json.dumps(value, sort_keys=True, default=_plain)


def same_text(one: str, other: str) -> bool:
    """Whether JSON can tell the texts apart; it cannot tell two surrogates from the character they encode."""
    return one == other or (_has_surrogate(one + other) and _paired(one) == _paired(other))


def same_json(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values are the same JSON; the order of an object's keys does not count."""
    if one is other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and same_text(one, other)
    return canonical(one) == canonical(other)


def _plain(value: JsonValue) -> dict[str, JsonValue] | list[JsonValue]:
    """A mapping or sequence that `json` does not know by itself, as one that it does."""
    if is_object(value):
        return dict(value)
    if is_array(value):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and re.search("[\ud800-\udfff]", text) is not None


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
