"""A process that ends still tells this and that, and nothing of it is of the one that comes in its place.

What is new answers as soon as it is asked, and what it publishes may be missed by then: each of its sockets
connects in its own time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Wait, prints
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.keeper import Launched
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.runstatus import RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Dead, Idle
from recording import Recorder

_UNHEARD = 2
"""Requests to a new process that it answers and of which nothing is heard on iopub."""
_ENOUGH = 100
"""Turns of the loop: a new process is asked, answers and is given a run in fewer."""
Tell = Callable[[KernelListener], None]


class Ending(FakeKernel):
    """Tells something while it ends."""

    def __init__(self, last_word: Tell, unheard: int = 0) -> None:
        super().__init__({"greet": [prints("hello")]})
        self._last_word = last_word
        self._unheard = unheard

    async def restart(self) -> None:
        await self._end()
        self._unheard = _UNHEARD
        await super().restart()

    async def shutdown(self) -> None:
        await self._end()
        await super().shutdown()

    async def _end(self) -> None:
        """Returns once the last word was told."""
        was_told = asyncio.Event()
        self._soon(self._last_word)
        asyncio.get_running_loop().call_soon(was_told.set)
        await was_told.wait()

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        sent = super().send(channel, request, parent, message_id)
        self._unheard = max(0, self._unheard - 1)
        return sent

    def _hear(self, channel: Channel, kind: str, content: JsonObject, parent: JsonObject) -> None:
        if channel is not Channel.IOPUB or not self._unheard:
            super()._hear(channel, kind, content, parent)


class Slow(FakeKernel):
    """Is restarted the second time when there was time enough to run something after the first."""

    def __init__(self) -> None:
        super().__init__(lambda _code: [prints("hello")] if self.restarts == 2 else [Wait()])
        self._one_at_a_time = asyncio.Lock()

    async def restart(self) -> None:
        async with self._one_at_a_time:
            for _ in range(self.restarts * _ENOUGH):
                await asyncio.sleep(0)
            await super().restart()


async def begun(kernel: FakeKernel) -> tuple[FakeWay, Session, Recorder]:
    recorder, way = Recorder(), FakeWay(kernel)
    session = Session(way, recorder, FRONTEND)
    session.open(SCRIPTED)
    await recorder.state(Idle)
    recorder.events.clear()
    return way, session, recorder


def speaks(listener: KernelListener) -> None:
    header: JsonObject = {"msg_id": "last", "msg_type": "status"}
    listener.heard(Channel.IOPUB, WireMessage(header, {}, {}, {"execution_state": "idle"}))


def dies(listener: KernelListener) -> None:
    listener.died(Death("it died by itself"))


@pytest.mark.parametrize("last_word", [speaks, dies])
@pytest.mark.parametrize("how", ["restarted", "replaced"])
async def test_a_run_waits_until_the_new_one_is_heard_whatever_the_former_one_tells(
    how: str, last_word: Tell
) -> None:
    way, session, recorder = await begun(Ending(last_word))
    if how == "restarted":
        session.restart()
    else:
        way.keeper.launch(Launched(Ending(last_word, _UNHEARD), SCRIPTED))
    run = session.run("greet")
    assert (await recorder.finished(run)).status is RunStatus.OK
    assert recorder.text(run) == "hello"
    await recorder.state(Idle)
    assert not [state for state in recorder.states if isinstance(state, Dead)]


async def test_of_two_restarts_the_second_one_s_process_is_given_what_is_run() -> None:
    _, session, recorder = await begun(Slow())
    session.restart()
    session.restart()
    run = session.run("greet")
    assert (await recorder.finished(run)).status is RunStatus.OK
    assert recorder.text(run) == "hello"
