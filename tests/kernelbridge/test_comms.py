"""Comm messages between frontends and the kernel: none lost, none twice, in order, and whose output."""

from __future__ import annotations

import asyncio

from kernelbridge.events import (
    CommHandled,
    CommMessaged,
    CommOpened,
    CommOutput,
    RunFinished,
    RunQueued,
    StreamArrived,
)
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Wait, changes_widget, opens_widget, prints
from kernelbridge.keeper.home.notebookplace import NotebookPlace
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.keeper import Keeper, KeeperIdentity, Launched
from kernelbridge.messages import comm_message
from kernelbridge.session import Session
from kernelbridge.state import Idle
from recording import Recorder

UPDATE: JsonObject = {"method": "update", "state": {"value": 1}}
CLICK: JsonObject = {"method": "custom", "content": {"event": "click"}}


class Frontend:
    def __init__(self, way: FakeWay) -> None:
        self.recorder = Recorder()
        self.session = Session(way, self.recorder, FRONTEND)

    async def ready(self) -> Frontend:
        self.session.open(SCRIPTED)
        await self.recorder.state(Idle)
        return self

    async def handled(self, *messages: str) -> None:
        async with asyncio.timeout(10):
            while {event.message for event in self.recorder.of(CommHandled)} < set(messages):  # noqa: ASYNC110
                await asyncio.sleep(0)


def received(kernel: FakeKernel) -> list[object]:
    return [sent.request.content["comm_id"] for sent in kernel.sent if sent.request.kind == "comm_msg"]


async def test_what_a_frontend_says_to_widgets_reaches_the_kernel_in_order() -> None:
    kernel = FakeKernel()
    frontend = await Frontend(FakeWay(kernel)).ready()
    said = [frontend.session.comm(comm_message(str(number), UPDATE)) for number in range(20)]
    await frontend.handled(*said)
    assert received(kernel) == [str(number) for number in range(20)]


async def test_it_waits_for_a_kernel_that_is_busy_and_that_can_be_told() -> None:
    kernel = FakeKernel({"long": [Wait()]})
    frontend = await Frontend(FakeWay(kernel)).ready()
    run = frontend.session.run("long")
    said = frontend.session.comm(comm_message("a", UPDATE), run)
    for _ in range(50):
        await asyncio.sleep(0)
    assert not frontend.recorder.of(CommHandled)
    kernel.go_on()
    await frontend.recorder.finished(run)
    await frontend.handled(said)


async def test_what_was_said_while_the_line_was_down_is_said_when_it_is_back_and_only_once() -> None:
    kernel = FakeKernel()
    way = FakeWay(kernel)
    frontend = await Frontend(way).ready()
    said = [frontend.session.comm(comm_message("1", CLICK))]
    way.cut()
    said += [frontend.session.comm(comm_message(comm, CLICK)) for comm in ("2", "3")]
    await frontend.handled(*said)
    assert received(kernel) == ["1", "2", "3"]


async def test_another_keeper_is_told_again_what_sets_a_state_and_not_of_a_click() -> None:
    kernel = FakeKernel({"long": [Wait()]})
    way = FakeWay(kernel)
    frontend = await Frontend(way).ready()
    frontend.session.run("long")
    click = frontend.session.comm(comm_message("clicked", CLICK))
    update = frontend.session.comm(comm_message("set", UPDATE))
    async with asyncio.timeout(10):
        while received(kernel) != ["clicked", "set"]:  # noqa: ASYNC110 -- a kernel tells of no request
            await asyncio.sleep(0)
    successor = FakeKernel()
    way.keeper = Keeper(
        KeeperIdentity("fake0000", 1, "", 0.0, NotebookPlace(), 2), way.journal, lambda _: None
    )  # type: ignore[arg-type,return-value]
    way.keeper.launch(Launched(successor, SCRIPTED))
    way.cut()
    await frontend.handled(click, update)
    assert received(successor) == ["set"]


async def test_without_a_kernel_it_is_done_at_once() -> None:
    frontend = await Frontend(FakeWay(FakeKernel())).ready()
    frontend.session.shutdown()
    await frontend.handled(frontend.session.comm(comm_message("a", CLICK)))


async def test_what_a_widget_prints_is_told_as_of_the_run_that_shows_it() -> None:
    kernel = FakeKernel(comms=lambda _: [prints("clicked")])
    frontend = await Frontend(FakeWay(kernel)).ready()
    run = frontend.session.run("show")
    await frontend.recorder.finished(run)
    said = frontend.session.comm(comm_message("a", CLICK), run)
    await frontend.handled(said)
    assert frontend.recorder.of(CommOutput) == [CommOutput(said, StreamArrived(run, "stdout", "clicked"))]
    assert not frontend.recorder.of(StreamArrived)


async def test_what_it_prints_after_the_run_was_saved_is_kept_and_the_run_is_over_again() -> None:
    kernel = FakeKernel(comms=lambda _: [prints("clicked")])
    way = FakeWay(kernel)
    frontend = await Frontend(way).ready()
    run = frontend.session.run("show")
    await frontend.recorder.finished(run)
    frontend.session.saved((run,), frontend.session.seq)
    said = frontend.session.comm(comm_message("a", CLICK), run)
    await frontend.handled(said)
    late = await Frontend(way).ready()
    output = await late.recorder.first(CommOutput)
    assert output.event == StreamArrived(run, "stdout", "clicked")
    assert late.recorder.of(RunQueued)[-1].is_continued
    assert late.recorder.of(RunFinished)
    assert late.session.queue == ()


async def test_a_frontend_that_comes_late_is_told_of_widgets_as_one_that_was_there() -> None:
    widgets = [opens_widget("a", "IntSliderModel", {"value": 1}), changes_widget("a", {"value": 2})]
    way = FakeWay(FakeKernel({"make": widgets}))
    first = await Frontend(way).ready()
    await first.recorder.finished(first.session.run("make"))
    late = await Frontend(way).ready()
    await late.recorder.first(CommMessaged)
    assert late.recorder.of(CommOpened) == first.recorder.of(CommOpened)
    assert late.recorder.of(CommMessaged) == first.recorder.of(CommMessaged)
