"""Keeps what a kernel tells, and waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from kernelbridge.keeper.kernels import Channel, Death, Kernel, Request
from kernelbridge.keeper.wire import WireMessage


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

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for a condition that only what is told can change."""
        async with asyncio.timeout(50):
            while not holds():
                self._came.clear()
                await self._came.wait()

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
