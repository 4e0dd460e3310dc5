"""What keys do with controls."""

from __future__ import annotations

import pytest

from drawnwidgets import box, drawn, models_of, widget
from kernelbridge.keeper.jsontypes import JsonValue
from tui.render.widgets.surface import Entry
from tui.widgetinput import press
from tui.widgetinput.acts import Act, Change, Refuse, Tell, Type
from tui.widgetinput.typing import beginning, left, pasted

OPTIONS = ["red", "green", "blue"]
RANGE = widget("IntRangeSlider", value=[2, 8], min=0, max=10, step=1)


def pressed(
    state: dict[str, JsonValue],
    key: str,
    at: int = 0,
    entry: Entry | None = None,
    character: str | None = None,
) -> Act | None:
    models = models_of(a=state, p=widget("Label"), q=widget("Label"))
    model = models.get("a")
    assert model is not None
    control = drawn(models).block.controls[at]
    return press(control, model, entry or beginning(model), key, character or None)


@pytest.mark.parametrize(
    ("state", "key", "after"),
    [
        (widget("IntSlider", value=3, min=0, max=10, step=1), "right", {"value": 4}),
        (widget("IntSlider", value=3, min=0, max=10, step=1), "left", {"value": 2}),
        (widget("IntSlider", value=10, min=0, max=10, step=1), "right", {"value": 10}),
        (widget("IntSlider", value=3, min=0, max=100, step=2), "shift+right", {"value": 23}),
        (widget("IntSlider", value=3, min=-5, max=10), "home", {"value": -5}),
        (widget("FloatSlider", value=0.2, min=0, max=1, step=0.1), "right", {"value": 0.3}),
        (widget("FloatLogSlider", value=10.0, base=10, min=0, max=4, step=1), "right", {"value": 100.0}),
        (widget("SelectionSlider", index=1, _options_labels=OPTIONS), "right", {"index": 2}),
        (widget("Dropdown", index=1, _options_labels=OPTIONS), "left", {"index": 0}),
        (widget("Dropdown", index=None, _options_labels=OPTIONS), "right", {"index": 0}),
        (widget("RadioButtons", index=2, _options_labels=OPTIONS), "right", {"index": 2}),
        (widget("Select", index=0, _options_labels=OPTIONS), "end", {"index": 2}),
        (widget("ToggleButtons", index=2, _options_labels=OPTIONS), "space", {"index": 0}),
        (widget("SelectMultiple", index=[1], _options_labels=OPTIONS), "space", {"index": [0, 1]}),
        (widget("Checkbox", value=False), "space", {"value": True}),
        (widget("ToggleButton", value=True), "enter", {"value": False}),
        (box("Tab", "p", "q", selected_index=0), "right", {"selected_index": 1}),
        (box("Accordion", "p", "q", selected_index=None), "enter", {"selected_index": 0}),
        (box("Accordion", "p", "q", selected_index=0), "enter", {"selected_index": None}),
    ],
)
def test_a_key_changes_the_state(state: dict[str, JsonValue], key: str, after: dict[str, JsonValue]) -> None:
    assert pressed(state, key) == Change(after)


def test_the_knobs_of_a_range_do_not_pass_each_other() -> None:
    assert pressed(RANGE, "right", at=0) == Change({"value": [3, 8]})
    assert pressed(RANGE, "left", at=1) == Change({"value": [2, 7]})
    assert pressed(RANGE, "end", at=0) == Change({"value": [8, 8]})
    assert pressed(RANGE, "home", at=1) == Change({"value": [2, 2]})


def test_a_press_on_a_button_is_told() -> None:
    assert pressed(widget("Button"), "space") == Tell({"event": "click"})
    assert pressed(widget("Button"), "left") is None


def test_text_is_told_as_it_is_typed_where_the_widget_wants_that() -> None:
    state = widget("Text", value="a", continuous_update=True)
    assert pressed(state, "b", character="b") == Type(Entry("ab", 2), Change({"value": "ab"}))
    assert pressed(state, "backspace") == Type(Entry("", 0), Change({"value": ""}))
    assert pressed(state, "enter") == Tell({"event": "submit"})


def test_other_text_is_told_once_it_is_entered_or_left() -> None:
    state = widget("Text", value="a", continuous_update=False)
    assert pressed(state, "b", character="b") == Type(Entry("ab", 2))
    assert pressed(state, "enter", entry=Entry("ab", 2)) == Change({"value": "ab"})
    model = models_of(a=state).get("a")
    assert model is not None
    assert left(model, Entry("ab", 2)) == Change({"value": "ab"})
    assert left(model, beginning(model)) is None


@pytest.mark.parametrize(
    ("name", "text", "act"),
    [
        ("IntText", "12", Change({"value": 12})),
        ("BoundedIntText", "120", Change({"value": 100})),
        ("FloatText", "1.5", Change({"value": 1.5})),
        ("FloatText", "nan", Refuse("that is not a number")),
        ("IntText", "1.5", Refuse("that is not a whole number")),
        ("IntText", "9" * 5000, Refuse("that is not a whole number")),
    ],
)
def test_numbers_are_set_once_they_are_whole(name: str, text: str, act: Act) -> None:
    bounds = {"min": 0, "max": 100} if name.startswith("Bounded") else {}
    assert pressed(widget(name, value=1, **bounds), "enter", entry=Entry(text, len(text))) == act


def test_the_cursor_moves_and_deletes_where_it_is() -> None:
    state = widget("Text", value="")
    assert pressed(state, "left", entry=Entry("ab", 2)) == Type(Entry("ab", 1))
    assert pressed(state, "delete", entry=Entry("ab", 0)) == Type(Entry("b", 0))
    assert pressed(state, "home", entry=Entry("ab", 2)) == Type(Entry("ab", 0))
    assert pressed(state, "ctrl+u", entry=Entry("abc", 2)) == Type(Entry("c", 0))


def test_a_page_takes_lines_and_an_entry_one() -> None:
    page, entry = widget("Textarea", value="a"), widget("Text", value="a")
    assert pressed(page, "enter") == Type(Entry("a\n", 2))
    for state, text in ((page, "ab\nc"), (entry, "ab")):
        models = models_of(a=state)
        model, control = models.get("a"), drawn(models).block.controls[0]
        assert model is not None
        assert pasted(model, control.kind, Entry("a", 1), "b\r\nc") == Type(Entry(text, len(text)))
