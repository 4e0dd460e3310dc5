"""What a figure leaves to its template: colours of traces, options of axes, colour scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.charts.chart import Gradient
from tui.render.charts.colors import Rgba, color_of
from tui.render.charts.colorscale import Colorscale, colors_of
from tui.render.charts.figurejson import (
    number_of,
    object_at,
    text_at,
    title_of,
    value_at,
)
from tui.render.charts.typedarrays import column_of, table_of

_COLORWAY: Final = (
    "#636efa",
    "#EF553B",
    "#00cc96",
    "#ab63fa",
    "#FFA15A",
    "#19d3f3",
    "#FF6692",
    "#B6E880",
    "#FF97FF",
    "#FECB52",
)
"""Of the template `plotly`, which figures have where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Theming:
    """A figure's layout with the template below it."""

    layout: JsonObject
    traces: Sequence[JsonObject]
    _ends: dict[str, list[float]] = field(default_factory=dict[str, "list[float]"])
    """What traces that share an axis of colours have for it, once it was looked for."""

    @property
    def template(self) -> JsonObject:
        """The template's layout."""
        return object_at(self.layout, "template", "layout")

    def option(self, *keys: str) -> JsonValue:
        """What the layout says, or else the template."""
        own = value_at(self.layout, *keys)
        return value_at(self.template, *keys) if own is None else own

    def axis(self, name: str) -> JsonObject:
        """The options of an axis such as `yaxis2`, upon those that the template has for all of them."""
        return {**object_at(self.template, name[:5]), **object_at(self.layout, name)}

    def colorway(self) -> list[Rgba]:
        """The colours that traces take in turn."""
        written = self.option("colorway")
        colors = [color_of(one) for one in written[:100]] if isinstance(written, list) else []
        found = [color for color in colors if color is not None]
        return found or [color for color in map(color_of, _COLORWAY) if color is not None]

    def scaling(self, part: JsonObject, values: Sequence[float]) -> Colorscale:
        """The colour scale for the numbers of a part of a trace."""
        shared = text_at(part, "coloraxis")
        options = (
            {**object_at(self.template, "coloraxis"), **object_at(self.layout, shared)} if shared else part
        )
        if shared:
            values = [*values, *self._sharing(shared)]
        prefix = "c" if shared or "z" not in part else "z"
        low = number_of(value_at(options, f"{prefix}min"))
        high = number_of(value_at(options, f"{prefix}max"))
        low, high = min(values) if low is None else low, max(values) if high is None else high
        middle = number_of(value_at(options, f"{prefix}mid"))
        if middle is not None:
            reach = max(abs(high - middle), abs(middle - low))
            low, high = middle - reach, middle + reach
        written = value_at(options, "colorscale") or value_at(self.template, "colorscale", "sequential")
        return Colorscale(
            low, high, colors_of(written, is_reversed=value_at(options, "reversescale") is True)
        )

    def _sharing(self, shared: str) -> list[float]:
        """The ends of the numbers of all traces that take their colours from one axis of colours."""
        if shared in self._ends:
            return self._ends[shared]
        ends = self._ends[shared] = list[float]()
        for trace in self.traces:
            if text_at(trace, "coloraxis") == shared:
                numbers = [number_of(value) for row in table_of(value_at(trace, "z")) for value in row]
            elif text_at(trace, "marker", "coloraxis") == shared:
                color = value_at(trace, "marker", "color")
                numbers = [number_of(value) for value in (() if isinstance(color, str) else column_of(color))]
            else:
                continue
            known = [number for number in numbers if number is not None]
            ends += (min(known), max(known)) if known else ()
        return ends

    def gradients(self) -> list[Gradient]:
        """What the colour scales stand for that the figure explains, each once."""
        found: dict[str, Gradient] = {}
        for index, trace in enumerate(self.traces[:50]):
            for part, numbers in _colored_parts(trace):
                if not numbers or value_at(part, "showscale") is False:
                    continue
                shared = text_at(part, "coloraxis")
                options = object_at(self.layout, shared) if shared else part
                if value_at(options, "showscale") is False:
                    continue
                name = shared or str(index)
                if name not in found:
                    title = title_of(object_at(options, "colorbar"))
                    found[name] = Gradient(self.scaling(part, numbers), title)
        return list(found.values())


def _colored_parts(trace: JsonObject) -> list[tuple[JsonObject, list[float]]]:
    """The parts of a trace whose colours are numbers, where Plotly shows a bar for them."""
    if text_at(trace, "type") in ("heatmap", "heatmapgl", "contour"):
        numbers = [number_of(value) for row in table_of(value_at(trace, "z")) for value in row]
        return [(trace, [number for number in numbers if number is not None])]
    marker = object_at(trace, "marker")
    color = value_at(marker, "color")
    if isinstance(color, str) or not (value_at(marker, "showscale") is True or "coloraxis" in marker):
        return []
    numbers = [number_of(value) for value in column_of(color)]
    return [(marker, [number for number in numbers if number is not None])]
