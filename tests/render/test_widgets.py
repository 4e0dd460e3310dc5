"""Widgets as rows: what each kind looks like, and that no tree of them costs more than a message."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawnwidgets import WIDTH, box, drawn, models_of, widget
from kernelbridge.events import StreamArrived
from kernelbridge.keeper.jsontypes import JsonValue
from kernelbridge.runstatus import RunId
from kernelbridge.widgets.model import STATE_MIME
from kernelbridge.widgets.models import WidgetModels
from tui.render.rowops import plain, row_width
from tui.render.rows import Row
from tui.render.widgets.block import Control, ControlId
from tui.render.widgets.surface import Entry, Focus
from tui.render.widgets.table import TABLE
from tui.widgetinput import press
from tui.widgetinput.typing import beginning
from viewing import texts_of

NAMES = [name for _, names in TABLE for name in names]
OPTIONS = ["red", "green", "blue"]

LOOKS: list[tuple[dict[str, JsonValue], list[str]]] = [
    (
        widget("IntSlider", value=50, min=0, max=100, description="x"),
        ["x ━━━━━━━━━━━━●─────────── 50"],
    ),
    (
        widget("FloatSlider", value=2.5, min=0, max=10, readout_format=".2f"),
        ["━━━━━━●───────────────── 2.50"],
    ),
    (
        widget("IntRangeSlider", value=[25, 75], min=0, max=100),
        ["──────●━━━━━━━━━━●────── 25 – 75"],
    ),
    (
        widget("FloatLogSlider", value=100.0, base=10, min=0, max=4, readout_format=".3g"),
        ["━━━━━━━━━━━━●─────────── 100"],
    ),
    (
        widget("SelectionSlider", index=2, _options_labels=OPTIONS),
        ["━━━━━━━━━━━━━━━━━━━━━━━● blue"],
    ),
    (
        widget("IntProgress", value=45, min=0, max=100, description="load"),
        ["load ━━━━━━━━━━━━━━━━━━──────────────────────  45% 45/100"],
    ),
    (widget("Checkbox", value=True, description="loud"), ["[x] loud"]),
    (widget("Checkbox", value=False, description="loud"), ["[ ] loud"]),
    (widget("ToggleButton", value=True, description="on"), ["[■ on]"]),
    (widget("Button", description="Run"), ["[ Run ]"]),
    (widget("Button", description="", icon="play"), ["[ play ]"]),
    (widget("Valid", value=False, description="key", readout="bad"), ["✗ key bad"]),
    (widget("Dropdown", index=1, _options_labels=OPTIONS, description="colour"), ["colour green ▾"]),
    (widget("RadioButtons", index=0, _options_labels=OPTIONS), ["(•) red ( ) green ( ) blue"]),
    (widget("ToggleButtons", index=1, _options_labels=OPTIONS), [" red  [green]  blue"]),
    (widget("Select", index=1, _options_labels=OPTIONS, rows=2), ["  red", "› green", "  3 options"]),
    (
        widget("SelectMultiple", index=[0, 2], _options_labels=OPTIONS),
        ["[x] red", "[ ] green", "[x] blue"],
    ),
    (widget("Text", value="Ada", description="name"), ["name [Ada                             ]"]),
    (widget("Password", value="Ada"), ["[•••                             ]"]),
    (widget("IntText", value=7), ["[7                               ]"]),
    (widget("Text", value="", placeholder="who?"), ["[who?                            ]"]),
    (widget("Textarea", value="one\ntwo"), ["▏ one", "▏ two"]),
    (widget("Label", value="plain"), ["plain"]),
    (widget("HTML", value="<h1>A &amp; <b>B</b></h1><script>x</script>c"), ["A & B", "c"]),
    (widget("DatePicker"), ["a DatePicker widget, which tnb does not draw"]),
    (
        widget("Figure", _model_module="bqplot"),
        ["a Figure widget of bqplot, which tnb does not draw"],
    ),
]


@pytest.mark.parametrize(("state", "rows"), LOOKS, ids=[f"{state['_model_name']}" for state, _ in LOOKS])
def test_each_kind_has_its_look(state: dict[str, JsonValue], rows: list[str]) -> None:
    assert texts_of(drawn(models_of(a=state)).block.rows) == rows


def test_descriptions_below_each_other_are_aligned() -> None:
    models = models_of(
        a=box("VBox", "b", "c"),
        b=widget("Text", value="1", description="x"),
        c=widget("Text", value="2", description="longer"),
    )
    assert [text[:10] for text in texts_of(drawn(models).block.rows)] == ["x      [1 ", "longer [2 "]


def test_a_bar_beside_texts_takes_what_they_leave() -> None:
    models = models_of(
        a=box("HBox", "b", "c", "d"),
        b=widget("HTML", value=" 45%"),
        c=widget("FloatProgress", value=45, min=0, max=100),
        d=widget("HTML", value=" 45/100 [00:01&lt;00:02]"),
    )
    (row,) = texts_of(drawn(models).block.rows)
    assert row == "45%  ━━━━━━━━━━━━━━╸──────────────────  45/100 [00:01<00:02]"


def test_what_does_not_fit_beside_goes_below() -> None:
    models = models_of(
        a=box("HBox", "b", "c"), b=widget("Label", value="x" * 56), c=widget("Button", description="Run")
    )
    assert texts_of(drawn(models).block.rows) == ["x" * 56, "[ Run ]"]


def test_tabs_and_accordions_show_the_chosen_page() -> None:
    pages = {"p": widget("Label", value="first"), "q": widget("Label", value="second")}
    tabs = models_of(a=box("Tab", "p", "q", titles=["One", "Two"], selected_index=1), **pages)
    assert texts_of(drawn(tabs).block.rows) == [" One  [Two]", "│ second"]
    folds = models_of(a=box("Accordion", "p", "q", titles=["One", ""], selected_index=0), **pages)
    assert texts_of(drawn(folds).block.rows) == ["▾ One", "│ first", "▸ 2"]


def test_a_widget_that_is_not_displayed_is_not_drawn() -> None:
    hidden = widget("Layout", display="none")
    models = models_of(a=widget("Label", value="x", layout="IPY_MODEL_l"), l=hidden)
    assert drawn(models).block.rows == []


def test_an_output_widget_shows_what_it_captured() -> None:
    models = models_of(a=widget("Output", msg_id="run"))
    models.capture("run", StreamArrived(RunId("run"), "stdout", "one\ntwo\n"))
    assert texts_of(drawn(models).block.rows) == ["one", "two"]


def test_controls_of_a_notebook_without_a_kernel_are_shown_and_said_not_to_be_live() -> None:
    models = WidgetModels()
    stored = {"a": {"model_name": "IntSliderModel", "state": {"value": 50, "max": 100}}}
    models.store({"widgets": {STATE_MIME: {"state": stored}}})  # type: ignore[dict-item]
    drawing = drawn(models)
    slider, note = texts_of(drawing.block.rows)
    assert slider == "━━━━━━━━━━━━●─────────── 50"
    assert note == "not live: as the notebook stored it; run the cell to use it"
    assert drawing.block.controls == ()


def test_a_bar_whose_kernel_ended_is_just_shown() -> None:
    models = models_of(a=widget("IntProgress", value=5, max=10))
    models.lose(models.live)
    assert len(drawn(models).block.rows) == 1


def test_a_disabled_control_is_not_reached() -> None:
    assert drawn(models_of(a=widget("Button", description="Run", disabled=True))).block.controls == ()


def reversed_text(row: Row) -> str:
    return "".join(span.text for span in row if span.style.reverse)


def test_the_control_with_the_focus_is_reversed_so_that_it_shows_without_colours() -> None:
    models = models_of(a=box("VBox", "b", "c"), b=widget("Button", description="B"), c=widget("Checkbox"))
    rows = drawn(models, focus=Focus(ControlId("b"))).block.rows
    assert [reversed_text(row) for row in rows] == ["[ B ]", ""]
    rows = drawn(models, focus=Focus(ControlId("c"))).block.rows
    assert [reversed_text(row) for row in rows] == ["", "[ ]"]


def test_what_is_being_typed_is_shown_with_its_cursor() -> None:
    models = models_of(a=widget("Text", value="old"))
    (row,) = drawn(models, focus=Focus(ControlId("a"), Entry("new text", 3))).block.rows
    assert plain(row).startswith("[new text ")
    assert reversed_text(row) == "[ ]"


def test_the_drawing_depends_on_the_models_it_looked_at() -> None:
    models = models_of(a=box("VBox", "b", "missing"), b=widget("Label", value="x"), other=widget("Label"))
    assert drawn(models).seen == {"a", "b", "missing"}


# -- what may be hostile ----


def test_a_widget_that_holds_itself_costs_a_message() -> None:
    models = models_of(a=box("VBox", "b"), b=box("HBox", "a"))
    assert texts_of(drawn(models).block.rows) == ["a widget that holds itself"]


@pytest.mark.parametrize("kind", ["VBox", "HBox", "Tab", "Accordion"])
def test_many_children_cost_a_message(kind: str) -> None:
    children = {f"c{number}": widget("IntSlider", value=number) for number in range(10_000)}
    models = models_of(a=box(kind, *children), **children)
    begin = time.perf_counter()
    rows = drawn(models).block.rows
    assert time.perf_counter() - begin < 2
    assert len(rows) < 1000


def test_widgets_that_hold_others_twice_and_again_cost_a_message() -> None:
    models = models_of(**{f"d{n}": box("VBox", f"d{n + 1}", f"d{n + 1}") for n in range(100)})
    rows = texts_of(drawn(models, "d0").block.rows)
    assert len(rows) < 1000
    assert rows[-1] == "… more widgets, which are not drawn"


@pytest.mark.parametrize("value", ["<" * 2_000_000, "<script " * 200_000, "&" * 2_000_000, "x\n" * 1_000_000])
@pytest.mark.parametrize("name", ["HTML", "Label", "Textarea", "Text"])
def test_much_text_is_cut(name: str, value: str) -> None:
    begin = time.perf_counter()
    assert len(drawn(models_of(a=widget(name, value=value))).block.rows) <= 12_000
    assert time.perf_counter() - begin < 2


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202e]")
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([10**400, -(10**400), 2**62, 1e308, -1e308, float("nan"), float("inf"), 0, 1, -1, 5]),
    st.sampled_from(["\x1b[31m", "\x9b2J", "\u202e", ".99f", ".2f", "d", "%", "IPY_MODEL_a", "a\nb", ""]),
    st.lists(st.sampled_from([None, 1, 10**400, "\x1b]0;x\x07", "IPY_MODEL_a", [1], "b"]), max_size=3),
    st.just({"a": 1}),
)
TRAITS = [
    "value",
    "min",
    "max",
    "step",
    "base",
    "index",
    "_options_labels",
    "description",
    "readout_format",
    "selected_index",
    "titles",
    "_titles",
    "children",
    "rows",
    "disabled",
    "placeholder",
    "layout",
    "bar_style",
    "format",
    "icon",
    "outputs",
    "msg_id",
    "continuous_update",
    "readout",
]
KEYS = ["left", "right", "shift+right", "home", "end", "space", "enter", "x", "backspace", "delete"]


@given(
    name=st.sampled_from(NAMES),
    state=st.dictionaries(st.sampled_from(TRAITS), HOSTILE),
    width=st.sampled_from([2, 3, 10, 40]),
)
def test_whatever_a_state_holds_rows_are_safe_and_keys_and_clicks_do_no_harm(
    name: str, state: dict[str, JsonValue], width: int
) -> None:
    models = models_of(a={**state, "_model_name": f"{name}Model"})
    model = models.get("a")
    assert model is not None
    block = drawn(models, width=width).block
    for row in block.rows:
        assert row_width(row) <= width
        assert not CONTROL.search(plain(row))
    for control in block.controls:
        for key in KEYS:
            press(control, model, beginning(model), key, "x" if key == "x" else None)
    for pick in block.picks:
        pick.state_at(0)


def test_controls_are_where_they_are_drawn() -> None:
    models = models_of(
        a=box("VBox", "b", "c"),
        b=widget("Label", value="above"),
        c=box("HBox", "d", "e"),
        d=widget("Button", description="D"),
        e=widget("Button", description="E"),
    )
    block = drawn(models, width=WIDTH).block

    def text_at(control: Control) -> str:
        return plain(block.rows[control.row])[control.start : control.end]

    assert [text_at(control) for control in block.controls] == ["[ D ]", "[ E ]"]
