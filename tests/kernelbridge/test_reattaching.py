"""What happens to a kernel while a frontend is away is there when it comes back, once and in order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kernelbridge.events import (
    CaughtUp,
    ForeignRunStarted,
    FrontendsChanged,
    InputAnswered,
    InputRequested,
    JournalChanged,
    LineChanged,
    OutputMissing,
    RunFinished,
    RunQueued,
    RunStarted,
    StreamArrived,
)
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import Ask, FakeKernel, Say, Script, Wait, prints
from kernelbridge.keeper.errors import JournalError
from kernelbridge.keeper.keeping import Lane, Memory
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Idle
from kernelbridge.transports.base import Connected, Interrupted, Severed
from recording import Recorder

if TYPE_CHECKING:
    import pytest


class Frontend:
    """A session, and what it told."""

    def __init__(self, way: FakeWay) -> None:
        self.heard = Recorder()
        self.session = Session(way, self.heard, FRONTEND)

    async def ready(self) -> Frontend:
        self.session.open(SCRIPTED)
        await self.heard.state(Idle)
        return await self.attached()

    async def attached(self) -> Frontend:
        self.session.open(SCRIPTED)
        await self.heard.first(CaughtUp)
        return self

    def told_of(self, run: RunId) -> list[str]:
        return [type(event).__name__ for event in self.heard.events if getattr(event, "run", None) == run]


async def kept(script: Script | None = None) -> tuple[FakeKernel, FakeWay, Frontend]:
    kernel = FakeKernel(script)
    way = FakeWay(kernel)
    return kernel, way, await Frontend(way).ready()


async def test_what_is_printed_while_the_line_is_down_comes_once_when_it_is_up() -> None:
    kernel, way, one = await kept({"a": [prints("before "), Wait(), prints("meanwhile")]})
    run = one.session.run("a")
    await one.heard.printed(run, "before")
    way.is_down = True
    one.heard.events = [event for event in one.heard.events if not isinstance(event, LineChanged)]
    way.cut()
    await one.heard.first(LineChanged)
    kernel.go_on()
    assert isinstance(one.session.line, Interrupted)
    way.is_down = False
    one.session.reconnect()
    await one.heard.finished(run)
    assert one.heard.text(run) == "before meanwhile"
    assert one.session.line == Connected()
    assert one.told_of(run) == ["RunQueued", "RunStarted", "StreamArrived", "StreamArrived", "RunFinished"]


async def test_what_was_asked_for_as_the_line_broke_is_run_once() -> None:
    kernel, way, one = await kept({"a": [prints("x")]})
    first = one.session.run("a")
    way.cut()
    second = one.session.run("a")
    await one.heard.finished(second)
    executed = [sent for sent in kernel.sent if sent.request.kind == "execute_request"]
    assert [sent.message_id for sent in executed] == [first, second]


async def test_a_later_frontend_is_told_all_that_no_file_has() -> None:
    _, way, one = await kept({"a": [prints("hello")], "b": [prints("again")]})
    mark = {"digest": "of the cell"}
    runs = [one.session.run("a", mark), one.session.run("b")]
    await one.heard.finished(runs[1])
    await one.session.close()
    other = await Frontend(way).ready()
    assert [event.run for event in other.heard.of(RunQueued)] == runs
    assert other.heard.of(RunQueued)[0].cell == mark
    assert [other.heard.text(run) for run in runs] == ["hello", "again"]
    assert other.heard.status(runs[1]) is RunStatus.OK


async def test_a_run_that_is_saved_is_not_told_again() -> None:
    _, way, one = await kept({"a": [prints("hello")], "b": [prints("again")]})
    saved, unsaved = one.session.run("a"), one.session.run("b")
    await one.heard.finished(unsaved)
    one.session.saved((saved,), one.session.seq)
    await one.session.close()
    other = await Frontend(way).ready()
    assert other.told_of(saved) == []
    assert other.heard.text(unsaved) == "again"


async def test_a_run_of_which_more_came_than_was_saved_stays() -> None:
    _, way, one = await kept({"a": [prints("hello")]})
    run = one.session.run("a")
    await one.heard.first(StreamArrived)
    seen = one.session.seq
    await one.heard.finished(run)
    one.session.saved((run,), seen - 1)
    other = await Frontend(way).ready()
    assert other.heard.text(run) == "hello"


async def test_output_of_a_run_that_was_saved_continues_it() -> None:
    first: list[RunId] = []
    kernel = FakeKernel(
        lambda code: [Say("stream", {"name": "stdout", "text": "late"}, first[0])] if code == "b" else []
    )
    way = FakeWay(kernel)
    one = await Frontend(way).ready()
    first.append(one.session.run("a"))
    await one.heard.finished(first[0])
    one.session.saved((first[0],), one.session.seq)
    await one.heard.finished(one.session.run("b"))
    assert one.session.queue == ()
    other = await Frontend(way).ready()
    queued = [event for event in other.heard.of(RunQueued) if event.run == first[0]]
    assert [event.is_continued for event in queued] == [True]
    assert other.heard.text(first[0]) == "late"


async def test_numbers_go_on_above_what_a_frontend_has_seen_though_the_disk_lost_the_newest() -> None:
    _, way, one = await kept({"a": [prints("hello")]})
    await one.heard.finished(one.session.run("a"))
    seen = one.session.seq
    way.keeper = FakeWay(FakeKernel({"b": [prints("again")]})).keeper
    way.cut()
    one.session.open(SCRIPTED)
    run = one.session.run("b")
    await one.heard.finished(run)
    assert one.heard.text(run) == "again"
    assert one.session.seq > seen


async def test_code_too_long_for_a_frame_is_not_sent_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernelbridge.session.LONGEST_FROM_FRONTEND", 1000)
    kernel, _, one = await kept()
    run = one.session.run("#" * 1000)
    assert (await one.heard.finished(run)).status is RunStatus.CANCELLED
    await one.heard.finished(one.session.run("a"))
    assert one.session.queue == ()
    assert [sent.request.content["code"] for sent in kernel.sent if "code" in sent.request.content] == ["a"]


async def test_two_frontends_hear_the_same_and_both_may_run() -> None:
    _, way, one = await kept({"a": [prints("of one")], "b": [prints("of the other")]})
    other = await Frontend(way).ready()
    runs = [one.session.run("a"), other.session.run("b")]
    for frontend in (one, other):
        for run in runs:
            await frontend.heard.finished(run)
        assert [frontend.heard.text(run) for run in runs] == ["of one", "of the other"]


async def test_a_pending_question_is_asked_again_and_its_answer_is_kept_nowhere() -> None:
    kernel, way, one = await kept({"a": [Ask("password: ", password=True), prints("thanks")]})
    run = one.session.run("a")
    await one.heard.first(InputRequested)
    await one.session.close()
    other = await Frontend(way).attached()
    assert await other.heard.first(InputRequested) == InputRequested(run, "password: ", password=True)
    other.session.answer("s3cret")
    await other.heard.finished(run)
    assert kernel.sent[-1].request.content == {"value": "s3cret"}
    late = await Frontend(way).ready()
    assert late.heard.of(InputAnswered) == [InputAnswered(run, hidden=True)]
    assert b"s3cret" not in b"".join(data for _, data in way.journal.read())


async def test_what_another_kind_of_frontend_runs_is_told_apart() -> None:
    script = [
        Say("execute_input", {"code": "x = 1", "execution_count": 7}, parent="theirs"),
        Say("stream", {"name": "stdout", "text": "theirs"}, parent="theirs"),
        prints("mine"),
    ]
    _, _, one = await kept({"a": script})
    run = one.session.run("a")
    await one.heard.finished(run)
    assert one.heard.of(ForeignRunStarted)[0].code == "x = 1"
    assert (one.heard.text(run), one.heard.text(RunId("theirs"))) == ("mine", "theirs")


async def test_the_first_frontend_edits_and_another_takes_over_when_it_insists() -> None:
    _, way, one = await kept()
    other = await Frontend(way).ready()
    await _until(one, lambda: len(one.session.frontends) == 2)
    assert _writer_is(one) == (True, False)
    assert _writer_is(other) == (False, True)
    other.session.claim()
    other.session.claim(force=True)
    await _until(one, lambda: _writer_is(one) == (False, True))
    assert _writer_is(other) == (True, False)
    await other.session.close()
    await _until(one, lambda: len(one.session.frontends) == 1)
    one.session.claim()
    await _until(one, lambda: one.session.frontends[0].is_writer)


async def test_a_full_disk_is_told_and_what_comes_is_still_shown() -> None:
    journal = FullDisk()
    kernel = FakeKernel({"a": [prints("1\n"), Wait(), prints("2\n"), Wait(), prints("3\n")]})
    way = FakeWay(kernel, journal)
    one = await Frontend(way).ready()
    run = one.session.run("a")
    await one.heard.printed(run, "1")
    journal.is_full = True
    kernel.go_on()
    await one.heard.printed(run, "2")
    assert (await one.heard.first(JournalChanged)).problem == "No space left on device"
    journal.is_full = False
    kernel.go_on()
    await one.heard.finished(run)
    assert one.heard.text(run) == "1\n2\n3\n"
    assert [event.problem for event in one.heard.of(JournalChanged)] == ["No space left on device", None]
    other = await Frontend(way).ready()
    assert other.heard.text(run) == "1\n3\n"
    assert other.heard.of(OutputMissing)[0].lines == 1


async def test_a_run_that_began_on_a_full_disk_is_kept_once_there_is_room() -> None:
    journal = FullDisk()
    kernel = FakeKernel({"a": [Wait(), prints("precious\n")]})
    way = FakeWay(kernel, journal)
    one = await Frontend(way).ready()
    journal.is_full = True
    mark = {"digest": "of the cell"}
    run = one.session.run("a", mark)
    await one.heard.first(RunStarted)
    journal.is_full = False
    kernel.go_on()
    await one.heard.finished(run)
    other = await Frontend(way).ready()
    assert [(event.run, event.cell) for event in other.heard.of(RunQueued)] == [(run, mark)]
    assert other.heard.text(run) == "precious\n"
    assert other.heard.status(run) is RunStatus.OK


async def test_one_large_print_is_kept_in_pieces_so_that_its_end_can_be() -> None:
    text = "".join(f"{number}\n" for number in range(200_000))
    _, way, one = await kept({"a": [prints(text)]})
    run = one.session.run("a")
    await one.heard.finished(run)
    assert one.heard.text(run) == text
    assert max(len(data) for _, data in way.journal.read()) < len(text) // 2


async def test_a_keeper_of_a_newer_protocol_is_left_with_a_line_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kernelbridge.keeper.keeper.PROTOCOL", 2)
    one = Frontend(FakeWay(FakeKernel()))
    one.session.open(SCRIPTED)
    async with asyncio.timeout(10):
        while not isinstance(one.session.line, Severed):  # noqa: ASYNC110 -- a turn of the loop
            await asyncio.sleep(0)
    assert "newer tnb (protocol 2)" in one.session.line.reason


async def test_runs_are_numbered_in_the_order_in_which_they_were_told() -> None:
    _, way, one = await kept({"a": [prints("x")]})
    runs = [one.session.run("a") for _ in range(5)]
    await one.heard.finished(runs[-1])
    other = await Frontend(way).ready()
    assert [event.run for event in other.heard.of(RunStarted)] == runs
    assert [event.run for event in other.heard.of(RunFinished)] == runs


class FullDisk(Memory):
    """A journal that cannot write for a while."""

    is_full = False

    def append(self, run: str, seq: int, data: bytes, lane: Lane = Lane.OTHER, lines: int = 0) -> None:
        if self.is_full:
            raise JournalError("No space left on device")
        super().append(run, seq, data, lane, lines)


def _writer_is(frontend: Frontend) -> tuple[bool, bool]:
    """Whether it may edit itself, and whether another may."""
    mine = [each.is_writer for each in frontend.session.frontends if each.is_this]
    others = [each.is_writer for each in frontend.session.frontends if not each.is_this]
    return any(mine), any(others)


async def _until(frontend: Frontend, holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(10):
        while not holds():
            frontend.heard.events = [e for e in frontend.heard.events if not isinstance(e, FrontendsChanged)]
            await frontend.heard.first(FrontendsChanged)
