"""What a kernel's debugger tells reaches all frontends, and none of it is taken for a run."""

from __future__ import annotations

from kernelbridge.events import CaughtUp, DebugEventArrived, ForeignRunStarted
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Say
from kernelbridge.session import Session
from kernelbridge.state import Idle
from recording import Recorder


async def test_an_event_is_told_to_all_who_are_attached_and_is_not_kept() -> None:
    kernel = FakeKernel()
    way = FakeWay(kernel)
    first, second, late = Recorder(), Recorder(), Recorder()
    sessions = [Session(way, first, FRONTEND), Session(way, second, FRONTEND)]
    sessions[0].open(SCRIPTED)
    sessions[1].open()
    await first.state(Idle)
    await second.state(Idle)
    kernel.say(Say("debug_event", {"type": "event", "event": "stopped", "body": {"threadId": 1}}))
    for recorder in (first, second):
        event = await recorder.first(DebugEventArrived)
        assert (event.event, event.body) == ("stopped", {"threadId": 1})
    sessions.append(Session(way, late, FRONTEND))
    sessions[2].open()
    await late.first(CaughtUp)
    assert not late.of(DebugEventArrived)
    for session in sessions:
        await session.close()


async def test_a_question_that_a_kernel_announces_as_a_run_is_none() -> None:
    kernel = FakeKernel(answers={"execute_request": {"status": "ok"}})
    recorder = Recorder()
    session = Session(FakeWay(kernel), recorder, FRONTEND)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    kernel.announces_questions = True
    assert await session.ask("execute_request", {"code": "secret", "silent": True}) is not None
    await session.ask("kernel_info_request", {})
    assert not recorder.of(ForeignRunStarted)
    await session.close()
