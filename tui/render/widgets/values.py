"""Values in widgets' states, whatever they are: numbers, indices, options, as a person sees them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TypeGuard

from kernelbridge.outputs import JsonValue
from kernelbridge.widgets.model import Model, items_of
from tui.render.widgets.surface import short

Number = int | float
_LARGEST, _MOST_BITS = 1e300, 900
"""So that sums and products of them are numbers, too."""
_FORMAT = re.compile(r",?(\.\d{1,2})?[defg%]")
"""What is taken of d3's number formats, which are Python's where they are so simple."""
_MOST_OPTIONS = 10_000


def number_of(value: JsonValue) -> Number | None:
    """A number that can be reckoned with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value if value.bit_length() < _MOST_BITS else None
    return value if math.isfinite(value) and abs(value) < _LARGEST else None


def number(model: Model, key: str, otherwise: Number) -> Number:
    """The number of a trait."""
    found = number_of(model.state.get(key))
    return otherwise if found is None else found


def numbers(model: Model, key: str) -> list[Number]:
    """The numbers of a trait that is a list, none where any is none."""
    found = [number_of(item) for item in items_of(model.state.get(key))[:2]]
    return [each for each in found if each is not None]


def index_of(model: Model, key: str = "index") -> int | None:
    """Which option or page is chosen."""
    value = model.state.get(key)
    return value if _is_index(value) else None


def indices_of(model: Model, key: str = "index") -> list[int]:
    """Which options are chosen."""
    items = items_of(model.state.get(key))[:_MOST_OPTIONS]
    return [item for item in items if _is_index(item)]


def _is_index(value: JsonValue) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST_OPTIONS


def options_of(model: Model) -> Sequence[str]:
    """What can be chosen, as text that is safe."""
    options = items_of(model.state.get("_options_labels"))
    return [short(item) if isinstance(item, str) else "?" for item in options[:_MOST_OPTIONS]]


def titles_of(model: Model) -> Sequence[JsonValue]:
    """The titles of tabs; those of ipywidgets 7 are by number in an object."""
    titles = model.state.get("titles")
    if isinstance(titles, list):
        return items_of(titles)
    by_number = model.state.get("_titles")
    if isinstance(by_number, dict):
        return [by_number.get(str(at)) for at in range(min(len(by_number), _MOST_OPTIONS))]
    return ()


def written(value: Number, form: str) -> str:
    """A number in a widget's format."""
    if _FORMAT.fullmatch(form) and not (form.endswith("d") and isinstance(value, float)):
        return format(value, form)
    return str(value) if isinstance(value, int) else f"{value:g}"
