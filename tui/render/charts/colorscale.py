"""Colour scales: numbers as colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kernelbridge.outputs import JsonValue
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.figurejson import number_of

_STEPS: Final = 256
_PLASMA: Final = "0d0887 46039f 7201a8 9c179e bd3786 d8576b ed7953 fb9f3a fdca26 f0f921"
_NAMED: Final = {
    "plasma": _PLASMA,
    "viridis": "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725",
    "inferno": "000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4",
    "magma": "000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf",
    "cividis": "00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838",
    "blues": "f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b",
    "reds": "fff5f0 fee0d2 fcbba1 fc9272 fb6a4a ef3b2c cb181d a50f15 67000d",
    "greens": "f7fcf5 e5f5e0 c7e9c0 a1d99b 74c476 41ab5d 238b45 006d2c 00441b",
    "greys": "000000 ffffff",
    "rdbu": "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f",
    "ylgnbu": "081d58 253494 225ea8 1d91c0 41b6c4 7fcdbb c7e9b4 edf8d9 ffffd9",
    "ylorrd": "800026 bd0026 e31a1c fc4e2a fd8d3c feb24c fed976 ffeda0 ffffcc",
    "bluered": "0000ff ff0000",
    "hot": "000000 e60000 ffd200 ffffff",
    "jet": "000083 003caa 05ffff ffff00 fa0000 800000",
}
"""The scales that plotly.js knows by name (components/colorscale/scales.js) and matplotlib's."""


@dataclass(frozen=True, slots=True)
class Colorscale:
    """A range of numbers and 256 colours for it."""

    low: float
    high: float
    colors: Sequence[Rgba]

    def color(self, value: float) -> Rgba:
        """The colour of a number; beyond the ends that of the end."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.colors[min(_STEPS - 1, max(0, int(share * _STEPS)))]


def colors_of(scale: JsonValue, *, is_reversed: bool) -> Sequence[Rgba]:
    """The 256 colours of a scale: a name, or pairs of a place from 0 to 1 and a colour."""
    stops = _stops(scale) or _stops("plasma")
    shares = [index / (_STEPS - 1) for index in range(_STEPS)]
    return [_between(stops, 1 - share if is_reversed else share) for share in shares]


def _stops(scale: JsonValue) -> list[tuple[float, Rgba]]:
    if isinstance(scale, str):
        name = scale.lower()
        base = name.removesuffix("_r")
        hexes = _NAMED.get(base, "").split()
        colors = [color for color in (color_of(f"#{one}") for one in hexes) if color is not None]
        colors = colors[::-1] if base != name else colors
        return [(index / max(1, len(colors) - 1), color) for index, color in enumerate(colors)]
    if not isinstance(scale, list):
        return []
    stops: list[tuple[float, Rgba]] = []
    for index, stop in enumerate(scale[:_STEPS]):
        if isinstance(stop, list) and len(stop) == 2:
            at, color = number_of(stop[0]), color_of(stop[1])
        else:
            at, color = index / max(1, len(scale) - 1), color_of(stop)
        if at is not None and color is not None:
            stops.append((at, color))
    return sorted(stops, key=lambda stop: stop[0])


def _between(stops: Sequence[tuple[float, Rgba]], share: float) -> Rgba:
    behind = next((index for index, (at, _) in enumerate(stops) if at >= share), len(stops) - 1)
    (high_at, high), (low_at, low) = stops[behind], stops[max(0, behind - 1)]
    if high_at <= low_at or share >= high_at:
        return high
    part = max(0.0, (share - low_at) / (high_at - low_at))
    red, green, blue, alpha = (a + (b - a) * part for a, b in zip(low, high, strict=True))
    return Rgba(round(red), round(green), round(blue), alpha)
