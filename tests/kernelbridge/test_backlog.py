"""What a kernel tells, given out in portions."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.backlog import PORTION, Backlog
from kernelbridge.events import Event, OutputCleared, StreamArrived
from kernelbridge.runstatus import RunId

RUN = RunId("run")


def stream(text: str) -> StreamArrived:
    return StreamArrived(RUN, "stdout", text)


def backlog(*events: Event) -> Backlog:
    made = Backlog()
    for event in events:
        made.add(event)
    return made


def joined(events: list[Event]) -> list[Event]:
    """The events, neighbouring stream text in one."""
    merged: list[Event] = []
    for is_text, group in groupby(events, lambda event: isinstance(event, StreamArrived)):
        if is_text:
            merged.append(stream("".join(event.text for event in group if isinstance(event, StreamArrived))))
        else:
            merged += group
    return merged


def test_what_is_little_is_given_out_at_once() -> None:
    events = [stream("a\n"), OutputCleared(RUN, wait=True), stream("b\n")]
    waiting = backlog(*events)
    assert list(waiting.portion()) == events
    assert not waiting


def test_long_text_is_cut_and_what_came_behind_it_waits() -> None:
    waiting = backlog(stream("x" * (PORTION + 3)), OutputCleared(RUN, wait=True))
    assert list(waiting.portion()) == [stream("x" * PORTION)]
    assert list(waiting.portion()) == [stream("xxx"), OutputCleared(RUN, wait=True)]
    assert not waiting


def test_a_very_large_backlog_is_given_out_in_larger_portions() -> None:
    waiting = backlog(stream("x" * PORTION * 100))
    portions = 0
    while waiting:
        list(waiting.portion())
        portions += 1
    assert portions < 100


@given(st.lists(st.one_of(st.integers(0, PORTION + 9), st.none()), max_size=6))
def test_nothing_is_lost_and_the_order_stays(lengths: list[int | None]) -> None:
    events = [
        OutputCleared(RUN, wait=False) if length is None else stream(f"{at}" + "x" * length)
        for at, length in enumerate(lengths)
    ]
    waiting = backlog(*events)
    given_out: list[Event] = []
    while waiting:
        given_out += waiting.portion()
    assert joined(given_out) == joined([*events])
