"""The line to a keeper: connected as long as that is possible, and again when it was lost."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from kernelbridge.keeper.frames import Frame
from kernelbridge.transports.base import (
    Connected,
    Connecting,
    Connection,
    Interrupted,
    LineState,
    LoggedOut,
    LoginNeededError,
    NoWayError,
    Severed,
    Way,
    WayError,
)

_WAITS = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before an attempt: after the first failure, the second, ..., and the last for all that follow."""


class LineUser(Protocol):
    """Who speaks over the line."""

    def connected(self) -> None:
        """The line is up, for the first time or again: whatever the other side must know is to be said."""
        ...

    def received(self, frame: Frame) -> None:
        """A frame came."""
        ...

    def line_changed(self) -> None:
        """The line is in another state."""
        ...


class Line:
    """Keeps one connection up. To be used on one event loop."""

    def __init__(self, way: Way, user: LineUser) -> None:
        self._way = way
        self._user = user
        self._connection: Connection | None = None
        self._loss: asyncio.Future[str] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._state: LineState = Connecting()
        self._hurry = asyncio.Event()

    @property
    def state(self) -> LineState:
        """How it is with the line."""
        return self._state

    def open(self) -> None:
        """Begins to connect, where it has not or has given up."""
        if self._keeping is None or self._keeping.done():
            self._enter(Connecting())
            self._keeping = asyncio.get_running_loop().create_task(self._keep())

    def send(self, frame: Frame) -> None:
        """Sends a frame; while the line is down nothing is sent."""
        if self._connection is not None:
            self._connection.send(frame)

    def hurry(self) -> None:
        """Tries at once, whatever it waits for."""
        self._hurry.set()

    async def log_in(self) -> None:
        """Has a person log in, and connects. Raises WayError."""
        await self._way.log_in()
        self.open()

    async def close(self) -> None:
        """Ends it, once what was sent is on its way."""
        if self._keeping is not None:
            self._keeping.cancel()
        await self.sever("")

    async def sever(self, reason: str) -> None:
        """Ends it for good: the other side has, or speaks another language."""
        connection, self._connection = self._connection, None
        self._enter(Severed(reason))
        if connection is not None:
            await connection.close()

    async def _keep(self) -> None:
        failures = 0
        while not isinstance(self._state, Severed):
            try:
                reason = await self._until_lost()
                failures = 1
            except LoginNeededError as error:
                self._enter(LoggedOut(str(error)))
                return
            except NoWayError as error:
                self._enter(Severed(str(error)))
                return
            except WayError as error:
                reason = str(error)
                failures += 1
            if not isinstance(self._state, Severed):
                await self._pause(reason, failures)

    async def _until_lost(self) -> str:
        """Connects, and returns why the connection ended, once it has."""
        loss = self._loss = asyncio.get_running_loop().create_future()
        self._connection = await self._way.connect(self)
        self._enter(Connected())
        self._user.connected()
        return await loss

    async def _pause(self, reason: str, failures: int) -> None:
        wait = _WAITS[min(failures, len(_WAITS)) - 1]
        self._enter(Interrupted(reason, failures, time.monotonic() + wait))
        self._hurry.clear()
        if wait:
            await asyncio.wait((asyncio.ensure_future(self._hurry.wait()),), timeout=wait)

    def received(self, frame: Frame) -> None:
        """Takes a frame from the connection."""
        self._user.received(frame)

    def lost(self, reason: str) -> None:
        """Takes from the connection that it is gone."""
        self._connection = None
        if self._loss is not None and not self._loss.done():
            self._loss.set_result(reason)

    def _enter(self, state: LineState) -> None:
        if state != self._state:
            self._state = state
            self._user.line_changed()
