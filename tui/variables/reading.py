"""Reads what code of ours in a kernel tells of variables; what is not as it should be is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.variables.variable import Kind, Listing, Variable

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue

_KINDS = {kind.value: kind for kind in Kind}
_FIELDS = 7


def listing_of(told: JsonObject) -> Listing:
    """The variables, each told as a list: name, kind, type, shape, size, value, whether it is a table."""
    listed, left_out = told.get("variables"), told.get("left_out")
    found = (_variable(each) for each in (listed if isinstance(listed, list) else ()))
    return Listing(
        tuple(each for each in found if each is not None), left_out if isinstance(left_out, int) else 0
    )


def _variable(told: JsonValue) -> Variable | None:
    if not isinstance(told, list) or len(told) != _FIELDS:
        return None
    name, kind, type_name, shape, size, value, is_table = told
    return Variable(
        str(name),
        _KINDS.get(str(kind), Kind.DATA),
        str(type_name),
        str(shape),
        int(size) if isinstance(size, int | float) and size >= 0 else None,
        str(value),
        is_table=is_table is True,
    )
