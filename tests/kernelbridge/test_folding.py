"""Outputs change by events alone, and by nothing when an event changes nothing."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.events import (
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    OutputCleared,
    OutputEvent,
    ResultArrived,
    RunId,
    StreamArrived,
)
from kernelbridge.folding import fold, update_display
from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Outputs, Stream
from kernelbridge.streamtext import StreamText

RUN = RunId("run")


def folded(*events: OutputEvent) -> Outputs:
    return reduce(fold, events, Outputs())


def out(text: str, name: str = "stdout") -> StreamArrived:
    return StreamArrived(RUN, name, text)


def shown(text: str, display_id: str | None = None) -> Displayed:
    return Displayed(RUN, {"text/plain": text}, {}, display_id)


@given(st.text("ab\r\n\b\x1b[31m", max_size=20), st.data())
def test_a_stream_cut_anywhere_folds_to_the_same_outputs(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    assert folded(out(text[:cut]), out(text[cut:])) == folded(out(text))


def test_a_stream_goes_on_in_the_same_output_until_another_comes_between() -> None:
    outputs = folded(out("a"), out("b"), out("x", "stderr"), out("c"))
    assert outputs.items == (
        Stream("stdout", StreamText.of("ab")),
        Stream("stderr", StreamText.of("x")),
        Stream("stdout", StreamText.of("c")),
    )


def test_each_kind_of_event_becomes_its_output() -> None:
    outputs = folded(
        shown("d", "id"),
        ResultArrived(RUN, {"text/plain": "2"}, {"m": 1}, 7, None),
        ErrorArrived(RUN, "ValueError", "bad", ("line",)),
    )
    assert outputs.items == (
        DisplayData({"text/plain": "d"}, {}, "id"),
        ExecuteResult({"text/plain": "2"}, {"m": 1}, 7),
        ErrorOutput("ValueError", "bad", ("line",)),
    )


def test_clearing_at_once_leaves_nothing() -> None:
    assert folded(out("a"), OutputCleared(RUN, wait=False)) == Outputs()


def test_clearing_with_wait_keeps_the_old_until_the_next_output_replaces_it() -> None:
    waiting = folded(out("a"), OutputCleared(RUN, wait=True))
    assert [str(item.text) for item in waiting.items if isinstance(item, Stream)] == ["a"]
    assert fold(waiting, out("b")).items == (Stream("stdout", StreamText.of("b")),)
    assert not fold(waiting, shown("x")).clear_pending


def test_what_changes_nothing_gives_the_very_same_outputs() -> None:
    empty, waiting = Outputs(), folded(OutputCleared(RUN, wait=True))
    assert fold(empty, OutputCleared(RUN, wait=False)) is empty
    assert fold(waiting, OutputCleared(RUN, wait=True)) is waiting
    assert fold(empty, out("")) is empty
    assert update_display(empty, DisplayUpdated(RUN, "id", {}, {})) is empty


def test_a_display_update_reaches_every_output_with_its_id_and_no_other() -> None:
    outputs = folded(
        shown("a", "one"), ResultArrived(RUN, {"text/plain": "b"}, {}, 1, "one"), shown("c", "two")
    )
    updated = update_display(outputs, DisplayUpdated(None, "one", {"text/plain": "new"}, {"m": 1}))
    data = [item.data for item in updated.items if isinstance(item, DisplayData | ExecuteResult)]
    assert data == [{"text/plain": "new"}, {"text/plain": "new"}, {"text/plain": "c"}]
    assert updated.items[2] is outputs.items[2]
