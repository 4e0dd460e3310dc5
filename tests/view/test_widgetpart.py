"""Widgets among a cell's outputs: drawn anew only where they changed, and reached where they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawnwidgets import box, models_of, widget
from kernelbridge.events import CommClosed, CommMessaged, Displayed, StreamArrived
from kernelbridge.outputs import DisplayData, Output
from kernelbridge.runstatus import RunId
from kernelbridge.widgets.model import VIEW_MIME
from kernelbridge.widgets.models import WidgetModels
from tui.render.canvas import Canvas
from tui.render.widgets.block import ControlId
from tui.render.widgets.surface import Focus
from tui.view.outputspart import RULE_WIDTH, Fold, OutputsPart
from viewing import png, stream, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.render.outputs import Pending
    from tui.render.rows import Row

RUN = RunId("run")


def view(model: str, text: str = "a widget") -> DisplayData:
    return DisplayData({VIEW_MIME: {"model_id": model}, "text/plain": text})


class Bench:
    """A part with widgets in it, and what it asked to be painted."""

    def __init__(self, models: WidgetModels, *outputs: Output, fold: Fold = Fold.LONG) -> None:
        self.models = models
        self.asked: list[tuple[Pending, Callable[[Sequence[Row]], None]]] = []
        self.part = OutputsPart(Canvas(42), 6, models, lambda *asked: self.asked.append(asked), lambda: None)
        self.part.update(outputs, fold, 0)

    def change(self, model: str, **state: object) -> None:
        self.models.fold(CommMessaged(model, {"method": "update", "state": state}))  # type: ignore[dict-item]

    def texts(self) -> list[str]:
        return texts_of([self.part.row(index) for index in range(self.part.height)])


def test_a_widget_is_drawn_anew_once_one_of_its_models_changed() -> None:
    bench = Bench(models_of(a=box("VBox", "b"), b=widget("Label", value="old"), c=widget("Label")), view("a"))
    assert bench.texts() == ["┊ old"]
    bench.change("c", value="of another")
    assert not bench.part.heed_widgets(None)
    bench.change("b", value="new\nand more")
    assert bench.part.heed_widgets(None)
    assert bench.texts() == ["┊ new", "┊ and more"]


def test_a_widget_whose_model_comes_later_is_shown_then() -> None:
    bench = Bench(WidgetModels(), view("a", "Label(value='x')"))
    assert bench.texts() == ["┊ Label(value='x')", "┊ not live: run the cell to use the widget"]
    states = {"a": {"model_name": "LabelModel", "state": {"value": "x"}}}
    bench.models.fold(CommMessaged("control", {"method": "update_states", "states": states}))  # type: ignore[dict-item]
    assert bench.part.heed_widgets(None)
    assert bench.texts() == ["┊ x"]


def test_the_text_that_tqdm_leaves_in_place_of_its_bar_is_enough() -> None:
    assert Bench(WidgetModels(), view("a", "100%|####| 5/5")).texts() == ["┊ 100%|####| 5/5"]


def test_a_widget_that_was_closed_takes_no_row() -> None:
    bench = Bench(models_of(a=widget("Label", value="x")), view("a"), stream("below"))
    bench.models.fold(CommClosed("a"))
    bench.part.heed_widgets(None)
    assert bench.texts() == ["┊ below"]


def test_a_picture_in_an_output_widget_is_painted_apart_and_only_once() -> None:
    bench = Bench(models_of(a=widget("Output", msg_id="run")), view("a"))
    picture = png(16, 32)
    bench.models.capture("run", Displayed(RUN, picture.data, {}, None))
    bench.part.heed_widgets(None)
    ((pending, take),) = bench.asked
    height = bench.part.height
    take(pending.draw())
    assert bench.part.height == height
    bench.models.capture("run", StreamArrived(RUN, "stdout", "below it"))
    assert bench.part.heed_widgets(None)
    assert bench.texts()[-1] == "┊ below it"
    assert len(bench.asked) == 1


def test_controls_are_by_the_rows_of_the_part() -> None:
    bench = Bench(models_of(a=widget("Button", description="Run")), stream("one\ntwo\n"), view("a"))
    (control,) = bench.part.controls
    assert bench.texts()[control.row][control.start : control.end] == "[ Run ]"


def test_a_click_on_an_option_gives_the_state_that_it_stands_for() -> None:
    radio = widget("RadioButtons", index=0, _options_labels=["a", "b"])
    bench = Bench(models_of(a=radio), stream("above\n"), view("a"))
    column = bench.texts()[1].index("( ) b")
    assert bench.part.pick_at(1, column) == ("a", {"index": 1})
    assert bench.part.pick_at(0, column) is None
    assert bench.part.pick_at(1, RULE_WIDTH + 30) is None


def test_what_is_folded_away_is_not_reached() -> None:
    models = models_of(a=box("VBox", *"bcdefgh"), **{each: widget("Button") for each in "bcdefgh"})
    assert len(Bench(models, view("a"), fold=Fold.OPEN).part.controls) == 7
    assert Bench(models, view("a"), fold=Fold.LONG).part.controls == []
    assert Bench(models, view("a"), fold=Fold.HIDDEN).part.controls == []


def test_the_focus_is_drawn_where_it_is() -> None:
    bench = Bench(models_of(a=widget("Button", description="Run")), view("a"))
    assert bench.part.heed_widgets(Focus(ControlId("a")))
    assert any(span.style.reverse for span in bench.part.row(0))
    assert bench.part.heed_widgets(None)
    assert not any(span.style.reverse for span in bench.part.row(0))
