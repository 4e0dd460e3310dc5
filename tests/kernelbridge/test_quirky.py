"""A run ends and shows what it printed, also on a kernel that leaves out or confuses some of the protocol."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from kernelbridge.events import InputRequested, RunStarted
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.keeper import executor, readiness
from kernelbridge.keeper.home.privatedir import make_private_directory
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch
from kernelbridge.keeper.local.localkernel import LocalKernel
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Busy, Dead, Idle
from recording import Recorder

KERNEL = Path(__file__).parents[1] / "kernels" / "quirky.py"
pytestmark = pytest.mark.kernel


@dataclass
class Quirky:
    """A kernel with its habits, in a keeper of this process."""

    session: Session
    recorder: Recorder

    async def status(self, code: str) -> RunStatus:
        """How a run ends."""
        return (await self.recorder.finished(self.session.run(code))).status

    def starts(self, run: RunId) -> int:
        """How often a run is told to have begun: each empties its cell."""
        return sum(event.run == run for event in self.recorder.of(RunStarted))


Start = Callable[..., Awaitable[Quirky]]


@pytest_asyncio.fixture
async def start(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """Starts a kernel with habits; the keeper's patience with it is short."""
    monkeypatch.setattr(readiness, "_DEAF", 1.0)
    monkeypatch.setattr(executor, "_GRACE", 0.1)
    kernels: list[LocalKernel] = []

    async def start_one(*habits: str, mode: InterruptMode = InterruptMode.SIGNAL) -> Quirky:
        runtime = make_private_directory("test")
        argv = (sys.executable, str(KERNEL), "{connection_file}", *habits)
        kernel = LocalKernel(
            LocalLaunch("quirky", argv, interrupt_mode=mode), runtime, runtime / "kernel.log", "me"
        )
        kernels.append(kernel)
        recorder = Recorder()
        session = Session(FakeWay(kernel), recorder, FRONTEND)
        session.open(SCRIPTED)
        await recorder.state(Idle)
        return Quirky(session, recorder)

    yield start_one
    await asyncio.gather(*(kernel.shutdown() for kernel in kernels))


END = ["no-status", "no-idle", "orphan-idle", "idle-first", "orphan-reply", "stray-reply", "two-replies"]
BEGINNING = ["no-start", "late-start"]


@pytest.mark.parametrize("habit", [*END, *BEGINNING, "no-idle no-start orphan-reply"])
async def test_a_run_begins_once_and_ends_whatever_the_kernel_leaves_out(start: Start, habit: str) -> None:
    quirky = await start(*habit.split())
    for _ in range(2):
        run = quirky.session.run("print")
        finished = await quirky.recorder.finished(run)
        assert (finished.status, finished.execution_count) == (RunStatus.OK, 1)
        assert (quirky.recorder.text(run), quirky.starts(run)) == ("hello", 1)
    assert await quirky.status("fail") is RunStatus.ERROR
    await quirky.recorder.state(Idle)


async def test_a_run_without_output_begins_before_it_ends(start: Start) -> None:
    quirky = await start("no-start")
    run = quirky.session.run("nothing")
    assert (await quirky.recorder.finished(run)).status is RunStatus.OK
    assert quirky.starts(run) == 1


async def test_a_run_that_is_not_replied_to_ends_and_how_is_known_of_a_failed_one_only(start: Start) -> None:
    quirky = await start("no-reply")
    assert await quirky.status("print") is RunStatus.LOST
    assert await quirky.status("fail") is RunStatus.ERROR


@pytest.mark.parametrize("habit", ["orphan-question", "no-start", "late-start", "no-status"])
async def test_a_question_is_asked_whatever_the_kernel_says_of_it(start: Start, habit: str) -> None:
    quirky = await start(habit)
    run = quirky.session.run("ask")
    assert await quirky.recorder.first(InputRequested) == InputRequested(run, "?", False)
    quirky.session.answer("Zoë")
    assert (await quirky.recorder.finished(run)).status is RunStatus.OK
    assert (quirky.recorder.text(run), quirky.starts(run)) == ("Zoë", 1)


async def test_a_kernel_that_does_not_say_that_it_is_busy_is_busy_while_it_runs(start: Start) -> None:
    quirky = await start("no-status")
    run = quirky.session.run("ask")
    await quirky.recorder.state(Busy)
    await quirky.recorder.first(InputRequested)
    quirky.session.answer("x")
    await quirky.recorder.finished(run)
    await quirky.recorder.state(Idle)


@pytest.mark.parametrize("mode", InterruptMode)
async def test_a_kernel_that_a_signal_would_end_is_interrupted_by_message(
    start: Start, mode: InterruptMode
) -> None:
    quirky = await start("deaf-to-signals", mode=mode)
    run = quirky.session.run("wait")
    await quirky.recorder.printed(run, "on")
    quirky.session.interrupt()
    assert (await quirky.recorder.finished(run)).status is RunStatus.ABORTED
    assert await quirky.status("print") is RunStatus.OK
    assert not any(isinstance(state, Dead) for state in quirky.recorder.states)
