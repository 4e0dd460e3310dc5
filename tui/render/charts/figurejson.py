"""Reading the loosely typed JSON of figures: whatever is there, a value of the asked kind or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.sanitize import clean

USUAL_WIDTH: Final = 700.0
USUAL_HEIGHT: Final = 450.0
"""Pixels of a figure that does not say how large it wants to be (plotly.js, plots/layout_attributes.js)."""
_LONGEST_TEXT: Final = 200
_LARGEST: Final = 1e100
_SMALLEST: Final = 1e-100
_LONGEST_NUMBER: Final = 40
_TAG: Final = re.compile(r"</?(?:b|i|em|strong|sub|sup|span|a|u|s|br)\b[^<>]{0,200}>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)


def object_at(value: JsonValue, *keys: str) -> JsonObject:
    """The object behind a path of keys; an empty one where there is none."""
    found = value_at(value, *keys)
    return found if isinstance(found, dict) else {}


def value_at(value: JsonValue, *keys: str) -> JsonValue:
    """What stands behind a path of keys; None where the path leads nowhere."""
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def items_at(value: JsonValue, *keys: str) -> Sequence[JsonValue]:
    """The array behind a path of keys; an empty one where there is none."""
    found = value_at(value, *keys)
    return found if isinstance(found, list) else ()


def number_of(value: JsonValue) -> float | None:
    """A number that can be computed with; text that spells one counts, as it does for Plotly.

    Numbers beyond 1e100 are none, and those below 1e-100 count as zero.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > _LONGEST_NUMBER:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not abs(number) <= _LARGEST:
        return None
    return number if abs(number) >= _SMALLEST else 0.0


def number_at(value: JsonValue, *keys: str, otherwise: float) -> float:
    """The number behind a path of keys, or another one."""
    found = number_of(value_at(value, *keys))
    return otherwise if found is None else found


def text_of(value: JsonValue) -> str:
    """One line of safe text out of a string or number, without the tags that Plotly knows."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    text = value[: 2 * _LONGEST_TEXT] if isinstance(value, str) else repr(value)
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    return clean(text).strip()[:_LONGEST_TEXT]


def text_at(value: JsonValue, *keys: str) -> str:
    """The text behind a path of keys; empty where there is none."""
    return text_of(value_at(value, *keys))


def title_of(value: JsonValue) -> str:
    """The title of a figure, axis or colour bar: Plotly allows a string as well as an object."""
    title = value_at(value, "title")
    return text_at(title, "text") if isinstance(title, dict) else text_of(title)
