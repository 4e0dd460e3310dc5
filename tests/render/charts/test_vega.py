"""Charts of Vega and Vega-Lite, laid out by vl-convert and drawn by us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData, JsonValue
from tui.render.canvas import Canvas, Ground
from tui.render.charts import vega
from tui.render.charts.textchart import chart_rows
from tui.render.charts.vegascene import arrangement_of
from tui.render.drawing import CannotDrawError, Drawing, Pending, Shortened
from tui.render.outputs import draw_output
from tui.render.registry import candidates
from tui.render.rowops import plain, row_width
from tui.render.rows import Row

if TYPE_CHECKING:
    import pytest

VEGA_LITE = "application/vnd.vegalite.v5+json"
BARS: JsonValue = {
    "data": {"values": [{"name": "Alpha", "count": 28}, {"name": "Beta", "count": 55}]},
    "title": "How many",
    "mark": "bar",
    "encoding": {
        "x": {"field": "name", "type": "nominal"},
        "y": {"field": "count", "type": "quantitative"},
        "color": {"field": "name", "type": "nominal"},
    },
}


def rows_of(drawing: Drawing) -> list[Row]:
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def text(**bundle: JsonValue) -> str:
    drawing = draw_output(DisplayData(bundle), Canvas(72))
    return "\n".join(plain(row).rstrip() for row in rows_of(drawing))


def drawn(graph: JsonValue, columns: int = 40) -> list[Row]:
    return chart_rows(arrangement_of(graph, columns), Ground.DARK)


def graph(*marks: JsonValue, width: float = 120, height: float = 60) -> JsonValue:
    """A scene graph as Vega writes it."""
    root: JsonValue = {"marktype": "group", "items": [{"items": list(marks), "x": 0, "y": 0}]}
    return {"width": width, "height": height, "origin": [0, 0], "scenegraph": root}


def test_a_chart_of_vega_lite_has_its_words_as_text_and_its_bars_as_blocks() -> None:
    shown = text(**{VEGA_LITE: BARS, "text/plain": "alt.Chart(...)"})

    assert "How many" in shown
    assert re.search("Alpha +Beta", shown)
    assert "■ Alpha" in shown
    assert shown.count("How many") == 1


def test_data_at_an_address_is_not_fetched_and_that_is_said() -> None:
    spec: JsonValue = {"data": {"url": "https://a.example/cars.json"}, "mark": "point", "encoding": {}}
    shown = text(**{VEGA_LITE: spec, "text/plain": "the chart"})

    assert "https://a.example/cars.json, which is not fetched" in shown.replace("\n", "")


def test_what_cannot_be_laid_out_is_said_and_the_rest_of_the_bundle_shown() -> None:
    shown = text(**{VEGA_LITE: {"mark": "no such mark"}, "text/plain": "the chart"})

    assert "vl-convert cannot lay it out" in shown
    assert shown.endswith("the chart")


def test_without_vl_convert_a_picture_is_drawn_or_else_the_extra_named_above_the_specification(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.render.charts.vega.is_installed", lambda: False)
    with_picture = candidates({VEGA_LITE: BARS, "image/png": "iVBORw=="}, {})
    alone = candidates({VEGA_LITE: BARS, "text/plain": "alt.Chart(...)"}, {})
    rows = alone[0].draw(Canvas(72))

    assert with_picture[0].content.mime == "image/png"
    assert plain(rows_of(rows)[0]).startswith("to draw charts of Vega: pip install 'tnb[charts]'")
    assert plain(rows_of(rows)[1]) == "{"
    assert isinstance(vega.draw_without_library(alone[0].content, Canvas(30)), Shortened | list)


def test_words_stand_where_the_scene_has_them() -> None:
    words: JsonValue = {"x": 60, "y": 30, "text": "\x1b[2Jhere", "align": "right", "baseline": "middle"}
    label: JsonValue = {"marktype": "text", "role": "axis-label", "items": [words]}
    (row,) = [plain(row) for row in drawn(graph(label)) if plain(row).strip()]
    assert row.rstrip() == "here".rjust(10)


def test_rectangles_lines_and_symbols_are_drawn_in_their_colours() -> None:
    marks: list[JsonValue] = [
        {"marktype": "rect", "items": [{"x": 0, "y": 0, "width": 60, "height": 24, "fill": "#102030"}]},
        {"marktype": "line", "items": [{"x": 0, "y": 40, "stroke": "#ff0000"}, {"x": 120, "y": 40}]},
        {"marktype": "symbol", "items": [{"x": 90, "y": 12, "size": 30, "fill": "#00ff00"}]},
    ]
    spans = [span for row in drawn(graph(*marks)) for span in row]
    assert any(span.style.bg == (16, 32, 48) and span.width == 10 for span in spans)
    assert any(span.style.fg == (255, 0, 0) and span.width == 20 for span in spans)
    assert any(span.style.fg == (0, 255, 0) for span in spans)


VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["red", "middle", "right"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["items", "stops", "color"]), inner)
    ),
    max_leaves=5,
)
ITEMS = st.dictionaries(
    st.sampled_from(
        [
            "x",
            "y",
            "x2",
            "y2",
            "width",
            "height",
            "fill",
            "stroke",
            "text",
            "align",
            "size",
            "startAngle",
            "endAngle",
            "items",
            "opacity",
        ]
    ),
    st.floats(-200, 200) | VALUES,
)
MARKS = st.fixed_dictionaries(
    {
        "marktype": st.sampled_from(
            ["group", "text", "rule", "rect", "symbol", "line", "area", "arc", "path"]
        ),
        "role": st.sampled_from(["mark", "axis-grid", "axis-label", "legend-symbol"]),
        "items": st.lists(ITEMS | VALUES, max_size=4),
    }
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(MARKS, max_size=4), VALUES | st.floats(1, 1e4), VALUES | st.floats(1, 1e4), st.integers(2, 100)
)
def test_whatever_stands_in_a_scene_it_is_drawn_in_the_width_or_refused(
    marks: list[JsonValue], width: JsonValue, height: JsonValue, columns: int
) -> None:
    root: JsonValue = {"marktype": "group", "items": [{"items": marks}]}
    value: JsonValue = {"width": width, "height": height, "origin": [], "scenegraph": root}
    try:
        rows = drawn(value, columns)
    except CannotDrawError:
        return
    assert all(row_width(row) <= columns for row in rows)
