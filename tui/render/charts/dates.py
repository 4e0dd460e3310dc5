"""Ticks on an axis of dates: at beginnings of years, months, days, hours and so on."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from tui.render.charts.axes import EPOCH

_SECOND: Final = 1000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_MONTH: Final = 30.44 * _DAY
_STEPS: Final = (
    *(_SECOND / 1000 * factor for factor in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    *(_SECOND * factor for factor in (1, 2, 5, 10, 15, 30)),
    *(_MINUTE * factor for factor in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * factor for factor in (1, 2, 3, 6, 12)),
    *(_DAY * factor for factor in (1, 2, 7, 14)),
)
_MONTHS: Final = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_EARLIEST: Final = (datetime(1, 1, 2, tzinfo=EPOCH.tzinfo) - EPOCH) / timedelta(milliseconds=1)
_LATEST: Final = (datetime(9999, 12, 30, tzinfo=EPOCH.tzinfo) - EPOCH) / timedelta(milliseconds=1)
_KNOWN: Final = frozenset("YymdBbHMSejAaIpfLqn%")
_MONDAY: Final = 4 * _DAY  # 1970 began on a Thursday


def date_ticks(low: float, high: float, most: int, written: str = "") -> list[tuple[float, str]]:
    """At most about so many moments between two, in milliseconds since 1970, with their labels.

    `written` is a format of d3 or empty.
    """
    low, high = max(low, _EARLIEST), min(high, _LATEST)
    if low > high:
        return []
    least = (high - low) / most
    step = next((step for step in _STEPS if step >= least), None)
    places = _even(low, high, step) if step is not None else _by_months(low, high, least)
    if step is None and not written:
        return _month_labels(places)
    return [(at, date_label(at, step or _MONTH * 12, written)) for at in places]


def _even(low: float, high: float, step: float) -> list[float]:
    offset = _MONDAY if step >= 7 * _DAY else 0
    first = ceil((low - offset) / step)
    return [offset + index * step for index in range(first, int((high - offset) // step) + 1)]


def _by_months(low: float, high: float, least: float) -> list[float]:
    stride = next((months for months in _MONTHS if months * _MONTH >= least), _MONTHS[-1])
    begin = moment(low)
    index = ceil((begin.year * 12 + begin.month - 1) / stride) * stride
    places: list[float] = []
    while index < 12 * 9999:
        at = (datetime(max(1, index // 12), index % 12 + 1, 1, tzinfo=EPOCH.tzinfo) - EPOCH) / timedelta(
            milliseconds=1
        )
        if at > high:
            break
        if at >= low:
            places.append(at)
        index += stride
    return places


def _month_labels(places: list[float]) -> list[tuple[float, str]]:
    """Years where all stand at their beginnings; else months, with the year where it is another one."""
    moments = [moment(at) for at in places]
    if all(one.month == 1 for one in moments):
        return [(at, f"{one.year}") for at, one in zip(places, moments, strict=True)]
    years = [None, *(one.year for one in moments)]
    return [
        (at, f"{one:%b} {one.year}" if one.year != before else f"{one:%b}")
        for at, one, before in zip(places, moments, years, strict=False)
    ]


def moment(milliseconds: float) -> datetime:
    """The moment so many milliseconds after 1970, as near as Python's dates can tell it."""
    return EPOCH + timedelta(milliseconds=min(max(milliseconds, _EARLIEST), _LATEST))


def date_label(milliseconds: float, step: float, written: str = "") -> str:
    """A moment with what tells it from others a step away; midnight is written as its day."""
    one = moment(milliseconds)
    if written:
        return _formatted(one, written)
    is_midnight = not (one.hour or one.minute or one.second or one.microsecond)
    if step >= _DAY or is_midnight:
        return f"{one:%b} {one.day}"
    if step >= _MINUTE:
        return f"{one:%H:%M}"
    return f"{one:%H:%M:%S}" if step >= _SECOND else f"{one:%S.%f}"[:-3]


def _formatted(one: datetime, written: str) -> str:
    """The moment in a format of d3, whose letters are those of `strftime` where both have them."""
    text = written[:60].replace("\n", " ").replace("%-", "%").replace("%L", f"{one.microsecond // 1000:03}")
    text = text.replace("%q", str((one.month - 1) // 3 + 1)).replace("%e", str(one.day))
    letters = text.split("%")[1:]
    if any(part[:1] and part[0] not in _KNOWN for part in letters):
        return f"{one:%b} {one.day}"
    return one.strftime(text).strip()
