"""A keeper that goes on with a kernel which runs something already: from when on what it says is heard."""

from __future__ import annotations

import asyncio

from kernelbridge.fakekernel import FakeKernel
from kernelbridge.keeper.executor import Executor
from kernelbridge.keeper.frames import Unpacker
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.keeping import Memory
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.recording import Records
from kernelbridge.keeper.runs import Run
from kernelbridge.keeper.wire import Wire, WireMessage


class Subscribing(FakeKernel):
    """Answers on control alone, as it is busy; is heard on iopub only once it was asked three times."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self._heard_by: KernelListener | None = None

    async def start(self, listener: KernelListener) -> None:
        self._heard_by = listener
        await super().start(self)

    def heard(self, channel: Channel, message: WireMessage) -> None:
        if self._heard_by is not None and (channel is not Channel.IOPUB or self.asked >= 3):
            self._heard_by.heard(channel, message)

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        raise AssertionError(since, until, dropped)

    def died(self, death: Death) -> None:
        raise AssertionError(death)

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        if channel is Channel.SHELL:
            return Wire(b"").message(request.kind, request.content, parent, message_id).id
        self.asked += 1
        return super().send(channel, request, parent, message_id)


async def test_what_may_be_missed_goes_up_to_when_the_kernel_is_heard_again() -> None:
    told = asyncio.Event()
    journal = Memory()
    records = Records(journal, 1, lambda _seq, _data: told.set(), lambda _problem: None)
    kernel, run = Subscribing(), Run("r" * 32, "slow()", None, "test", sent=0.0)
    taking = asyncio.ensure_future(Executor(records, lambda: None).take_over(kernel, [run], 5.0))
    async with asyncio.timeout(30):
        await told.wait()
    taking.cancel()
    (gap,) = [frame.fields for _, data in journal.read() for frame in Unpacker().feed(data)]
    assert (gap["what"], gap["run"], gap["why"], gap["since"]) == ("gap", run.id, "keeper", 5.0)
    assert kernel.asked == 3
