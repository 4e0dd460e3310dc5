"""Where the ticks of an axis stand, at numbers that people count in, and what is written at them."""

from __future__ import annotations

from itertools import count
from math import ceil, floor, log10
from typing import Final, NamedTuple

from kernelbridge.outputs import JsonObject
from tui.render.charts.axes import AxisKind, Measure
from tui.render.charts.dates import date_ticks
from tui.render.charts.figurejson import items_at, number_of, text_at, text_of, value_at

_MOST: Final = 400
_PREFIXES: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
"""As Plotly writes them ("exponentformat": "B")."""
_ALMOST: Final = 1e-9


class Tick(NamedTuple):
    """A place on an axis, in its units, and what is written there."""

    at: float
    label: str


class Range(NamedTuple):
    """What an axis shows, in its units; the first stands left or at the bottom, and may be the higher."""

    start: float
    end: float

    @property
    def low(self) -> float:
        """The lower end."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The higher end."""
        return max(self.start, self.end)

    def share(self, value: float) -> float:
        """Where a value is: 0 at the start, 1 at the end."""
        span = self.end - self.start
        return (value - self.start) / span if span else 0.5


def ticks_of(axis: JsonObject, measure: Measure, shown: Range, most: int) -> list[Tick]:
    """At most about so many ticks: those that the figure asks for, or good ones."""
    if value_at(axis, "showticklabels") is False or value_at(axis, "visible") is False:
        return []
    ticks = _written(axis, measure) or _found(axis, measure, shown, max(2, most))
    before, behind = text_at(axis, "tickprefix"), text_at(axis, "ticksuffix")
    slack = (shown.high - shown.low) * _ALMOST
    inside = [tick for tick in ticks[:_MOST] if shown.low - slack <= tick.at <= shown.high + slack]
    return [Tick(tick.at, f"{before}{tick.label}{behind}") for tick in inside]


def _written(axis: JsonObject, measure: Measure) -> list[Tick]:
    """The ticks that stand in the figure."""
    values, texts = items_at(axis, "tickvals"), items_at(axis, "ticktext")
    ticks: list[Tick] = []
    for index, value in enumerate(values[:_MOST]):
        at = measure.place(value)
        label = text_of(texts[index] if index < len(texts) else value)
        if at is not None:
            ticks.append(Tick(at, label))
    return ticks


def _found(axis: JsonObject, measure: Measure, shown: Range, most: int) -> list[Tick]:
    written = text_at(axis, "tickformat")
    match measure.kind:
        case AxisKind.CATEGORY:
            return [Tick(index, text) for text, index in measure.categories.items()]
        case AxisKind.DATE:
            return [Tick(at, label) for at, label in date_ticks(shown.low, shown.high, most, written)]
        case AxisKind.LOG:
            return _log_ticks(shown, most)
        case AxisKind.LINEAR:
            return _linear_ticks(shown, most, written, number_of(value_at(axis, "dtick")))


def _linear_ticks(shown: Range, most: int, written: str, wanted: float | None) -> list[Tick]:
    span = shown.high - shown.low
    if not span:
        return [Tick(shown.low, number_label(shown.low, 0))]
    step = nice_step(span / most)
    if wanted is not None and step / 4 <= wanted and span / wanted <= most * 1.5:
        step = wanted
    first = ceil(shown.low / step - _ALMOST)
    places = (index * step for index in count(first))
    values: list[float] = []
    for value in places:
        if value > shown.high + step * _ALMOST or len(values) >= _MOST:
            break
        values.append(value)
    return [Tick(value, formatted(value, written) or number_label(value, step)) for value in values]


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** floor(log10(least)) if least > 1e-300 else 1e-300
    return next(
        (factor * power for factor in (1, 2, 5) if factor * power >= least * (1 - _ALMOST)), 10 * power
    )


def _log_ticks(shown: Range, most: int) -> list[Tick]:
    low, high = floor(shown.low + _ALMOST), ceil(shown.high - _ALMOST)
    decades = high - low
    if decades > 1.5 * most:
        stride = ceil(decades / most)
        return [Tick(power, _power_label(power)) for power in range(low, high + 1, stride)]
    factors = (1, 2, 5) if shown.high - shown.low < most / 3 else (1,)
    return [
        Tick(power + log10(factor), _power_label(power, factor))
        for power in range(low, high + 1)
        for factor in factors
    ]


def _power_label(power: int, factor: int = 1) -> str:
    if -4 <= power <= 14:
        return number_label(factor * 10.0**power, 10.0**power)
    return f"{factor}e{power}"


def number_label(value: float, step: float) -> str:
    """A number with the digits that tell it from its neighbours a step away."""
    if abs(value) < step * _ALMOST or value == 0:
        return "0"
    size = max(abs(value), step)
    if size >= 1e15 or size < 1e-4:
        return f"{value:.3g}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")
    for scale, prefix in _PREFIXES:
        if abs(value) >= scale and size >= 1e4:
            return f"{_trimmed(value / scale, step / scale)}{prefix}"
    return _trimmed(value, step)


def _trimmed(value: float, step: float) -> str:
    digits = 0 if step <= 0 else max(0, min(10, -floor(log10(step) + _ALMOST)))
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text and step <= 0 else text


def formatted(value: float, written: str) -> str:
    """The number in a d3 format such as `.0%`, `,.2f` or `~s`; empty for a format that is not known."""
    kind, body = written[-1:], written[:-1].lstrip("$~+")
    if not written or kind not in "%fdeg" or not set(body) <= set(",.0123456789"):
        return ""
    comma, _, digits = body.replace("~", "").partition(".")
    precision = int(digits) if digits.isdecimal() and len(digits) < 3 else (0 if kind in "%d" else 6)
    sign = "$" if written.startswith("$") else ""
    spec = f"{',' if ',' in comma else ''}.{precision}{'f' if kind == 'd' else kind}"
    return sign + format(value, spec)
