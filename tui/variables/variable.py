"""A variable of the kernel as a value, and what a person sees of them all: sorted and filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a variable is to a person."""

    DATA = "data"
    FUNCTION = "function"
    CLASS = "class"
    MODULE = "module"


@dataclass(frozen=True, slots=True)
class Variable:
    """One of them; no text is sanitized."""

    name: str
    kind: Kind
    type_name: str
    shape: str
    """How many of what, as `3 × 4`; empty where that says nothing."""
    size: int | None
    """Bytes, where they are known without counting."""
    value: str
    """The beginning of it; empty where finding out might cost something."""
    is_table: bool = False
    """Whether it can be looked at as a table."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is, in the order in which the kernel has it."""

    variables: tuple[Variable, ...]
    left_out: int = 0
    """Variables beyond the most that are asked for."""


class Order(Enum):
    """What variables are sorted by; the value is the heading."""

    NAME = "name"
    TYPE = "type"
    SHAPE = "shape"
    SIZE = "size"
    VALUE = "value"
    MADE = "age"
    """The newest first."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is shown of them, and in which order."""

    order: Order = Order.NAME
    is_reversed: bool = False
    needle: str = ""
    """A part of name or type."""
    shows_all: bool = False
    """Also functions, classes and modules."""


def arranged(variables: Sequence[Variable], how: Arrangement) -> list[Variable]:
    """The variables to be shown, in order; those that are alike by name."""
    needle = how.needle.casefold()
    kept = [
        each
        for each in variables
        if (how.shows_all or each.kind is Kind.DATA) and needle in f"{each.name} {each.type_name}".casefold()
    ]
    if how.order is Order.MADE:
        return kept if how.is_reversed else kept[::-1]
    kept.sort(key=lambda each: (each.name.casefold(), each.name))
    is_falling = how.is_reversed != (how.order in _LARGEST_FIRST)
    kept.sort(key=lambda each: _key(each, how.order), reverse=is_falling)
    return kept


_LARGEST_FIRST = (Order.SIZE, Order.SHAPE)


def _key(variable: Variable, order: Order) -> tuple[float, str]:
    match order:
        case Order.NAME | Order.MADE:
            return 0, variable.name.casefold()
        case Order.TYPE:
            return 0, variable.type_name.casefold()
        case Order.SIZE:
            return -1 if variable.size is None else variable.size, ""
        case Order.SHAPE:
            return _extent(variable.shape), ""
        case Order.VALUE:
            return _number(variable.value)


def _extent(shape: str) -> float:
    """How many elements there are; -1 where there is no saying."""
    extent = 1.0
    for part in shape.split("×"):
        try:
            extent *= float(part.strip().replace(",", ""))
        except ValueError:
            return -1
    return extent


def _number(value: str) -> tuple[float, str]:
    """Numbers before texts, each in their order."""
    try:
        number = float(value)
    except ValueError:
        return float("inf"), value.casefold()
    return (number, "") if number == number else (float("inf"), "")
