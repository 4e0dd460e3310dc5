"""The scripted kernel is one like any other to who speaks with it."""

from __future__ import annotations

from hearing import Hearing
from kernelbridge.fakekernel import FakeKernel, prints
from kernelbridge.keeper.kernels import Channel, Kernel, Request


async def test_answers_name_the_id_that_was_given() -> None:
    kernel: Kernel = FakeKernel({"a": [prints("hello")]})
    hearing = Hearing(kernel)
    await kernel.start(hearing)
    assert kernel.send(Channel.SHELL, Request("execute_request", {"code": "a"}), message_id="mine") == "mine"
    await hearing.message(Channel.SHELL, "execute_reply", "mine")
    assert hearing.text("mine") == "hello"
    assert (kernel.pid, kernel.connection_file) == (None, None)
