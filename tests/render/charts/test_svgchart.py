"""A chart as SVG: well formed, with its words and marks, and nothing of what the figure would smuggle in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kernelbridge.outputs import JsonValue
from render.charts.figures import figure
from tui.render.canvas import Ground
from tui.render.charts.plotly import plotly_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(value: JsonValue, ground: Ground = Ground.LIGHT) -> ElementTree.Element:
    return ElementTree.fromstring(plotly_svg(value, ground))


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_it_is_as_large_as_the_figure_and_has_its_words() -> None:
    svg = drawn(
        figure({"y": [0, 10], "name": "a & b"}, {"y": [1, 2]}, title="<b>Title</b>", width=800, height=400)
    )

    assert (svg.get("width"), svg.get("height")) == ("1000", "500")
    assert {"Title", "a & b", "0", "10"} <= set(words(svg))


def test_lines_bars_and_markers_are_elements_of_their_colours() -> None:
    svg = drawn(
        figure(
            {"type": "bar", "y": [1, 2, 3], "marker": {"color": "#112233"}},
            {"y": [1, 2, 3], "mode": "lines", "line": {"color": "#ff0000", "dash": "dot"}},
            {"y": [3, 2, 1], "mode": "markers", "marker": {"color": "rgba(0,255,0,0.5)", "size": 10}},
            showlegend=False,
        )
    )
    bars = [element for element in svg.iter(f"{SVG}rect") if element.get("fill") == "#112233"]
    lines = [element for element in svg.iter(f"{SVG}path") if element.get("stroke") == "#ff0000"]
    dots = list(svg.iter(f"{SVG}circle"))

    assert len(bars) == 3
    assert lines[0].get("stroke-dasharray")
    assert [(dot.get("fill"), dot.get("fill-opacity"), dot.get("r")) for dot in dots] == [
        ("#00ff00", "0.500", "5.0")
    ] * 3


@pytest.mark.parametrize("ground", Ground)
def test_its_ground_is_that_of_the_theme(ground: Ground) -> None:
    first = next(drawn(figure({"y": [1, 2]}), ground).iter(f"{SVG}rect"))
    assert first.get("fill") == {Ground.DARK: "#181a1f", Ground.LIGHT: "#fcfcfa"}[ground]


def test_words_are_escaped() -> None:
    svg = drawn(figure({"x": ["</text><script>", '"'], "y": [1, 2]}))
    assert "</text><script>" in words(svg)
    assert not list(svg.iter(f"{SVG}script"))
