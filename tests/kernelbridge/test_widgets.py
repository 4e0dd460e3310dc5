"""Widgets' models, folded from what a kernel tells, and what goes back to it."""

from __future__ import annotations

from base64 import b64encode

from kernelbridge.events import CommClosed, CommEvent, CommMessaged, CommOpened, OutputCleared, StreamArrived
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Request
from kernelbridge.outputs import DisplayData, Stream
from kernelbridge.runstatus import RunId
from kernelbridge.widgets.model import STATE_MIME, Life
from kernelbridge.widgets.models import WidgetModels
from kernelbridge.widgets.outbox import Outbox

RUN = RunId("run")


def opened(model: str, name: str = "IntSliderModel", **state: object) -> CommOpened:
    return CommOpened(model, "jupyter.widget", {"state": {"_model_name": name, **state}})  # type: ignore[dict-item]


def updates(model: str, **state: object) -> CommMessaged:
    return CommMessaged(model, {"method": "update", "state": state})  # type: ignore[dict-item]


def models(*events: CommEvent) -> WidgetModels:
    folded = WidgetModels()
    for event in events:
        folded.fold(event)
    return folded


def value(folded: WidgetModels, model: str) -> object:
    known = folded.get(model)
    return None if known is None else known.state.get("value")


def printed(folded: WidgetModels, model: str) -> list[str]:
    known = folded.get(model)
    assert known is not None
    return [str(output.text) for output in known.outputs.items if isinstance(output, Stream)]


def test_a_model_is_what_was_opened_with_what_was_updated() -> None:
    folded = models(opened("a", value=1, max=10), updates("a", value=2))
    model = folded.get("a")
    assert model is not None
    assert (model.name, model.state["value"], model.state["max"]) == ("IntSliderModel", 2, 10)
    assert model.life is Life.LIVE


def test_a_comm_that_is_no_widgets_is_no_model() -> None:
    assert models(CommOpened("a", "matplotlib", {"state": {}}), updates("a", value=1)).get("a") is None


def test_only_what_changed_has_another_revision() -> None:
    folded = models(opened("a"), opened("b"))
    before = folded.revision_of("a"), folded.revision_of("b")
    folded.fold(updates("a", value=1))
    assert folded.revision_of("a") > before[0]
    assert folded.revision_of("b") == before[1]


def test_a_model_that_is_closed_is_gone_and_known_to_be() -> None:
    folded = models(opened("a"), CommClosed("a"))
    assert folded.get("a") is None
    assert folded.is_closed("a")


def test_binary_parts_are_put_back_in_their_places() -> None:
    state: JsonObject = {"_model_name": "ImageModel", "value": None, "deep": {"er": {}}}
    paths = [["value"], ["deep", "er", "x"], ["nowhere", "x"], [3]]
    data: JsonObject = {"state": state, "buffer_paths": paths}  # type: ignore[dict-item]
    folded = models(CommOpened("a", "jupyter.widget", data, (b"one", b"two", b"three", b"four")))
    model = folded.get("a")
    assert model is not None
    assert model.state["value"] == b64encode(b"one").decode()
    assert model.state["deep"] == {"er": {"x": b64encode(b"two").decode()}}
    assert state["deep"] == {"er": {}}


def test_all_states_at_once_are_models() -> None:
    state = {"model_name": "LabelModel", "state": {"value": "x"}}
    answer = CommMessaged("control", {"method": "update_states", "states": {"a": state}})  # type: ignore[dict-item]
    model = models(answer).get("a")
    assert model is not None
    assert (model.name, model.text("value")) == ("LabelModel", "x")


def test_what_the_notebook_stores_is_there_until_the_kernel_has_it() -> None:
    stored = {"a": {"model_name": "LabelModel", "state": {"value": "stored"}}}
    folded = WidgetModels()
    folded.store({"widgets": {STATE_MIME: {"version_major": 2, "state": stored}}})  # type: ignore[dict-item]
    model = folded.get("a")
    assert model is not None
    assert (model.life, model.text("value")) == (Life.STORED, "stored")
    folded.fold(opened("a", "LabelModel", value="live"))
    assert value(folded, "a") == "live"


def test_models_outlive_their_kernel_but_are_not_live() -> None:
    folded = models(opened("a", value=3))
    folded.lose(folded.live)
    model = folded.get("a")
    assert model is not None
    assert (model.life, model.state["value"]) == (Life.GONE, 3)


# -- Output widgets ----


def test_an_output_widget_takes_what_is_printed_for_the_request_it_names() -> None:
    folded = models(opened("out", "OutputModel", msg_id=""), updates("out", msg_id="run"))
    assert folded.capture("run", StreamArrived(RUN, "stdout", "one "))
    assert folded.capture("run", StreamArrived(RUN, "stdout", "two"))
    assert not folded.capture("other", StreamArrived(RUN, "stdout", "x"))
    folded.fold(updates("out", msg_id=""))
    assert not folded.capture("run", StreamArrived(RUN, "stdout", "x"))
    assert printed(folded, "out") == ["one two"]


def test_the_innermost_output_widget_takes_it() -> None:
    folded = models(opened("a", "OutputModel", msg_id="run"), opened("b", "OutputModel", msg_id="run"))
    folded.capture("run", StreamArrived(RUN, "stdout", "inner"))
    folded.fold(updates("b", msg_id=""))
    folded.capture("run", StreamArrived(RUN, "stdout", "outer"))
    assert (printed(folded, "a"), printed(folded, "b")) == (["outer"], ["inner"])


def test_clear_output_clears_it() -> None:
    folded = models(opened("out", "OutputModel", msg_id="run"))
    folded.capture("run", StreamArrived(RUN, "stdout", "old"))
    folded.capture("run", OutputCleared(RUN, wait=True))
    assert printed(folded, "out") == ["old"]
    folded.capture("run", StreamArrived(RUN, "stdout", "new"))
    assert printed(folded, "out") == ["new"]


def test_outputs_that_the_kernel_sets_are_shown() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}
    shown = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    folded = models(opened("out", "OutputModel"), updates("out", outputs=[stream, stream, shown, 3]))
    model = folded.get("out")
    assert model is not None
    assert printed(folded, "out") == ["a\nba\nb"]
    assert isinstance(model.outputs.items[1], DisplayData)


def test_the_kernel_is_told_of_an_output_widget_once_it_captures_no_more() -> None:
    folded = models(opened("out", "OutputModel", msg_id="run"))
    folded.capture("run", StreamArrived(RUN, "stdout", "x"))
    assert folded.take_written() == ()
    folded.fold(updates("out", msg_id=""))
    assert [model.id for model in folded.take_written()] == ["out"]
    assert folded.take_written() == ()


# -- what goes to the kernel ----


class Sending:
    """An outbox, and what it sent, as (model, data)."""

    def __init__(self) -> None:
        self.sent: list[tuple[object, object]] = []
        self.outbox = Outbox(self._send)

    def _send(self, request: Request, _run: RunId | None) -> str:
        data = request.content["data"]
        assert isinstance(data, dict)
        self.sent.append((request.content["comm_id"], data.get("state") or data.get("content")))
        return str(len(self.sent))


def test_changes_that_come_while_one_is_on_its_way_become_one() -> None:
    sending = Sending()
    for number in range(1, 5):
        sending.outbox.change("a", {"value": number}, None)
    assert sending.sent == [("a", {"value": 1})]
    sending.outbox.handled("1")
    assert sending.sent[1:] == [("a", {"value": 4})]
    sending.outbox.handled("2")
    assert sending.outbox.is_empty


def test_a_click_comes_behind_what_was_changed_before_it() -> None:
    sending = Sending()
    sending.outbox.change("a", {"value": 1}, None)
    sending.outbox.change("a", {"value": 2}, None)
    sending.outbox.tell("b", {"event": "click"}, None)
    assert sending.sent == [("a", {"value": 1}), ("a", {"value": 2}), ("b", {"event": "click"})]


def test_a_newer_value_that_waits_hides_what_the_kernel_says_of_the_older() -> None:
    sending = Sending()
    sending.outbox.change("a", {"value": 1}, None)
    assert not sending.outbox.hides("a", "value")
    sending.outbox.change("a", {"value": 2}, None)
    assert sending.outbox.hides("a", "value")
