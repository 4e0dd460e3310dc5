"""Plotly's figures as rows: what is written where, and what is refused."""

from __future__ import annotations

import base64
import re
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernelbridge.outputs import JsonValue
from render.charts.figures import drawn, figure, text
from tui.render.canvas import Canvas, Ground, Pictures
from tui.render.charts.plotly import draw_plotly
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Pending
from tui.render.rowops import row_width
from tui.render.rows import Rgb, Row
from tui.sanitize import visible
from tui.terminal.graphics.gallery import Gallery
from tui.terminal.graphics.placeholders import PLACEHOLDER


def drawn_or_refused(value: JsonValue, width: int = 72) -> list[Row] | str:
    """The rows, or why there are none."""
    try:
        return drawn(value, width)
    except CannotDrawError as error:
        return str(error)


def colors(rows: list[Row]) -> set[Rgb]:
    """The colours that are not the theme's."""
    found = {color for row in rows for span in row for color in (span.style.fg, span.style.bg)}
    return {color for color in found if isinstance(color, tuple)}


def test_a_line_has_its_titles_and_numbers_that_people_count_in_on_both_axes() -> None:
    shown = text(
        figure(
            {"type": "scatter", "mode": "lines", "x": [0, 5, 10], "y": [0, 50, 20]},
            title={"text": "<b>Waves</b>"},
            xaxis={"title": {"text": "time"}},
            yaxis={"title": "height"},
        )
    ).split("\n")

    assert shown[0].strip() == "Waves"
    assert shown[1].strip() == "height"
    assert shown[-1].strip() == "time"
    assert shown[-2].split() == ["0", "2", "4", "6", "8", "10"]
    assert [line.split("┤")[0].strip() for line in shown if "┤" in line] == [
        "50",
        "40",
        "30",
        "20",
        "10",
        "0",
    ]


def test_lines_are_dots_of_braille_and_few_markers_are_circles() -> None:
    lines = text(figure({"mode": "lines", "x": [0, 1], "y": [0, 1]}))
    both = text(figure({"x": [0, 1, 2], "y": [0, 1, 0]}))

    assert re.search("[\u2801-\u28ff]", lines)
    assert "●" not in lines
    assert both.count("●") == 3


def test_a_bar_is_as_high_as_its_number() -> None:
    rows = drawn(figure({"type": "bar", "x": ["a", "b"], "y": [1, 2], "marker": {"color": "#112233"}}))
    heights = [sum(any(span.style.bg == (0x11, 0x22, 0x33) for span in row) for row in rows)]
    cells = [sum(span.width for span in row if span.style.bg == (0x11, 0x22, 0x33)) for row in rows]

    assert heights[0] > 15
    assert min(cell for cell in cells if cell) * 2 == max(cells)


@pytest.mark.parametrize(
    ("mode", "highest"), [("group", "2"), ("stack", "3"), ("relative", "3"), ("overlay", "2")]
)
def test_bars_stand_beside_on_or_before_each_other(mode: str, highest: str) -> None:
    shown = text(figure({"type": "bar", "y": [1]}, {"type": "bar", "y": [2]}, barmode=mode))
    labels = [line.split("┤")[0].strip() for line in shown.split("\n") if "┤" in line]
    assert labels[0].startswith(highest)


def test_bars_that_lie_have_their_categories_at_the_left() -> None:
    shown = text(figure({"type": "bar", "orientation": "h", "y": ["giraffes", "日本"], "x": [20, 14]}))
    assert re.search("^giraffes┤", shown, re.MULTILINE)
    assert re.search("^ *日本┤", shown, re.MULTILINE)


def test_a_legend_names_the_traces_in_their_colours() -> None:
    rows = drawn(
        figure({"y": [1, 2], "name": "one"}, {"y": [2, 1], "name": "two", "line": {"color": "rgb(255,0,0)"}})
    )
    legend = next(row for row in rows if any("one" in span.text for span in row))

    assert [span.style.fg for span in legend if span.text == "■"] == [(0x63, 0x6E, 0xFA), (255, 0, 0)]
    assert "trace 0" not in text(figure({"y": [1, 2]}))


def test_a_legend_that_does_not_fit_says_how_many_it_leaves_out() -> None:
    traces = [{"y": [number], "name": f"a long name of a trace {number}"} for number in range(40)]
    assert re.search(r"… 3\d more", text(figure(*traces)))


def test_typed_arrays_are_read() -> None:
    data = base64.b64encode(struct.pack("<3d", 100, 200, 300)).decode()
    shown = text(figure({"y": {"dtype": "f8", "bdata": data}}))
    assert "300┤" in shown.replace(" ", "")


@pytest.mark.parametrize("bdata", ["$$$", "AAAA", ""])
def test_a_broken_typed_array_is_refused_or_empty(bdata: str) -> None:
    rows = drawn_or_refused(figure({"y": {"dtype": "f8", "bdata": bdata}}))
    assert isinstance(rows, list) or "broken" in rows


def test_dates_are_written_as_months_and_years() -> None:
    shown = text(figure({"x": ["2023-11-01", "2024-03-01T00:00:00Z", "2024-08-01"], "y": [1, 2, 3]}))
    assert "Jan 2024" in shown


def test_a_logarithmic_axis_counts_in_powers_of_ten() -> None:
    shown = text(figure({"x": [1, 1e6], "y": [1, 1e4]}, xaxis={"type": "log"}, yaxis={"type": "log"}))
    assert shown.split("\n")[-1].split() == ["1", "10", "100", "1000", "10k", "100k", "1M"]


def test_a_histogram_counts() -> None:
    shown = text(
        figure({"type": "histogram", "x": [1.1, 1.2, 1.3, 2.1], "xbins": {"start": 1, "end": 3, "size": 1}})
    )
    assert next(line.split("┤")[0].strip() for line in shown.split("\n") if "┤" in line) == "3.0"


def test_a_box_without_a_place_stands_at_its_name() -> None:
    shown = text(figure({"type": "box", "y": [1, 2, 3, 4, 20], "name": "Group A"}))
    assert "Group A" in shown.split("\n")[-1]
    assert "●" in shown


def test_the_numbers_of_a_heat_map_are_colours_and_are_written_where_the_figure_wants_that() -> None:
    value = figure(
        {
            "type": "heatmap",
            "z": [[0, 1], [2, 3]],
            "texttemplate": "%{z:.1f}",
            "colorscale": [[0, "#000000"], [1, "#ffffff"]],
        }
    )
    assert {(0, 0, 0), (85, 85, 85), (170, 170, 170), (255, 255, 255)} <= colors(drawn(value))
    assert all(number in text(value) for number in ("0.0", "1.0", "2.0", "3.0"))


def test_a_pie_says_the_share_of_each_slice() -> None:
    shown = text(figure({"type": "pie", "labels": ["yes", "no", "yes"], "values": [1, 1, 2]}))
    assert "■ yes 75.0%" in shown
    assert "■ no 25.0%" in shown


def test_a_candle_is_green_when_it_rises_and_red_when_it_falls() -> None:
    candles = {"type": "candlestick", "open": [1, 3], "close": [2, 1], "low": [0, 0], "high": [4, 4]}
    assert {(0x3D, 0x99, 0x70), (0xFF, 0x41, 0x36)} <= colors(drawn(figure(candles)))


def test_panels_have_their_titles_and_their_own_axes() -> None:
    shown = text(
        figure(
            {"y": [0, 10], "name": "left"},
            {"y": [0, 1000], "xaxis": "x2", "yaxis": "y2"},
            xaxis={"domain": [0, 0.45]},
            xaxis2={"domain": [0.55, 1]},
            yaxis={"domain": [0, 1]},
            yaxis2={"domain": [0, 1], "anchor": "x2"},
            annotations=[
                {"text": "One", "x": 0.22, "y": 1, "xref": "paper", "yref": "paper"},
                {"text": "Two", "x": 0.78, "y": 1, "xref": "paper", "yref": "paper"},
            ],
        )
    )
    assert re.search("One +Two", shown)
    assert re.search(r"^ *10┤.* 1000┤", shown, re.MULTILINE)


def test_a_second_axis_stands_at_the_right() -> None:
    shown = text(
        figure(
            {"y": [0, 10]},
            {"y": [0, 1000], "yaxis": "y2"},
            yaxis2={"overlaying": "y", "side": "right", "title": {"text": "visits"}},
        )
    )
    assert shown.split("\n")[1].endswith("visits")
    assert "├1000" in shown


def test_a_line_across_is_drawn_where_a_shape_says_so() -> None:
    shape = {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": 1.5,
        "y1": 1.5,
        "line": {"color": "#ff0000"},
    }
    assert (255, 0, 0) in colors(drawn(figure({"y": [1, 2]}, shapes=[shape])))


@pytest.mark.parametrize("kind", ["scatter3d", "choropleth", "sunburst", "no such kind"])
def test_what_is_not_drawn_is_named(kind: str) -> None:
    with pytest.raises(CannotDrawError, match=kind):
        drawn(figure({"type": kind}))
    assert f"not drawn: {kind}" in text(figure({"type": kind}, {"y": [1, 2]}))


def test_colours_that_the_ground_would_swallow_are_moved_away_from_it() -> None:
    black = figure({"y": [1, 2], "mode": "lines", "line": {"color": "black"}})
    assert (0, 0, 0) not in colors(drawn(black, ground=Ground.DARK))
    assert (0, 0, 0) in colors(drawn(black, ground=Ground.LIGHT))


def test_text_in_a_figure_controls_nothing() -> None:
    shown = text(figure({"x": ["\x1b[2J", "\u202eb"], "y": [1, 2], "name": "\x9b1m"}, title="\x1b]0;x\x07 t"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_a_figure_with_too_many_values_is_refused_before_they_are_placed() -> None:
    with pytest.raises(CannotDrawError, match="too many"):
        drawn(figure({"y": [1] * 600_000}))


NUMBERS = st.integers() | st.floats() | st.sampled_from([0, 1, -1, 1e308, -1e308, 5e-324, 10**400])
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    NUMBERS | st.none() | st.booleans() | st.text(max_size=5) | st.sampled_from(["2020-01-01", "red", "a"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
COLUMNS = (
    st.lists(NUMBERS | st.sampled_from(["2020-01-01", "9999-12-31", "a", "b", None, ""]), max_size=6) | VALUES
)
KINDS = st.sampled_from(
    ["scatter", "bar", "histogram", "box", "violin", "heatmap", "pie", "candlestick", "ohlc"]
)
NAMES = """
x y z mode fill stackgroup orientation text marker line name opacity error_y base width labels values hole
open high low close q1 median q3 xaxis yaxis visible domain colorscale nbinsx xbins texttemplate
""".split()  # noqa: SIM905
TRACES = st.builds(
    lambda kind, columns, rest: {"type": kind, **columns, **rest},
    KINDS,
    st.fixed_dictionaries(
        {"x": COLUMNS, "y": COLUMNS, "z": st.lists(COLUMNS, max_size=3), "values": COLUMNS}
    ),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5),
)
AXES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["log", "date", "category", "linear"]) | VALUES,
        "range": st.lists(NUMBERS | VALUES, max_size=3),
        "domain": st.lists(st.floats(0, 1), min_size=2, max_size=2) | VALUES,
        "overlaying": st.sampled_from(["x", "y"]) | VALUES,
        "tickvals": COLUMNS,
        "tickformat": st.sampled_from([".0%", "%Y-%q", "~s", ",.2f"]) | st.text(max_size=4),
        "dtick": NUMBERS,
    },
)
LAYOUTS = st.fixed_dictionaries(
    {},
    optional={
        "xaxis": AXES | VALUES,
        "yaxis": AXES | VALUES,
        "yaxis2": AXES,
        "barmode": st.sampled_from(["group", "stack", "overlay"]),
        "title": VALUES,
        "width": NUMBERS,
        "height": NUMBERS,
        "shapes": st.lists(
            st.dictionaries(st.sampled_from(["x0", "x1", "y0", "y1", "type", "xref"]), VALUES), max_size=2
        ),
        "annotations": st.lists(
            st.dictionaries(st.sampled_from(["x", "y", "text", "xref", "yref"]), VALUES), max_size=2
        ),
        "template": VALUES,
        "colorway": VALUES,
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TRACES | VALUES, max_size=3), LAYOUTS, st.integers(2, 130))
def test_whatever_stands_in_a_figure_it_is_drawn_in_the_width_or_refused_with_a_reason(
    traces: list[JsonValue], layout: dict[str, JsonValue], width: int
) -> None:
    rows = drawn_or_refused({"data": traces, "layout": layout}, width)
    assert rows
    if isinstance(rows, str):
        return
    assert len(rows) <= 60
    assert all(row_width(row) <= width for row in rows)
    assert all(visible(span.text) == span.text for row in rows for span in row)


@settings(deadline=None)
@given(VALUES)
def test_what_is_no_figure_is_refused(value: JsonValue) -> None:
    with pytest.raises(CannotDrawError):
        drawn(value)


def test_a_terminal_that_shows_pictures_is_given_one() -> None:
    canvas = Canvas(100, pictures=Pictures.KITTY, gallery=Gallery())
    drawing = draw_plotly(Content("application/vnd.plotly.v1+json", {"data": [{"y": [1, 3, 2]}]}), canvas)
    assert isinstance(drawing, Pending)
    rows = drawing.draw()
    assert any(span.text.startswith(PLACEHOLDER) for row in rows for span in row)
