"""Runs in the user's kernel, as text sent by `pythonvariables`: says which variables it has, changes nothing.

Nothing is called but the `__repr__` of classes of the notebook itself, and that only for a moment: those of
libraries may ask a database. Of what is no type known here neither length nor elements are looked at: they
may be lazy. Python 3.7 and later.
"""

from __future__ import annotations

import sys
import time
import types
from itertools import islice
from typing import Any, cast

_PATIENCE = 0.4
"""Seconds for the texts of all values together."""
_PATIENCE_EACH = 0.05
_ELEMENTS = 8
_SOURCES = ("datetime", "decimal", "fractions", "uuid", "ipaddress", "re", "zoneinfo")
"""Modules of types whose texts cost nothing."""


def ask_list(most: int, longest: int) -> Any:
    """The variables in order, as lists: name, kind, type, shape, size, value, and whether it is a table."""
    shell = _shell()
    hidden = shell.user_ns_hidden
    names = [
        name
        for name, value in list(shell.user_ns.items())
        if isinstance(name, str) and name[:1] != "_" and not (name in hidden and hidden[name] is value)
    ]
    until = time.monotonic() + _PATIENCE
    told: Any = []
    for name in names[-most:]:
        value = shell.user_ns.get(name, _GONE)
        if value is not _GONE:
            told.append([name, *_described(value, longest, until)])
    return {"variables": told, "left_out": max(0, len(names) - most)}


_GONE = object()


def _shell() -> Any:
    from IPython import get_ipython  # pyright: ignore[reportPrivateImportUsage]

    return get_ipython()  # type: ignore[no-untyped-call]


def _described(value: Any, longest: int, until: float) -> Any:
    kind = _type(value)
    try:
        if issubclass(kind, types.ModuleType):
            return "module", "module", "", None, _cut(str(value.__dict__.get("__name__", "")), longest), False
        if issubclass(kind, type):
            return "class", "class", "", None, _cut(str(_type_name(value)), longest), False
        if kind in _FUNCTIONS:
            return "function", "function", "", None, _signature(value, longest), False
        for library, name, describe in _LIBRARIES:
            there = getattr(sys.modules.get(library), name, None)
            if isinstance(there, type) and issubclass(kind, there):
                shape, size, text = describe(value)
                is_table = library in ("pandas", "polars") and name != "Index"
                return "data", _type_name(kind), shape, size, _cut(text, longest), is_table
        shape, size = _length(value, kind)
        return "data", _type_name(kind), shape, size, _cut(_text(value, kind, longest, until), longest), False
    except Exception as error:  # noqa: BLE001 - what is the user's may raise anything, or change meanwhile
        return "data", _type_name(kind), "", None, "<" + type(error).__name__ + ">", False


def _type(value: Any) -> Any:
    """Its class, whatever it says of that itself."""
    return cast("Any", type(value))


def _type_name(kind: Any) -> str:
    """As Python itself has it, whatever a metaclass says."""
    name: Any = type.__dict__["__name__"]
    return str(name.__get__(kind))


_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    type(len),
    type(str.join),
    type(object.__repr__),
)


def _signature(value: Any, longest: int) -> str:
    code = getattr(value, "__code__", None)
    if not isinstance(code, types.CodeType):
        return ""
    count = code.co_argcount + code.co_kwonlyargcount
    return _cut("(" + ", ".join(code.co_varnames[:count]) + ")", longest)


def _length(value: Any, kind: Any) -> Any:
    """How long a container of Python's own is, and its own bytes, those of its elements not among them."""
    for known in _CONTAINERS:
        if issubclass(kind, known):
            return f"{known.__len__(value):,}", known.__sizeof__(value)
    if kind in (int, float, complex, bool):
        return "", kind.__sizeof__(value)
    return "", None


_CONTAINERS: Any = (str, bytes, bytearray, list, tuple, dict, set, frozenset, range)


def _text(value: Any, kind: Any, longest: int, until: float) -> str:
    text = _brief(value, longest, 2)
    if text is not None:
        return text
    if kind.__module__ in _SOURCES:
        return repr(value)
    shown = kind.__repr__
    is_own = kind.__module__ == "__main__" and isinstance(shown, types.FunctionType)
    if not is_own or sys.gettrace() is not None:
        return ""
    now = time.monotonic()
    return _timed(value, min(until, now + _PATIENCE_EACH)) if now < until else ""


def _brief(value: Any, longest: int, depth: int) -> Any:
    """The text of what is of Python's own types; None for others."""
    kind = _type(value)
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits < 1024 else f"<{bits:,} bits>"
    if kind in (float, complex, bool, type(None), range, type(...), slice):
        return repr(value)
    if kind in (str, bytes, bytearray):
        return repr(value[: longest + 1])
    for known, opening, closing in _BRACKETS:
        if kind is known:
            if not depth:
                return opening + "…" + closing
            parts = [_element(each, longest, depth - 1) for each in islice(value, _ELEMENTS)]
            if kind is dict:
                values = [_element(value[each], longest, depth - 1) for each in islice(value, _ELEMENTS)]
                parts = [key + ": " + text for key, text in zip(parts, values)]  # noqa: B905 - Python 3.7
            if len(value) > _ELEMENTS:
                parts.append("…")
            only = "," if kind is tuple and len(value) == 1 else ""
            return opening + ", ".join(parts) + only + closing
    return None


_BRACKETS: Any = (
    (list, "[", "]"),
    (tuple, "(", ")"),
    (dict, "{", "}"),
    (set, "{", "}"),
    (frozenset, "{", "}"),
)


def _element(value: Any, longest: int, depth: int) -> str:
    text = _brief(value, longest, depth)
    return "<" + type(value).__name__ + ">" if text is None else text


class _TooLong(BaseException):
    """Not an Exception, which a `__repr__` may well catch."""


def _timed(value: Any, until: float) -> str:
    """What a `__repr__` written in Python says, if it says it soon."""

    def trace(frame: Any, *_: Any) -> Any:
        frame.f_trace_opcodes = True  # a loop of one line is one line to it, however long it goes on
        if time.monotonic() > until:
            raise _TooLong
        return trace

    sys.settrace(trace)
    try:
        return repr(value)
    except _TooLong:
        return ""
    finally:
        sys.settrace(None)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


# -- types of libraries: what they know without looking at their elements, and a few of these ----


def _by(*counts: int) -> str:
    return " × ".join(f"{count:,}" for count in counts)


def _array(value: Any) -> Any:
    text = str(value.dtype)
    if value.dtype.kind in "biufcSUmM":
        first = [str(each) for each in value.ravel(order="K")[:_ELEMENTS]] if value.flags.forc else []
        more = ["…"] if value.size > len(first) and first else []
        text += " [" + " ".join(first + more) + "]" if first else ""
    return _by(*value.shape), value.nbytes, text


def _scalar(value: Any) -> Any:
    return "", value.nbytes, str(value)


def _pandas_frame(value: Any) -> Any:
    height, width = value.shape
    names = [str(name) for name in value.columns[:_ELEMENTS]]
    few = width <= 100
    size = int(value.memory_usage(index=False, deep=False).sum()) if few else None
    return _by(height, width), size, ", ".join(names + (["…"] if width > len(names) else []))


def _pandas_series(value: Any) -> Any:
    first = [_element(each, 40, 0) for each in value[:_ELEMENTS].tolist()]
    more = ["…"] if len(value) > len(first) else []
    return _by(len(value)), int(value.nbytes), str(value.dtype) + " [" + ", ".join(first + more) + "]"


def _polars_frame(value: Any) -> Any:
    names = list(value.columns[:_ELEMENTS])
    return _by(*value.shape), None, ", ".join(names + (["…"] if value.width > len(names) else []))


def _polars_series(value: Any) -> Any:
    first = [_element(each, 40, 0) for each in value[:_ELEMENTS].to_list()]
    more = ["…"] if len(value) > len(first) else []
    return _by(len(value)), None, str(value.dtype) + " [" + ", ".join(first + more) + "]"


def _tensor(value: Any) -> Any:
    shape = tuple(value.shape)
    return _by(*shape), value.element_size() * value.nelement(), f"{value.dtype} {value.device}"


_LIBRARIES: Any = (
    ("numpy", "ndarray", _array),
    ("numpy", "generic", _scalar),
    ("pandas", "DataFrame", _pandas_frame),
    ("pandas", "Series", _pandas_series),
    ("pandas", "Index", _pandas_series),
    ("polars", "DataFrame", _polars_frame),
    ("polars", "Series", _polars_series),
    ("torch", "Tensor", _tensor),
)
