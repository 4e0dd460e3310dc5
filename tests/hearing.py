"""Hears a kernel of the keeper's in tests, and waits for what it says."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from kernelbridge.keeper.kernels import Channel, Death, Kernel, Request
from kernelbridge.keeper.wire import WireMessage

T = TypeVar("T")


@dataclass
class Ear:
    """The listener of a kernel under test."""

    heard_messages: list[tuple[Channel, WireMessage]] = field(default_factory=list)
    gaps: list[tuple[float, float, int | None]] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    problems: list[str | None] = field(default_factory=list)
    _by_request: dict[str, list[WireMessage]] = field(default_factory=dict)
    _progress: dict[str, set[str]] = field(default_factory=dict)
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, channel: Channel, message: WireMessage) -> None:
        self.heard_messages.append((channel, message))
        self._by_request.setdefault(message.parent_id, []).append(message)
        progress = self._progress.setdefault(message.parent_id, set())
        if message.kind == "execute_reply":
            progress.add("replied")
        elif message.content.get("execution_state") == "idle":
            progress.add("idle")
        self._came.set()

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        self.gaps.append((since, until, dropped))
        self._came.set()

    def died(self, death: Death) -> None:
        self.deaths.append(death)
        self._came.set()

    def line_changed(self, problem: str | None) -> None:
        self.problems.append(problem)
        self._came.set()

    async def until(self, found: Callable[[], T | None]) -> T:
        """What `found` gives, once that is something: only what is told can change it."""
        async with asyncio.timeout(60):
            while not (value := found()):
                self._came.clear()
                await self._came.wait()
        return value

    def of(self, request: str, kind: str = "") -> list[WireMessage]:
        """What answers a request."""
        return [each for each in self._by_request.get(request, []) if kind in ("", each.kind)]

    def text(self, request: str, name: str = "stdout") -> str:
        streams = [each.content for each in self.of(request, "stream")]
        return "".join(str(each["text"]) for each in streams if each["name"] == name)

    def is_over(self, request: str) -> bool:
        return {"replied", "idle"} <= self._progress.get(request, set())

    async def ran(self, kernel: Kernel, code: str, message_id: str | None = None) -> str:
        """The id of a run that is over."""
        run = execute(kernel, code, message_id)
        await self.until(lambda: self.is_over(run))
        return run


def execute(kernel: Kernel, code: str, message_id: str | None = None) -> str:
    content = {
        "code": code,
        "silent": False,
        "store_history": True,
        "allow_stdin": True,
        "stop_on_error": True,
    }
    return kernel.send(Channel.SHELL, Request("execute_request", content), message_id=message_id)


class Hearing(Ear):
    """An ear with a mouth: for a kernel that never misses to tell anything."""

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self.kernel = kernel

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        raise AssertionError((since, until, dropped))

    async def death(self) -> Death:
        return await self.until(lambda: self.deaths[-1] if self.deaths else None)

    async def message(self, channel: Channel, kind: str, parent: str) -> WireMessage:
        def found() -> WireMessage | None:
            for on, message in self.heard_messages:
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
        """Heard on iopub, and not only those that were there before."""
        asked: list[str] = []
        heard = asyncio.create_task(self.until(lambda: any(self.of(each, "status") for each in asked)))
        while not heard.done():
            asked.append(self.send("kernel_info_request"))
            await self.message(Channel.SHELL, "kernel_info_reply", asked[-1])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(heard), 0.25)

    def send(self, kind: str, channel: Channel = Channel.SHELL, **content: str | bool) -> str:
        return self.kernel.send(channel, Request(kind, content))

    def run(self, code: str) -> str:
        """Sends code and gives its id."""
        return execute(self.kernel, code)

    async def prints(self, run: str, text: str) -> None:
        await self.until(lambda: text in self.text(run))

    async def output(self, code: str) -> str:
        """What code prints, once it is over."""
        run = await self.ran(self.kernel, code)
        (reply,) = self.of(run, "execute_reply")
        assert reply.content["status"] == "ok", reply.content
        return self.text(run)
