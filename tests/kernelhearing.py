"""Hears a kernel of the keeper's in tests, and waits for what it says."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from kernelbridge.keeper.kernels import Channel, Death, Kernel, Request
from kernelbridge.keeper.wire import WireMessage

T = TypeVar("T")


class Hearing:
    """The listener of a kernel under test, and its mouth."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.messages: list[tuple[Channel, WireMessage]] = []
        self.deaths: list[Death] = []
        self._came = asyncio.Event()

    def heard(self, channel: Channel, message: WireMessage) -> None:
        self.messages.append((channel, message))
        self._came.set()

    def missed(self, since: float, until: float) -> None:
        raise AssertionError((since, until))

    def died(self, death: Death) -> None:
        self.deaths.append(death)
        self._came.set()

    async def until(self, found: Callable[[], T | None]) -> T:
        """What `found` gives, once that is something."""
        while (value := found()) is None:
            self._came.clear()
            async with asyncio.timeout(60):
                await self._came.wait()
        return value

    async def death(self) -> Death:
        return await self.until(lambda: self.deaths[-1] if self.deaths else None)

    async def message(self, channel: Channel, kind: str, parent: str) -> WireMessage:
        def found() -> WireMessage | None:
            for on, message in self.messages:
                if (on, message.kind, message.parent_id) == (channel, kind, parent):
                    return message
            return None

        return await self.until(found)

    async def ready(self) -> Hearing:
        """Started, and heard on iopub: nothing is missed from now on."""
        await self.kernel.start(self)
        await self.listened()
        return self

    async def listened(self) -> None:
        """Heard on iopub."""
        heard = asyncio.create_task(self.until(self._iopub))
        while not heard.done():
            await self.message(Channel.SHELL, "kernel_info_reply", self.send("kernel_info_request"))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(heard), 0.25)

    def _iopub(self) -> bool | None:
        return any(channel is Channel.IOPUB for channel, _ in self.messages) or None

    def send(self, kind: str, channel: Channel = Channel.SHELL, **content: str | bool) -> str:
        return self.kernel.send(channel, Request(kind, content))

    def run(self, code: str) -> str:
        """Sends code and gives its id."""
        return self.send("execute_request", code=code, silent=False, allow_stdin=True)

    def printed(self, run: str) -> str:
        return "".join(
            str(message.content["text"])
            for _, message in self.messages
            if (message.kind, message.parent_id) == ("stream", run)
        )

    async def prints(self, run: str, text: str) -> None:
        await self.until(lambda: text in self.printed(run) or None)

    async def output(self, code: str) -> str:
        """What code prints, once it is over."""
        run = self.run(code)
        reply = await self.message(Channel.SHELL, "execute_reply", run)
        assert reply.content["status"] == "ok", reply.content
        await self.until(lambda: self._is_idle_after(run) or None)
        return self.printed(run)

    def _is_idle_after(self, run: str) -> bool:
        return any(
            message.parent_id == run and message.content.get("execution_state") == "idle"
            for _, message in self.messages
        )
