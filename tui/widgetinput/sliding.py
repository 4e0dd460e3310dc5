"""Keys on sliders: a step, ten steps, the ends."""

from __future__ import annotations

from math import log

from kernelbridge.widgets.model import Model
from tui.render.widgets.values import Number, index_of, indices_of, number, numbers, options_of
from tui.widgetinput.acts import Change

_STEPS = {"left": -1, "right": 1, "shift+left": -10, "shift+right": 10, "pageup": 10, "pagedown": -10}


def slide(model: Model, part: int, key: str) -> Change | None:
    """What a key does with a knob; None where it means nothing there."""
    if key not in _STEPS and key not in ("home", "end"):
        return None
    if "_options_labels" in model.state:
        return _slide_options(model, part, key)
    low, high, step = number(model, "min", 0), number(model, "max", 100), number(model, "step", 1) or 1
    if model.name == "FloatLogSliderModel":
        base = number(model, "base", 10)
        value = number(model, "value", 1)
        if base <= 0 or base == 1 or value <= 0:
            return None
        power = _moved(log(value, base), low, high, step, key)
        try:
            return Change({"value": _short(float(base) ** float(power))})
        except OverflowError:
            return None
    if isinstance(model.state.get("value"), list):
        return _slide_one_of_two(model, part, key, step)
    return Change({"value": _like(model, _moved(number(model, "value", low), low, high, step, key))})


def _slide_one_of_two(model: Model, part: int, key: str, step: Number) -> Change | None:
    """A knob of a range goes no further than the other."""
    ends = numbers(model, "value")
    if len(ends) != 2:
        return None
    low = number(model, "min", 0) if part == 0 else ends[0]
    high = ends[1] if part == 0 else number(model, "max", 100)
    ends[part] = _moved(ends[part], low, high, step, key)
    whole = all(isinstance(each, int) for each in numbers(model, "value"))
    return Change({"value": [round(each) if whole else _short(each) for each in ends]})


def _slide_options(model: Model, part: int, key: str) -> Change | None:
    last = len(options_of(model)) - 1
    if last < 0:
        return None
    if isinstance(model.state.get("index"), list):
        ends = indices_of(model)
        if len(ends) != 2:
            return None
        low, high = (0, ends[1]) if part == 0 else (ends[0], last)
        ends[part] = int(_moved(ends[part], low, high, 1, key))
        return Change({"index": ends})
    return Change({"index": int(_moved(index_of(model) or 0, 0, last, 1, key))})


def _moved(value: Number, low: Number, high: Number, step: Number, key: str) -> Number:
    match key:
        case "home":
            return low
        case "end":
            return high
        case _:
            return max(low, min(high, value + step * _STEPS[key]))


def _like(model: Model, value: Number) -> Number:
    """The number as whole or not as the widget's is."""
    return round(value) if isinstance(model.state.get("value"), int) else _short(value)


def _short(value: Number) -> float:
    """Without what adding steps leaves behind the twelfth digit."""
    return float(f"{value:.12g}")
