"""A session runs one piece of code at a time, and tells of each how it ended, whatever the kernel does."""

from __future__ import annotations

import asyncio

from kernelbridge.events import (
    DisplayUpdated,
    InputRequested,
    KernelInfoArrived,
    NextInputSet,
    RunFinished,
    RunQueued,
    RunStarted,
    StreamArrived,
)
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import (
    Ask,
    Die,
    Fail,
    FakeKernel,
    ReplyWith,
    Say,
    Script,
    Wait,
    prints,
    updates,
)
from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.kernels import Channel, Kernel, KernelListener
from kernelbridge.replies import Completion, Completions, Evaluations, PastInputs
from kernelbridge.runstatus import RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Busy, Dead, Idle, NoKernel, Restarting, Starting
from recording import Recorder


async def started(script: Script | None = None) -> tuple[Session, FakeKernel, Recorder]:
    recorder = Recorder()
    kernel = FakeKernel(script)
    session = over(kernel, recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    return session, kernel, recorder


def over(kernel: Kernel, recorder: Recorder) -> Session:
    return Session(FakeWay(kernel), recorder, FRONTEND)


async def test_a_session_is_ready_once_the_kernel_answered_and_was_heard() -> None:
    session, _, recorder = await started()
    assert recorder.states[-2:] == [Starting(), Idle()]
    assert session.info is not None
    assert session.info.language == "python"
    assert recorder.of(KernelInfoArrived)[0].info is session.info


async def test_what_is_run_before_the_kernel_is_ready_waits_for_it() -> None:
    recorder = Recorder()
    session = over(FakeKernel({"a": [prints("hello")]}), recorder)
    run = session.run("a")
    assert session.queue == (run,)
    session.open(SCRIPTED)
    assert (await recorder.finished(run)).status is RunStatus.OK
    assert recorder.text(run) == "hello"


async def test_a_run_is_told_from_its_start_to_its_end_in_order() -> None:
    session, _, recorder = await started({"a": [prints("one"), prints("two"), prints("three", "stderr")]})
    recorder.events.clear()
    run = session.run("a")
    assert session.queue == (run,)
    finished = await recorder.finished(run)
    await recorder.state(Idle)
    kinds = [type(event) for event in recorder.events if getattr(event, "run", None) == run]
    assert kinds == [RunQueued, RunStarted, StreamArrived, StreamArrived, RunFinished]
    assert recorder.text(run) == "onetwo"
    assert finished.execution_count == 1
    assert finished.seconds is not None
    assert finished.seconds >= 0
    assert session.running is None


async def test_only_one_run_at_a_time_is_sent_to_the_kernel() -> None:
    session, kernel, recorder = await started({"a": [Wait()]})
    first, second, third = session.run("a"), session.run("b"), session.run("c")
    await recorder.first(RunStarted)
    assert (session.running, session.queue) == (first, (second, third))
    assert [sent.request.content["code"] for sent in kernel.sent if "code" in sent.request.content] == ["a"]
    kernel.go_on()
    await recorder.finished(third)
    assert [event.run for event in recorder.of(RunFinished)] == [first, second, third]


async def test_between_queued_runs_the_kernel_does_not_look_idle() -> None:
    session, _, recorder = await started()
    recorder.events.clear()
    last = [session.run(code) for code in "abc"][-1]
    await recorder.finished(last)
    await recorder.state(Idle)
    assert [type(state) for state in recorder.states] == [Busy, Idle]


async def test_an_error_aborts_what_waits_behind_it() -> None:
    session, _, recorder = await started({"bad": [Fail()]})
    bad, behind, last = session.run("bad"), session.run("b"), session.run("c")
    await recorder.finished(last)
    assert [recorder.status(run) for run in (bad, behind, last)] == [
        RunStatus.ERROR,
        RunStatus.ABORTED,
        RunStatus.ABORTED,
    ]
    after = session.run("a")
    assert (await recorder.finished(after)).status is RunStatus.OK


async def test_a_waiting_run_can_be_cancelled_and_a_running_one_not() -> None:
    session, kernel, recorder = await started({"a": [Wait()]})
    running, waiting = session.run("a"), session.run("b")
    session.cancel(waiting)
    session.cancel(running)
    assert (await recorder.finished(waiting)).status is RunStatus.CANCELLED
    assert recorder.status(running) is None
    kernel.go_on()
    assert (await recorder.finished(running)).status is RunStatus.OK


async def test_an_interrupt_stops_what_runs_and_cancels_what_waits() -> None:
    session, kernel, recorder = await started({"a": [Wait()]})
    running, waiting = session.run("a"), session.run("b")
    await recorder.state(Busy)
    session.interrupt()
    assert (await recorder.finished(waiting)).status is RunStatus.CANCELLED
    assert (await recorder.finished(running)).status is RunStatus.ERROR
    assert kernel.interrupts == 1


async def test_a_question_is_told_and_its_answer_sent_to_the_asker() -> None:
    session, kernel, recorder = await started({"a": [Ask("name? ", password=True), prints("hi")]})
    run = session.run("a")
    asked = await recorder.first(InputRequested)
    assert asked == InputRequested(run, "name? ", password=True)
    session.answer("bob")
    await recorder.finished(run)
    answer = kernel.sent[-1]
    assert (answer.channel, answer.request.content) == (Channel.STDIN, {"value": "bob"})


async def test_an_answer_that_nobody_waits_for_is_not_sent() -> None:
    session, kernel, recorder = await started()
    session.answer("bob")
    await recorder.finished(session.run("a"))
    assert [sent for sent in kernel.sent if sent.channel is Channel.STDIN] == []


async def test_a_kernel_that_dies_loses_what_ran_and_cancels_what_waited() -> None:
    session, _, recorder = await started({"a": [prints("last words"), Die("ended by SIGSEGV", ("trace",))]})
    running, waiting = session.run("a"), session.run("b")
    await recorder.state(Dead)
    assert session.state == Dead("ended by SIGSEGV", ("trace",))
    assert recorder.text(running) == "last words"
    assert (recorder.status(running), recorder.status(waiting)) == (RunStatus.LOST, RunStatus.CANCELLED)
    assert (session.running, session.queue) == (None, ())
    assert (await recorder.finished(session.run("c"))).status is RunStatus.CANCELLED
    assert await session.complete("a", 1) is None


async def test_a_kernel_that_cannot_be_started_is_dead_and_says_why() -> None:
    class Unstartable(FakeKernel):
        async def start(self, listener: KernelListener) -> None:
            raise LaunchError("no such program")

    recorder = Recorder()
    session = over(Unstartable(), recorder)
    session.open(SCRIPTED)
    run = session.run("a")
    assert await recorder.state(Dead) == Dead("no such program")
    assert (await recorder.finished(run)).status is RunStatus.CANCELLED


async def test_a_restart_loses_what_ran_and_begins_anew() -> None:
    session, _, recorder = await started({"a": [Wait()]})
    running, waiting = session.run("a"), session.run("b")
    await recorder.state(Busy)
    session.restart()
    await recorder.state(Idle)
    assert (recorder.status(running), recorder.status(waiting)) == (RunStatus.LOST, RunStatus.CANCELLED)
    assert recorder.states[-2:] == [Restarting(), Idle()]
    finished = await recorder.finished(session.run("c"))
    assert finished.execution_count == 1


async def test_a_restart_during_the_start_ends_in_one_ready_kernel() -> None:
    recorder = Recorder()
    session = over(FakeKernel(), recorder)
    session.open(SCRIPTED)
    await recorder.state(Starting)
    session.restart()
    await recorder.state(Idle)
    assert recorder.states[-3:] == [Starting(), Restarting(), Idle()]


async def test_after_a_shutdown_there_is_no_kernel() -> None:
    session, kernel, recorder = await started({"a": [Wait()]})
    run = session.run("a")
    await recorder.state(Busy)
    session.shutdown()
    await recorder.state(NoKernel)
    assert (await recorder.finished(run)).status is RunStatus.LOST
    assert kernel.is_shut_down


async def test_the_output_of_other_frontends_is_not_taken_for_ours() -> None:
    foreign = Say("stream", {"name": "stdout", "text": "not mine"}, parent="another's request")
    session, _, recorder = await started({"a": [foreign, prints("mine")]})
    run = session.run("a")
    await recorder.finished(run)
    assert [event.text for event in recorder.of(StreamArrived)] == ["mine"]


async def test_a_display_update_counts_whoever_asked_for_it() -> None:
    update = Say("update_display_data", {"data": {}, "transient": {"display_id": "x"}}, parent="another's")
    session, _, recorder = await started({"a": [update, updates({"text/plain": "new"}, "x")]})
    run = session.run("a")
    await recorder.finished(run)
    assert [event.run for event in recorder.of(DisplayUpdated)] == [None, run]


async def test_output_that_comes_after_the_end_still_belongs_to_its_run() -> None:
    late: list[str] = []
    session, kernel, recorder = await started(
        lambda code: [Say("stream", {"text": "late"}, parent=late[0])] if code == "b" else []
    )
    first = session.run("a")
    await recorder.finished(first)
    late.append(kernel.sent[-1].message_id)
    await recorder.finished(session.run("b"))
    assert recorder.text(first) == "late"


async def test_payloads_are_told_before_the_end() -> None:
    payload = ReplyWith({"payload": [{"source": "set_next_input", "text": "x = 1"}]})
    session, _, recorder = await started({"a": [payload]})
    run = session.run("a")
    await recorder.finished(run)
    kinds = [type(event) for event in recorder.events]
    assert recorder.of(NextInputSet) == [NextInputSet(run, "x = 1", replace=False)]
    assert kinds.index(NextInputSet) < kinds.index(RunFinished)


async def test_questions_of_our_own_do_not_make_the_kernel_look_busy() -> None:
    answer = {"complete_request": {"matches": ["abs"], "cursor_start": 0, "cursor_end": 1}}
    recorder = Recorder()
    session = over(FakeKernel(answers=answer), recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    recorder.events.clear()
    assert await session.complete("a", 1) == Completions((Completion("abs"),), 0, 1)
    assert recorder.states == []


async def test_an_evaluation_makes_the_kernel_look_busy_as_little() -> None:
    told = {"a": {"status": "ok", "data": {"text/plain": "1"}}}
    kernel = FakeKernel(answers={"execute_request": {"user_expressions": told}})
    recorder = Recorder()
    session = over(kernel, recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    recorder.events.clear()
    assert await session.evaluate({"a": "1"}) == Evaluations({"a": {"text/plain": "1"}}, {})
    assert recorder.events == []


async def test_a_question_that_is_no_longer_wanted_is_forgotten() -> None:
    session, _, recorder = await started()
    question = asyncio.create_task(session.complete("a", 1))
    done, _ = await asyncio.wait({question}, timeout=0)
    assert not done
    question.cancel()
    assert (await recorder.finished(session.run("a"))).status is RunStatus.OK


_WITH_SUBSHELLS: JsonObject = {
    "status": "ok",
    "implementation": "ipython",
    "language_info": {"name": "python"},
    "supported_features": ["kernel subshells"],
}


async def test_a_kernel_with_subshells_completes_while_it_runs_code() -> None:
    answers: dict[str, JsonObject] = {
        "kernel_info_request": _WITH_SUBSHELLS,
        "create_subshell_request": {"status": "ok", "subshell_id": "one"},
        "complete_request": {"matches": ["abs"], "cursor_start": 0, "cursor_end": 1},
    }
    recorder, kernel = Recorder(), FakeKernel({"wait": [Wait()]}, answers)
    session = over(kernel, recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    session.run("wait")
    await recorder.state(Busy)
    assert session.answers_now
    completions = await asyncio.gather(session.complete("a", 1), session.complete("a", 1))
    assert completions == [Completions((Completion("abs"),), 0, 1)] * 2
    asked = [sent.request for sent in kernel.sent if sent.request.kind in answers]
    assert [(request.kind, request.subshell) for request in asked[-3:]] == [
        ("create_subshell_request", ""),
        ("complete_request", "one"),
        ("complete_request", "one"),
    ]
    assert session.running is not None


async def test_a_restarted_kernel_is_asked_for_another_subshell() -> None:
    answers: dict[str, JsonObject] = {
        "kernel_info_request": _WITH_SUBSHELLS,
        "create_subshell_request": {"status": "ok", "subshell_id": "one"},
        "complete_request": {"matches": [], "cursor_start": 0, "cursor_end": 0},
    }
    recorder, kernel = Recorder(), FakeKernel(answers=answers)
    session = over(kernel, recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    await session.complete("a", 1)
    recorder.events.clear()
    session.restart()
    await recorder.state(Idle)
    await session.complete("a", 1)
    assert [sent.request.kind for sent in kernel.sent].count("create_subshell_request") == 2


async def test_a_kernel_without_subshells_that_is_busy_is_not_expected_to_answer() -> None:
    session, _, recorder = await started({"wait": [Wait()]})
    assert session.answers_now
    session.run("wait")
    await recorder.state(Busy)
    assert not session.answers_now


async def test_the_kernel_tells_what_was_run_before() -> None:
    history: list[JsonValue] = [[1, 1, "a = 1"], [2, 1, ["a", "1"]], [2, 2, " "], "nonsense"]
    recorder = Recorder()
    session = over(FakeKernel(answers={"history_request": {"history": history}}), recorder)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    assert await session.past_inputs(10) == PastInputs(("a = 1", "a"))


async def test_that_the_server_of_the_kernel_is_away_is_told_until_it_is_back() -> None:
    recorder, kernel = Recorder(), FakeKernel()
    way = FakeWay(kernel)
    session = Session(way, recorder, FRONTEND)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    told = len(recorder.states)
    way.keeper.line_changed(kernel, "https://hub/ cannot be reached: refused")
    await recorder.told(told + 1)
    assert session.identity.away == "https://hub/ cannot be reached: refused"
    way.keeper.line_changed(FakeKernel(), "of a former kernel")
    way.keeper.line_changed(kernel, None)
    await recorder.told(told + 2)
    assert session.identity.away == ""
    assert recorder.states[told:] == [Idle(), Idle()]
    await session.close()
