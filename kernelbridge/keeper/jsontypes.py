"""JSON as types."""

from __future__ import annotations

from typing import Mapping, Sequence, Union, cast

JsonValue = Union[str, int, float, bool, Sequence["JsonValue"], Mapping[str, "JsonValue"], None]
JsonObject = Mapping[str, JsonValue]

EMPTY: JsonObject = {}
"""An object of no members, never to be written to."""


def text_in(fields: JsonObject, key: str) -> str:
    """The text of a member; empty where it is none."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def whole_in(fields: JsonObject, key: str) -> int | None:
    """The whole number of a member; None where it is none."""
    value = fields.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number_in(fields: JsonObject, key: str) -> float | None:
    """The number of a member; None where it is none."""
    value = fields.get(key)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def object_in(fields: JsonObject, key: str) -> JsonObject:
    """The object of a member; an empty one where it is none."""
    value: JsonValue = fields.get(key)
    return cast("JsonObject", value) if isinstance(value, Mapping) else EMPTY
