"""Columns of data: JSON arrays, or the base64 of typed arrays that Plotly 6 writes."""

from __future__ import annotations

import binascii
import sys
from array import array
from collections.abc import Sequence
from typing import Final

from kernelbridge.outputs import JsonValue
from tui.render.charts.figurejson import text_at, value_at
from tui.render.drawing import CannotDrawError

MOST_VALUES: Final = 500_000
"""More in one column are refused: a chart of them would take seconds."""
_CODES: Final = {
    "i1": "b",
    "u1": "B",
    "uint8c": "B",
    "i2": "h",
    "u2": "H",
    "i4": "i",
    "u4": "I",
    "i8": "q",
    "u8": "Q",
    "f4": "f",
    "f8": "d",
}
"""Plotly's names of types (typed_array_spec in plotly.js) to Python's."""


def column_of(value: JsonValue) -> Sequence[JsonValue]:
    """A column of values; empty where there is none.

    Raises CannotDrawError for one of more than 500,000 values, and for base64 that is broken.
    """
    if isinstance(value, dict):
        return _typed(value)
    found: Sequence[JsonValue] = value if isinstance(value, list) else ()
    if len(found) > MOST_VALUES:
        raise CannotDrawError(f"{len(found):,} values are too many to draw")
    return found


def table_of(value: JsonValue) -> list[Sequence[JsonValue]]:
    """Rows of columns: an array of arrays, or a typed array with a shape. Raises as `column_of`."""
    if isinstance(value, dict):
        flat = _typed(value)
        shape = [int(part) for part in text_at(value, "shape").split(",") if part.strip().isdecimal()]
        if len(shape) != 2 or shape[0] * shape[1] != len(flat):
            raise CannotDrawError("a typed array with a shape that does not fit")
        return [flat[start : start + shape[1]] for start in range(0, len(flat), shape[1] or 1)]
    rows = [column_of(row) for row in column_of(value)]
    if sum(len(row) for row in rows) > MOST_VALUES:
        raise CannotDrawError("its values are too many to draw")
    return rows


def _typed(value: JsonValue) -> Sequence[JsonValue]:
    encoded, dtype = value_at(value, "bdata"), text_at(value, "dtype").lstrip("<|=")
    if not isinstance(encoded, str) or dtype not in _CODES:
        return ()
    values: array[float] = array(_CODES[dtype])
    if len(encoded) * 3 // 4 > MOST_VALUES * values.itemsize:
        raise CannotDrawError("its values are too many to draw")
    try:
        values.frombytes(binascii.a2b_base64(encoded))
    except (binascii.Error, ValueError) as error:
        raise CannotDrawError("a typed array that is broken") from error
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()
