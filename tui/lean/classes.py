"""Has dataclasses write the methods of a class when they are first called, not where the class stands.

`dataclasses` writes each method as source and compiles it: half a millisecond a class, a third of a start for
those of tnb and Textual together, and 3 MB. Most of these methods are never called.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeAlias

_Method: TypeAlias = Callable[..., Any]

_KNOWN: Final = {
    "_init_fn": "fields std_fields kw_only_fields frozen has_post_init self_name globals slots",
    "_repr_fn": "fields globals",
    "_cmp_fn": "name op self_tuple other_tuple globals",
    "_frozen_get_del_attr": "cls fields globals",
    "_hash_fn": "fields globals",
    "_is_type": "annotation cls a_module a_type is_type_predicate",
}
"""What makes methods in Python 3.11 and 3.12, and from what; later ones compile those of a class at once.

The last takes each annotation apart three times, to see whether it is a ClassVar, an InitVar or KW_ONLY.
"""
_INSPECT: Final = "inspect"
"""With it `dataclasses` writes docstrings that nobody reads, and it brings Python's tokenizer and more."""


class _Late:
    """A method that is made when it is looked up, and takes its own place in the class then."""

    __slots__ = ("__name__", "_given", "_make")

    def __init__(self, name: str, make: _Method, *given: Any) -> None:
        self.__name__ = name
        self._make = make
        self._given = given

    def __get__(self, instance: object, owner: type) -> Any:
        made = self._make(*self._given)
        for each in owner.__mro__:
            if each.__dict__.get(self.__name__) is self:
                made.__qualname__ = f"{each.__qualname__}.{self.__name__}"
                setattr(each, self.__name__, made)
        return made.__get__(instance, owner)


def write_methods_late() -> None:
    """Classes that are made from now on get their methods late, where this Python is one that is known."""
    _load_inspect_late()
    import dataclasses

    inside: dict[str, Any] = dataclasses.__dict__
    if not all(_parameters(inside.get(name)) == known.split() for name, known in _KNOWN.items()):
        return
    init, represent, compare, freeze, hashed, is_type = (inside[name] for name in _KNOWN)

    def late_init(*given: Any) -> _Late:
        return _Late("__init__", init, *given)

    def late_repr(*given: Any) -> _Late:
        return _Late("__repr__", represent, *given)

    def late_comparison(name: str, *given: Any, **named: Any) -> _Late:
        return _Late(name, partial(compare, name, **named), *given)

    def late_freezing(*given: Any) -> tuple[_Late, _Late]:
        return _Late("__setattr__", _frozen(freeze, 0), *given), _Late(
            "__delattr__", _frozen(freeze, 1), *given
        )

    def late_hash(*given: Any) -> _Late:
        return _Late("__hash__", hashed, *given)

    def is_special(annotation: str, *given: Any) -> bool:
        return ("Var" in annotation or "KW_ONLY" in annotation) and is_type(annotation, *given)

    late = (late_init, late_repr, late_comparison, late_freezing, late_hash, is_special)
    inside.update(zip(_KNOWN, late, strict=True))
    inside[_INSPECT] = _without_signatures()


def _frozen(freeze: _Method, which: int) -> _Method:
    return lambda *given: freeze(*given)[which]


def _parameters(function: Any) -> list[str]:
    code = getattr(function, "__code__", None)
    return [] if code is None else list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def _without_signatures() -> ModuleType:
    """`inspect` for `dataclasses`, which makes no docstring then for a class that has none."""
    module = ModuleType(_INSPECT)

    def no_signature(_: object) -> str:
        return ""  # no error, which Python 3.11.3 and older do not expect

    vars(module)["signature"] = no_signature
    module.__getattr__ = lambda name: getattr(import_module(_INSPECT), name)
    return module


def _load_inspect_late() -> None:
    """Who imports it from now on gets it when something in it is asked for."""
    if _INSPECT in sys.modules:
        return
    late = ModuleType(_INSPECT)

    def found(name: str) -> object:
        if name.startswith("__"):  # what importing asks of any module
            raise AttributeError(name)
        if sys.modules.get(_INSPECT) is late:
            del sys.modules[_INSPECT]
        return getattr(import_module(_INSPECT), name)

    late.__getattr__ = found
    sys.modules[_INSPECT] = late
