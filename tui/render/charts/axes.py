"""Axes: what kind of values they have, and how those become numbers to place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import chain, islice
from math import log10
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.figurejson import items_at, number_of, text_at, text_of

_SAMPLE: Final = 200
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class AxisKind(Enum):
    """What an axis counts in; the value is Plotly's name."""

    LINEAR = "linear"
    LOG = "log"
    """Its unit is the logarithm to base 10."""
    DATE = "date"
    """Its unit is the millisecond since 1970."""
    CATEGORY = "category"
    """Its unit is the index of the category."""


@dataclass(slots=True)
class Measure:
    """How values become numbers on an axis; categories get theirs as they come."""

    kind: AxisKind
    categories: dict[str, int] = field(default_factory=dict[str, int])

    def place(self, value: JsonValue) -> float | None:
        """The number of a value; None of what has no place on the axis."""
        match self.kind:
            case AxisKind.LINEAR:
                return number_of(value)
            case AxisKind.LOG:
                number = number_of(value)
                return log10(number) if number is not None and number > 0 else None
            case AxisKind.DATE:
                return milliseconds_of(value)
            case AxisKind.CATEGORY:
                if value is None:
                    return None
                return self.categories.setdefault(text_of(value), len(self.categories))

    def places(self, values: Sequence[JsonValue]) -> list[float | None]:
        """The numbers of values."""
        return [self.place(value) for value in values]

    def coordinate(self, value: JsonValue) -> float | None:
        """A place as ranges, shapes and annotations give it: logarithms and indices as they are."""
        if self.kind is AxisKind.DATE:
            return milliseconds_of(value)
        if self.kind is AxisKind.CATEGORY and isinstance(value, str):
            return self.categories.get(text_of(value))
        return number_of(value)


def milliseconds_of(value: JsonValue) -> float | None:
    """The milliseconds since 1970 of a date, as text in ISO 8601 or as that number; zones do not count."""
    if not isinstance(value, str):
        return number_of(value)
    text = value.strip()
    if len(text) > 40:
        return None
    if len(text) == 7 and text[4] == "-":
        text += "-01"
    elif len(text) == 4 and text.isdecimal():
        text += "-01-01"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.replace(tzinfo=UTC) - EPOCH) / _MILLISECOND


def measure_of(axis: JsonObject, columns: Iterable[Sequence[JsonValue]]) -> Measure:
    """How an axis measures: as its type says, or else as most of the values of its traces look."""
    written = text_at(axis, "type")
    kind = next((kind for kind in AxisKind if kind.value == written), None) or _kind_of(columns)
    order = items_at(axis, "categoryarray") if kind is AxisKind.CATEGORY else ()
    return Measure(kind, {text: index for index, text in enumerate(dict.fromkeys(map(text_of, order)))})


def _kind_of(columns: Iterable[Sequence[JsonValue]]) -> AxisKind:
    present = (value for value in chain.from_iterable(columns) if value is not None)
    sample = list(islice(present, _SAMPLE))
    numbers = sum(number_of(value) is not None for value in sample)
    dates = sum(
        isinstance(value, str) and "-" in value[1:] and milliseconds_of(value) is not None for value in sample
    )
    if 2 * dates > len(sample):
        return AxisKind.DATE
    return AxisKind.LINEAR if 2 * numbers >= len(sample) else AxisKind.CATEGORY
