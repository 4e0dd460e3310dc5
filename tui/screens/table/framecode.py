"""Runs in the user's kernel, as text sent by `kernelsource`: reads pages of a dataframe, and changes nothing.

It is a module of its own there, known to `sys.modules` alone: no name of the user's is set, and the frame is
looked up anew each time, so that nothing is kept alive. What is kept is the order of lines: 8 bytes each.
Python 3.7 and later.
"""

from __future__ import annotations

import reprlib
import sys
from typing import Any

_CONTAINERS = (list, tuple, dict, set, frozenset, bytes)
_orders: dict[Any, Any] = {}
"""By the name of a variable, or the count of an execution."""
_brief = reprlib.Repr()
_brief.maxlist = _brief.maxtuple = _brief.maxdict = _brief.maxset = 20
_brief.maxstring = _brief.maxother = 200


def ask_open_named(name: str) -> Any:
    """The shape of what a variable is."""
    return _opened(name, _frame(name))


def ask_open(count: int, source: str, html: str) -> Any:
    """The shape of what `Out[count]` is, if it is what the output shows: of this source, or of this HTML."""
    frame = _frame(count)
    shell = _shell()
    inputs = shell.history_manager.input_hist_raw
    is_same = count < len(inputs) and inputs[count].strip() == source.strip()
    if not is_same and _table(count)._repr_html_() != html:
        return {"error": "the kernel holds something else by now"}
    return _opened(count, frame)


def _opened(key: Any, frame: Any) -> Any:
    _orders.pop(key, None)
    return {"index": frame.levels(), "columns": frame.columns(), "lines": frame.height}


def ask_arrange(count: Any, sort: Any, conditions: Any) -> Any:
    """Sorts and filters; how many lines are left."""
    frame = _frame(count)
    order = frame.order(sort, conditions)
    if order is None:
        _orders.pop(count, None)
        return {"lines": frame.height}
    _orders[count] = frame.height, order
    return {"lines": len(order)}


def ask_read(count: Any, start: int, stop: int, first: int, last: int, longest: int) -> Any:
    """Lines, each as the texts of its index and of its cells; an index alone where there are no columns."""
    frame = _frame(count)
    height, order = _orders.get(count, (frame.height, None))
    if height != frame.height:
        return {"error": "the frame has another number of lines by now"}
    lines = slice(start, min(stop, height)) if order is None else order[start:stop]
    index, cells = frame.read(lines, first, last)
    return {
        "index": [[_cut(text, longest) for text in level] for level in index],
        "cells": [[_cut(text, longest) for text in column] for column in cells],
    }


def ask_close(count: Any) -> Any:
    """Forgets the order."""
    _orders.pop(count, None)
    return {}


def _shell() -> Any:
    from IPython import get_ipython  # pyright: ignore[reportPrivateImportUsage]

    return get_ipython()  # type: ignore[no-untyped-call]


def _table(key: Any) -> Any:
    names = _shell().user_ns
    held = names if isinstance(key, str) else names.get("_oh", {})
    if key not in held:
        raise LookupError("the kernel does not hold it any more")
    found = held[key]
    return getattr(found, "data", found) if type(found).__name__ == "Styler" else found


def _frame(key: Any) -> Any:
    found = _table(key)
    for library, reader in (("pandas", _Pandas), ("polars", _Polars)):
        module = sys.modules.get(library)
        if module is not None and isinstance(found, module.Series):
            found = found.to_frame()
        if module is not None and isinstance(found, module.DataFrame):
            return reader(found, module)
    raise TypeError("it is no dataframe of pandas or polars")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def _text(value: Any) -> str:
    if isinstance(value, float):
        return "NaN" if value != value else repr(value)
    return _brief.repr(value) if isinstance(value, _CONTAINERS) else str(value)


def _is_in(value: str) -> bool:
    lowered = value.lower()
    if lowered not in ("true", "false", "1", "0"):
        raise ValueError(value + " is neither true nor false")
    return lowered in ("true", "1")


class _Pandas:
    """A frame of pandas."""

    def __init__(self, frame: Any, pandas: Any) -> None:
        self._frame = frame
        self._pandas = pandas
        self.height = len(frame)

    def levels(self) -> Any:
        index = self._frame.index
        return [
            ["" if name is None else str(name), _kind(index.get_level_values(level).dtype), ""]
            for level, name in enumerate(index.names)
        ]

    def columns(self) -> Any:
        return [
            [_name(name), _kind(dtype), str(dtype)]
            for name, dtype in zip(self._frame.columns, self._frame.dtypes)  # noqa: B905 - Python 3.7
        ]

    def read(self, lines: Any, first: int, last: int) -> Any:
        index, part = self._frame.index[lines], self._frame.iloc[lines, first:last]
        levels = [self._texts(index.get_level_values(level)) for level in range(index.nlevels)]
        return levels, [self._texts(part.iloc[:, column]) for column in range(part.shape[1])]

    def _texts(self, values: Any) -> Any:
        if getattr(values.dtype, "kind", "") in "mM":
            pairs = zip(values.astype(str).tolist(), values.isna())  # noqa: B905 - Python 3.7
            return ["NaT" if is_missing else str(text) for text, is_missing in pairs]
        return [_text(value) for value in values.tolist()]

    def _values(self, column: int) -> Any:
        values = (
            self._frame.index.get_level_values(-1 - column) if column < 0 else self._frame.iloc[:, column]
        )
        return self._pandas.Series(values.array, copy=False)

    def order(self, sort: Any, conditions: Any) -> Any:
        kept = None
        for column, operator, value in conditions:
            mask = self._mask(self._values(column), operator, value)
            kept = mask if kept is None else kept & mask
        positions = None if kept is None else kept.to_numpy(dtype=bool).nonzero()[0]
        if sort is None:
            return positions
        values = self._values(sort[0])
        if positions is not None:
            values = values.iloc[positions]
        how = {"ascending": not sort[1], "kind": "stable", "na_position": "last"}
        try:
            ordered = values.sort_values(**how)
        except TypeError:
            ordered = values.astype(str).sort_values(**how)
        return ordered.index.to_numpy()

    def _mask(self, values: Any, operator: str, value: str) -> Any:
        if not operator:
            return values.astype(str).str.contains(value, case=False, regex=False).fillna(False).astype(bool)
        kind = getattr(values.dtype, "kind", "O")
        wanted: Any = value
        if kind == "b":
            wanted = _is_in(value)
        elif kind in "iufc":
            wanted = float(value)
        elif kind in "mM":
            make = self._pandas.Timestamp if kind == "M" else self._pandas.Timedelta
            wanted = make(value)
            zone = getattr(values.dtype, "tz", None)
            wanted = wanted.tz_localize(zone) if zone is not None and wanted.tzinfo is None else wanted
        else:
            missing = values.isna()
            compared = getattr(values.astype(str), _METHODS[operator])(wanted)
            return compared.fillna(False).astype(bool) & ~missing
        return getattr(values, _METHODS[operator])(wanted).fillna(False).astype(bool)


_METHODS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def _name(name: Any) -> str:
    if isinstance(name, tuple):
        return " · ".join(filter(None, map(str, name)))  # pyright: ignore[reportUnknownArgumentType]
    return str(name)


def _kind(dtype: Any) -> str:
    kind = getattr(dtype, "kind", "O")
    return {"f": "float", "i": "number", "u": "number", "c": "number"}.get(kind, "text")


class _Polars:
    """A frame of polars."""

    def __init__(self, frame: Any, polars: Any) -> None:
        self._frame = frame
        self._polars = polars
        self.height = frame.height

    def levels(self) -> Any:
        return []

    def columns(self) -> Any:
        return [[name, self._kind(dtype), str(dtype)] for name, dtype in self._frame.schema.items()]

    def _kind(self, dtype: Any) -> str:
        if str(dtype).startswith("Float"):
            return "float"
        return "number" if str(dtype).startswith(("Int", "UInt", "Decimal")) else "text"

    def read(self, lines: Any, first: int, last: int) -> Any:
        part = self._frame.select(self._frame.columns[first:last])
        part = part[lines]
        return [], [
            ["null" if value is None else _text(value) for value in part[name].to_list()]
            for name in part.columns
        ]

    def order(self, sort: Any, conditions: Any) -> Any:
        kept = None
        for column, operator, value in conditions:
            mask = self._mask(self._frame.to_series(column), operator, value).fill_null(False)
            kept = mask if kept is None else kept & mask
        positions = None if kept is None else kept.arg_true()
        if sort is None:
            return positions
        values = self._frame.to_series(sort[0])
        if positions is not None:
            values = values.gather(positions)
        order = values.arg_sort(descending=bool(sort[1]), nulls_last=True)
        return order if positions is None else positions.gather(order)

    def _mask(self, values: Any, operator: str, value: str) -> Any:
        if not operator:
            shown = values.cast(self._polars.Utf8, strict=False)
            return shown.str.to_lowercase().str.contains(value.lower(), literal=True)
        wanted: Any = value
        if values.dtype == self._polars.Boolean:
            wanted = _is_in(value)
        elif self._kind(values.dtype) != "text":
            wanted = float(value)
        elif values.dtype != self._polars.Utf8:
            values = values.cast(self._polars.Utf8)  # ISO dates compare as their texts
        return getattr(values, _METHODS[operator])(wanted)
