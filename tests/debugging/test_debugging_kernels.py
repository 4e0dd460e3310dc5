"""Cells of real kernels stop at breakpoints, are stepped through and looked into, and go on after that."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from kept import KeptKernel, state_of_own
from kernelbridge.events import CaughtUp, DebugEventArrived, ErrorArrived, KernelStateChanged, RunFinished
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Busy, Idle
from kernelbridge.transports.local import LocalWay
from languagekernels import PYTHON, XEUS_PYTHON, LanguageKernel, installed
from recording import Recorder
from tui.debugging.adapter import DebugError
from tui.debugging.debugger import Debugger, Off, On, Spot, Step, Stopped
from tui.document.cells import new_cell
from tui.document.notebook import CellKey, CellKind, Notebook

pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]

DEFINES = "def add(a, b):\n    total = a + b\n    return total"
CALLS = "one = 1\nprint(add(one, 2))\nprint('done')"


def _notebook(*sources: str) -> Notebook:
    return Notebook(tuple(new_cell(Notebook(()), CellKind.CODE, source) for source in sources))


class Attached:
    """Another frontend of a keeper."""

    def __init__(self, kept: KeptKernel) -> None:
        self.recorder = Recorder()
        self.session = Session(LocalWay(kept.home), self.recorder, FrontendName("other", 1))


@dataclass
class Debugged:
    """A kernel that is debugged by a notebook."""

    kept: KeptKernel | Attached
    notebook: Notebook = field(default_factory=lambda: _notebook(DEFINES, CALLS))
    debugger: Debugger = field(init=False)

    def __post_init__(self) -> None:
        self.debugger = Debugger(lambda: self.notebook, self.kept.recorder.wake)
        self._heard = 0

    @property
    def keys(self) -> list[CellKey]:
        return [cell.key for cell in self.notebook.cells]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Pass on what is told until something is so."""
        async with asyncio.timeout(60):
            while True:
                events = self.kept.recorder.events
                for event in events[self._heard :]:
                    if isinstance(event, DebugEventArrived):
                        self.debugger.heard(event)
                    elif isinstance(event, KernelStateChanged):
                        self.debugger.heed_kernel(self.kept.session)
                self._heard = len(events)
                if is_so():
                    return
                await self.kept.recorder.next()

    async def run(self, index: int, *, debugged: bool = True) -> RunId:
        cell = self.notebook.cells[index]
        if debugged:
            await self.debugger.prepare(self.kept.session, [cell.key])
        return self.kept.session.run(cell.source)

    async def stopped(self) -> Stopped:
        await self.until(lambda: isinstance(self.debugger.state, Stopped))
        assert isinstance(self.debugger.state, Stopped)
        return self.debugger.state

    async def step(self, step: Step) -> Stopped:
        await self.debugger.go(step)
        return await self.stopped()

    def spots(self, stopped: Stopped) -> list[Spot | None]:
        return [self.debugger.spot(frame) for frame in stopped.frames]

    async def ended(self, run: RunId) -> RunFinished:
        over = self.kept.recorder.of
        await self.until(lambda: any(each.run == run for each in over(RunFinished)))
        return next(each for each in over(RunFinished) if each.run == run)


@pytest_asyncio.fixture(
    loop_scope="module", scope="module", params=[PYTHON, XEUS_PYTHON], ids=lambda one: one.name
)
async def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[KeptKernel]:
    language: LanguageKernel = request.param
    with installed(language, tmp_path_factory.mktemp("home")) as spec, state_of_own():
        cwd = tmp_path_factory.mktemp("cwd")
        kept = await KeptKernel(cwd / "a.ipynb", spec.launch(str(cwd)).to_json()).ready()
        yield kept
        await kept.end()


@pytest_asyncio.fixture(loop_scope="module")
async def debugged(kernel: KeptKernel) -> AsyncIterator[Debugged]:
    while not isinstance(kernel.session.state, Idle) or kernel.session.running is not None:
        await kernel.recorder.next()  # what an earlier test did comes to its end
    kernel.recorder.events.clear()
    debugged = Debugged(kernel)
    yield debugged
    await debugged.debugger.end()
    await debugged.debugger.close()


async def test_code_stops_is_stepped_through_and_goes_on(debugged: Debugged) -> None:
    first, second = debugged.keys
    await debugged.ended(await debugged.run(0))
    debugged.debugger.toggle(second, 1)
    run = await debugged.run(1)
    assert debugged.spots(await debugged.stopped()) == [Spot(second, 1)]
    inside = await debugged.step(Step.INTO)
    assert debugged.spots(inside)[-1] == Spot(second, 1)
    assert debugged.spots(inside)[0] in (Spot(first, 0), Spot(first, 1))
    while (at := debugged.spots(inside)[0]) != Spot(first, 2):
        assert at is not None
        inside = await debugged.step(Step.OVER)

    adapter = debugged.debugger.adapter
    scopes = await adapter.scopes(inside.frames[0].id)
    held = {each.name: each.value for each in await adapter.variables(scopes[0].reference)}
    assert (held["a"], held["b"], held["total"]) == ("1", "2", "3")
    assert (await adapter.evaluate("total * 100", inside.frames[0].id)).value == "300"
    with pytest.raises(DebugError, match="NameError"):
        await adapter.evaluate("no_such_name", inside.frames[0].id)

    outside = await debugged.step(Step.OUT)
    assert debugged.spots(outside)[0] in (Spot(second, 1), Spot(second, 2))
    assert isinstance(debugged.kept.session.state, Busy)
    await debugged.debugger.go(Step.CONTINUE)
    assert (await debugged.ended(run)).status is RunStatus.OK
    assert debugged.kept.recorder.text(run) == "3\ndone\n"
    assert debugged.debugger.state == On()


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, ids=["python3"], scope="module")
async def test_it_ends_while_code_has_stopped_and_the_code_goes_on(debugged: Debugged) -> None:
    debugged.debugger.toggle(debugged.keys[1], 0)
    await debugged.ended(await debugged.run(0))
    run = await debugged.run(1)
    await debugged.stopped()
    await debugged.debugger.end()
    assert debugged.debugger.state == Off()
    assert (await debugged.ended(run)).status is RunStatus.OK
    assert debugged.debugger.breakpoints.of(debugged.keys[1]) == {0}
    again = await debugged.run(1, debugged=False)
    assert (await debugged.ended(again)).status is RunStatus.OK


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, ids=["python3"], scope="module")
async def test_what_has_stopped_is_interrupted_and_code_stops_again_later(
    debugged: Debugged,
) -> None:
    debugged.notebook = _notebook("def wait():\n    here = 1\n    while True: pass\nwait()")
    debugged.debugger.toggle(debugged.keys[0], 1)
    run = await debugged.run(0)
    await debugged.stopped()
    await debugged.debugger.release()
    debugged.kept.session.interrupt()
    assert (await debugged.ended(run)).status is RunStatus.ERROR
    assert "KeyboardInterrupt" in debugged.kept.recorder.of(ErrorArrived)[-1].ename
    debugged.notebook = _notebook("one = 1\ntwo = 2")
    debugged.debugger.toggle(debugged.keys[0], 1)
    run = await debugged.run(0)
    assert debugged.spots(await debugged.stopped()) == [Spot(debugged.keys[0], 1)]
    await debugged.debugger.go(Step.CONTINUE)
    assert (await debugged.ended(run)).status is RunStatus.OK


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, ids=["python3"], scope="module")
async def test_who_comes_while_code_has_stopped_sees_where_and_can_go_on(debugged: Debugged) -> None:
    debugged.notebook = _notebook(DEFINES, "add(1, 2)")
    debugged.debugger.toggle(debugged.keys[0], 1)
    await debugged.ended(await debugged.run(0))
    run = await debugged.run(1)
    await debugged.stopped()

    other = Debugged(Attached(debugged.kept), debugged.notebook)
    other.kept.session.open()
    await other.kept.recorder.first(CaughtUp)
    other.debugger.heed_kernel(other.kept.session)
    assert other.spots(await other.stopped()) == [Spot(other.keys[0], 1), Spot(other.keys[1], 0)]
    assert other.debugger.breakpoints.of(other.keys[0]) == {1}
    await other.debugger.go(Step.CONTINUE)
    await other.ended(run)
    await debugged.until(lambda: debugged.debugger.state == On())
    await other.debugger.close()
    await other.kept.session.close()


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, ids=["python3"], scope="module")
async def test_the_debugger_is_not_started_behind_what_runs(debugged: Debugged) -> None:
    session = debugged.kept.session
    await debugged.debugger.end()
    run = session.run("while True: pass")
    await debugged.until(lambda: session.running == run)
    with pytest.raises(DebugError, match="once the kernel is idle"):
        await debugged.debugger.prepare(session, debugged.keys)
    session.interrupt()
    await debugged.ended(run)


async def test_the_death_of_the_kernel_while_code_has_stopped_ends_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with state_of_own():
        kept = await KeptKernel(tmp_path_factory.mktemp("cwd") / "a.ipynb").ready()
        pid = await kept.kernel_pid()
        debugged = Debugged(kept)
        debugged.debugger.toggle(debugged.keys[0], 0)
        run = await debugged.run(0)
        await debugged.stopped()
        os.kill(pid, signal.SIGKILL)
        assert (await debugged.ended(run)).status is RunStatus.LOST
        await debugged.until(lambda: debugged.debugger.state == Off())
        assert debugged.debugger.breakpoints.of(debugged.keys[0]) == {0}
        await debugged.debugger.close()
        await kept.end()
