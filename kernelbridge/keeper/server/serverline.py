"""The line to a kernel on a Jupyter Server: a websocket, made anew in the same name when it is lost."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any, Callable, Coroutine

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.jsontypes import EMPTY
from kernelbridge.keeper.kernels import Channel, Death, KernelListener
from kernelbridge.keeper.server.catchingup import CatchingUp
from kernelbridge.keeper.server.continuity import Continuity
from kernelbridge.keeper.server.outstanding import Outstanding
from kernelbridge.keeper.server.ratelimit import RateLimit
from kernelbridge.keeper.server.serverframes import Heard
from kernelbridge.keeper.server.serverkernels import GoneError, RefusedError, ServerKernels
from kernelbridge.keeper.server.serversocket import ServerSocket
from kernelbridge.keeper.wire import Wire, WireMessage

_FIRST_WAIT, _LONGEST_WAIT = 0.1, 30.0
_REFUSALS = 3
"""How often a token is offered that is not taken any more."""
_CATCHING_UP = 1.0
"""Seconds for a kernel to answer what is asked once the line is back; some do not while they are busy."""
_LOOK = 10.0
"""Seconds between looks at whether the kernel is still there: a server does not always say so."""
_CLOSING = 1.0


class ServerLine:
    """One kernel's channels, from `open` to `close` or the kernel's death."""

    def __init__(
        self,
        kernels: ServerKernels,
        kernel_id: str,
        session: str,
        listener: KernelListener,
        changed: Callable[[str | None], None],
    ) -> None:
        """`changed` is told why the line is down, and None when it is back."""
        self._kernels = kernels
        self._kernel_id = kernel_id
        self._session = session
        self._listener = listener
        self._changed = changed
        self._wire = Wire(b"", session)
        self._continuity = Continuity()
        self._rate = RateLimit(session)
        self._outstanding = Outstanding()
        self._outbox: list[Heard] = []
        self._socket: ServerSocket | None = None
        self._catching_up: CatchingUp | None = None
        self._heard_at = time.time()
        self._was_ready = False
        self._is_over = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.interrupts_when_back = False
        """Whether what runs is to be interrupted once the line is back."""
        self.was_replaced = False
        """Whether the kernel died and the server, by itself, started another in its place."""

    async def open(self) -> None:
        """Connects for the first time. Raises ServerError."""
        self._socket = await self._kernels.connect(self._kernel_id, self._session)
        self._spawn(self._keep(self._socket))
        self._spawn(self._look_now_and_then())

    def send(self, channel: Channel, message: WireMessage) -> None:
        """Sends a message, or keeps it until the line is back."""
        if self._is_over:
            return
        self._outstanding.sent(channel, message)
        if self._socket is None or not self._socket.send(channel, message):
            self._outbox.append((channel, message))

    def mute(self) -> None:
        """Nothing more is told, though the line stays."""
        self._is_over = True

    def leave(self) -> None:
        """Closes the line without waiting for the other side."""
        self._is_over = True
        for task in self._tasks:
            task.cancel()
        if self._socket is not None:
            self._socket.close()

    async def close(self) -> None:
        """Closes the line, for another to be opened in the same name."""
        tasks, closing = set(self._tasks), self._socket
        self.leave()
        await asyncio.gather(*tasks, return_exceptions=True)
        if closing is not None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(closing.closed(), _CLOSING)

    # -- as long as it lives ----

    async def _keep(self, opened: ServerSocket) -> None:
        while True:
            try:
                async for heard in opened.messages():
                    self._hear(heard)
            finally:
                opened.close()
            self._socket = None
            self._stop_holding()
            if self._is_over:
                return
            catching_up = CatchingUp(self._session, self._continuity, self._outstanding, self._heard_at)
            again = await self._connect_again()
            if again is None:
                return
            self._go_on(again, catching_up)
            opened = again

    async def _connect_again(self) -> ServerSocket | None:
        """Tries until it succeeds; None where the kernel is gone."""
        wait, refusals = 0.0, 0
        while True:
            await asyncio.sleep(wait)
            wait = min(max(_FIRST_WAIT, 2 * wait), _LONGEST_WAIT)
            try:
                await self._kernels.look(self._kernel_id)
                return await self._kernels.connect(self._kernel_id, self._session)
            except GoneError as error:
                self._end(str(error))
                return None
            except RefusedError as error:
                refusals += 1
                if refusals >= _REFUSALS:
                    self._end(f"{error}; the kernel may still run there")
                    return None
                self._changed(str(error))
            except ServerError as error:
                self._changed(str(error))

    def _go_on(self, again: ServerSocket, catching_up: CatchingUp) -> None:
        self._rate = RateLimit(self._session)
        marker = self._wire.message("kernel_info_request", EMPTY)
        catching_up.marker = marker.id
        self._catching_up = catching_up
        self._socket = again
        asyncio.get_event_loop().call_later(_CATCHING_UP, self._stop_holding, catching_up)
        unsent, self._outbox = self._outbox, []
        again.send(Channel.CONTROL, marker)
        for channel, message in self._outstanding.questions:
            again.send(channel, message)
        asked = {message.id for _, message in self._outstanding.questions}
        for channel, message in unsent:
            if message.id not in asked and not again.send(channel, message):
                self._outbox.append((channel, message))
        if self.interrupts_when_back:
            self.interrupts_when_back = False
            if self._outstanding.runs:
                self._spawn(self._interrupt())
        self._changed(None)

    async def _interrupt(self) -> None:
        try:
            await self._kernels.interrupt(self._kernel_id)
        except ServerError as error:
            self._changed(str(error))

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            await self._look()

    async def _look(self) -> None:
        """Whether the kernel is there, and where it should be at work, whether it is the same."""
        try:
            await self._kernels.look(self._kernel_id)
        except GoneError as error:
            self._end(str(error))
        except ServerError:
            pass  # the line says so by itself
        else:
            if self._outstanding.runs and self._socket is not None:
                self._socket.send(Channel.CONTROL, self._wire.message("kernel_info_request", EMPTY))

    # -- what comes ----

    def _hear(self, heard: Heard) -> None:
        if self._catching_up is None:
            self._take(heard)
            return
        self._catching_up.hold(heard)
        if self._catching_up.is_over:
            self._stop_holding()

    def _stop_holding(self, of: CatchingUp | None = None) -> None:
        catching_up = self._catching_up
        if catching_up is None or self._is_over or (of is not None and of is not catching_up):
            return
        self._catching_up = None
        if not catching_up.is_complete():
            self._listener.missed(catching_up.since, time.time())
        for heard in catching_up.held:
            self._take(heard)

    def _take(self, heard: Heard) -> None:
        if self._is_over:
            return
        channel, message = heard
        self._heard_at = time.time()
        if message.header.get("session") != self._session:
            if self._is_started_anew(message):
                self._end("it was started anew, by another frontend or by the server")
                return
            self._continuity.heard(channel, message)
        elif self._says_that_it_died(message):
            return
        dropped = self._rate.heard(channel, message, self._heard_at)
        if dropped is not None:
            self._listener.missed(dropped.since, dropped.until, dropped.messages)
        self._outstanding.heard(channel, message)
        if channel is Channel.IOPUB and message.kind == "shutdown_reply":
            self._spawn(self._look())
        self._listener.heard(channel, message)

    def _is_started_anew(self, message: WireMessage) -> bool:
        state = message.content.get("execution_state") if message.kind == "status" else None
        if state in ("busy", "idle") and message.parent_kind == "execute_request":
            self._was_ready = (
                True  # it may have answered other questions on control before it said that it starts
            )
        return (state == "starting" and self._was_ready) or self._continuity.is_other_process(message)

    def _says_that_it_died(self, message: WireMessage) -> bool:
        """Whether the server itself says so."""
        state = message.content.get("execution_state") if message.kind == "status" else None
        if message.parent_header or state not in ("restarting", "dead"):
            return False
        self.was_replaced = state == "restarting"
        self._end("it died" + (", and the server has started another" if self.was_replaced else ""))
        return True

    def _end(self, reason: str) -> None:
        if not self._is_over:
            self.leave()
            self._changed(None)
            self._listener.died(Death(reason))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_event_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
