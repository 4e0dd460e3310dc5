"""JSON as types."""

from __future__ import annotations

from typing import Mapping, Sequence, Union

JsonValue = Union[str, int, float, bool, Sequence["JsonValue"], Mapping[str, "JsonValue"], None]
JsonObject = Mapping[str, JsonValue]

EMPTY: JsonObject = {}
"""An object of no members, never to be written to."""
