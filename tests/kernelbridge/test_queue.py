"""Runs wait in the order in which they were asked for, and leave once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.queue import QueuedRun, RunQueue
from kernelbridge.runstatus import RunId


def filled(*names: str) -> RunQueue:
    queue = RunQueue()
    for name in names:
        queue.add(QueuedRun(RunId(name), f"code of {name}"))
    return queue


@given(st.lists(st.text(), unique=True))
def test_what_came_first_leaves_first(names: list[str]) -> None:
    queue = filled(*names)
    assert [queue.take().run for _ in names] == names
    assert not queue


def test_a_run_can_be_taken_out_of_the_middle_once() -> None:
    queue = filled("a", "b", "c")
    assert queue.remove(RunId("b"))
    assert not queue.remove(RunId("b"))
    assert queue.runs == ("a", "c")


def test_clearing_says_what_waited() -> None:
    queue = filled("a", "b")
    assert queue.clear() == ("a", "b")
    assert queue.clear() == ()


def test_nothing_can_be_taken_from_an_empty_queue() -> None:
    with pytest.raises(KeyError):
        RunQueue().take()
