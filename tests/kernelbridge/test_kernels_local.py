"""A real ipykernel of a real keeper, used through a session."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from functools import reduce
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from kept import KeptKernel, state_of_own
from kernelbridge.events import (
    DisplayUpdated,
    ErrorArrived,
    InputRequested,
    NextInputSet,
    ResultArrived,
    RunStatus,
    StreamArrived,
)
from kernelbridge.folding import fold
from kernelbridge.outputs import Outputs, Stream
from kernelbridge.state import Busy, Dead, Idle

pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture(scope="module", autouse=True)
def _state() -> Iterator[None]:
    with state_of_own():
        yield


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KeptKernel]:
    """One kernel for all tests that leave it as it was."""
    kernel = await KeptKernel(tmp_path_factory.mktemp("cwd") / "a.ipynb").ready()
    yield kernel
    await kernel.end()


@pytest.fixture
def kernel(shared: KeptKernel) -> KeptKernel:
    shared.recorder.events.clear()
    return shared


@pytest_asyncio.fixture(loop_scope="module")
async def own(tmp_path: Path) -> AsyncIterator[KeptKernel]:
    """A kernel of the test's own, to be killed."""
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    yield kernel
    await kernel.end()


async def test_a_result_arrives_with_its_count(kernel: KeptKernel) -> None:
    run = kernel.session.run("1+1")
    finished = await kernel.recorder.finished(run)
    (result,) = kernel.recorder.of(ResultArrived)
    assert (result.data["text/plain"], result.execution_count) == ("2", finished.execution_count)
    assert finished.seconds is not None


async def test_an_error_aborts_what_waits_behind_it(kernel: KeptKernel) -> None:
    bad, behind = kernel.session.run("1/0"), kernel.session.run("print('never')")
    assert (await kernel.recorder.finished(behind)).status is RunStatus.ABORTED
    assert kernel.recorder.status(bad) is RunStatus.ERROR
    (error,) = kernel.recorder.of(ErrorArrived)
    assert error.ename == "ZeroDivisionError"
    assert await kernel.output("print('again')") == "again\n"


@pytest.mark.parametrize(
    ("code", "password"),
    [("x = input('name? ')", False), ("import getpass; x = getpass.getpass('name? ')", True)],
)
async def test_input_is_asked_for_and_answered(kernel: KeptKernel, code: str, password: bool) -> None:
    run = kernel.session.run(code + "; print(x)")
    asked = await kernel.recorder.first(InputRequested)
    assert asked == InputRequested(run, "name? ", password)
    kernel.session.answer("Zoë")
    await kernel.recorder.finished(run)
    assert "Zoë\n" in kernel.recorder.text(run)


async def test_clearing_with_wait_leaves_the_last_output(kernel: KeptKernel) -> None:
    code = "from IPython.display import clear_output\nfor i in range(3): clear_output(wait=True); print(i)"
    run = kernel.session.run(code)
    await kernel.recorder.finished(run)
    events = [
        event
        for event in kernel.recorder.events
        if type(event).__name__ in ("StreamArrived", "OutputCleared")
    ]
    outputs = reduce(fold, events, Outputs())  # pyright: ignore[reportArgumentType]
    assert [str(item.text) for item in outputs.items if isinstance(item, Stream)] == ["2\n"]


async def test_a_display_is_updated_by_its_id(kernel: KeptKernel) -> None:
    await kernel.output("h = display('old', display_id=True)")
    await kernel.output("h.update('new')")
    (update,) = kernel.recorder.of(DisplayUpdated)
    assert update.data["text/plain"] == "'new'"


async def test_the_next_cell_s_text_can_be_set(kernel: KeptKernel) -> None:
    await kernel.output("get_ipython().set_next_input('x = 1')")
    assert [event.text for event in kernel.recorder.of(NextInputSet)] == ["x = 1"]


async def test_an_interrupt_stops_what_runs(kernel: KeptKernel) -> None:
    run = kernel.session.run("import time\nprint('on', flush=True)\ntime.sleep(600)")
    waiting = kernel.session.run("1")
    await kernel.recorder.printed(run, "on")
    kernel.session.interrupt()
    assert (await kernel.recorder.finished(run)).status is RunStatus.ERROR
    assert kernel.recorder.of(ErrorArrived)[0].ename == "KeyboardInterrupt"
    assert kernel.recorder.status(waiting) is RunStatus.CANCELLED


async def test_names_are_completed_and_inspected(kernel: KeptKernel) -> None:
    completions = await kernel.session.complete("prin", 4)
    assert completions is not None
    assert "print" in [match.text for match in completions.matches]
    inspection = await kernel.session.inspect("print", 5)
    assert inspection is not None
    assert "text/plain" in inspection.data


async def test_a_busy_kernel_completes_inspects_and_tells_its_history(kernel: KeptKernel) -> None:
    await kernel.recorder.finished(kernel.session.run("remembered = 1"))
    run = kernel.session.run("import time\nwhile True: time.sleep(0.01)")
    await kernel.recorder.state(Busy)
    completions = await kernel.session.complete("remem", 5)
    inspection = await kernel.session.inspect("print", 5)
    past = await kernel.session.past_inputs(50)
    assert completions is not None
    assert [(match.text, match.kind) for match in completions.matches] == [("remembered", "instance")]
    assert inspection is not None
    assert "Prints the values" in str(inspection.data["text/plain"])
    assert past is not None
    assert "remembered = 1" in past.sources
    assert kernel.session.running == run
    kernel.session.interrupt()
    await kernel.recorder.finished(run)


async def test_expressions_are_evaluated_without_a_trace_in_the_history(kernel: KeptKernel) -> None:
    first = await kernel.recorder.finished(kernel.session.run("kept = 6"))
    evaluated = await kernel.session.evaluate({"good": "kept * 7", "bad": "1 / 0"})
    assert evaluated is not None
    assert evaluated.values == {"good": {"text/plain": "42"}}
    assert evaluated.errors == {"bad": "ZeroDivisionError: division by zero"}
    second = await kernel.recorder.finished(kernel.session.run("1"))
    assert (first.execution_count or 0) + 1 == second.execution_count


async def test_200000_lines_arrive_complete_and_in_order(kernel: KeptKernel) -> None:
    text = await kernel.output("for i in range(200_000): print('line', i)")
    assert text == "".join(f"line {number}\n" for number in range(200_000))


async def test_nothing_is_lost_when_the_reader_falls_behind(kernel: KeptKernel) -> None:
    run = kernel.session.run("for i in range(5_000): print(i, flush=True)")
    await kernel.recorder.first(StreamArrived)
    time.sleep(0.5)  # noqa: ASYNC251 -- nothing is read meanwhile, which is what is tested
    await kernel.recorder.finished(run)
    assert kernel.recorder.text(run) == "".join(f"{number}\n" for number in range(5_000))


async def test_a_restart_gives_another_process_that_counts_from_one(own: KeptKernel) -> None:
    before = await own.kernel_pid()
    run = own.session.run("import time; time.sleep(600)")
    await own.recorder.state(Busy)
    own.session.restart()
    assert (await own.recorder.finished(run)).status is RunStatus.LOST
    await own.recorder.state(Idle)
    assert not psutil.pid_exists(before)
    finished = await own.recorder.finished(own.session.run("1"))
    assert finished.execution_count == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(3)", "exited with status 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by SIGKILL"),
    ],
)
async def test_a_death_is_told_with_its_reason_and_a_restart_helps(
    own: KeptKernel, code: str, reason: str
) -> None:
    run, waiting = own.session.run(code), own.session.run("1")
    state = await own.recorder.state(Dead)
    assert isinstance(state, Dead)
    assert state.reason == reason
    await own.recorder.finished(waiting)
    assert (own.recorder.status(run), own.recorder.status(waiting)) == (RunStatus.LOST, RunStatus.CANCELLED)
    own.session.restart()
    assert await own.output("print('alive')") == "alive\n"
