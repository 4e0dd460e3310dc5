"""Keeps the events of a session, and waits for them."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from kernelbridge.events import Event, KernelStateChanged, RunFinished, StreamArrived
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import KernelState

E = TypeVar("E")


class Recorder:
    """The `deliver` of a session under test."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._came = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._came.set()

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def states(self) -> list[KernelState]:
        return [event.state for event in self.of(KernelStateChanged)]

    def text(self, run: RunId, name: str = "stdout") -> str:
        streams = self.of(StreamArrived)
        return "".join(event.text for event in streams if (event.run, event.name) == (run, name))

    def status(self, run: RunId) -> RunStatus | None:
        return next((event.status for event in self.of(RunFinished) if event.run == run), None)

    async def first(self, kind: type[E]) -> E:
        """The first event of its kind, once it has come."""
        while not (found := self.of(kind)):
            await self.next()
        return found[0]

    async def finished(self, run: RunId) -> RunFinished:
        while True:
            for event in self.of(RunFinished):
                if event.run == run:
                    return event
            await self.next()

    async def state(self, kind: type[KernelState]) -> KernelState:
        """The last state, once it is of that kind."""
        while not self.states or not isinstance(self.states[-1], kind):
            await self.next()
        return self.states[-1]

    async def told(self, count: int) -> None:
        """Once the state was told so often."""
        while len(self.states) < count:
            await self.next()

    async def printed(self, run: RunId, text: str) -> None:
        while text not in self.text(run):
            await self.next()

    def wake(self) -> None:
        """Somebody else has news for who waits."""
        self._came.set()

    async def next(self) -> None:
        """Once more was told."""
        self._came.clear()
        async with asyncio.timeout(60):
            await self._came.wait()
