"""A kernel on this machine: its process, its sockets and its files, from launch to the last of them gone."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.errors import LaunchError
from kernelbridge.messages import Request, interrupt_request, shutdown_request
from kernelbridge.outputs import JsonObject
from kernelbridge.specs import InterruptMode, KernelSpec
from kernelbridge.transports.base import Channel, Listener
from kernelbridge.transports.privatedir import make_private_directory
from kernelbridge.transports.process import Connection, KernelProcess
from kernelbridge.wire import Wire, WireMessage

if TYPE_CHECKING:
    from kernelbridge.transports.sockets import KernelSockets

_PATIENCE = 2.0
"""Seconds that a kernel has to end by itself."""
_LOOK_AGAIN = 0.02
"""Seconds between looks at a process where the system cannot tell of its end, and while waiting for it."""
_LAST_WORDS = 0.05
"""Seconds for what a dying kernel sent to arrive."""


class LocalTransport:
    """A kernel that this process starts and owns."""

    def __init__(self, spec: KernelSpec, cwd: Path | None = None) -> None:
        """`cwd` is where the kernel runs: the notebook's directory."""
        self._spec = spec
        self._cwd = cwd
        self._connection: Connection | None = None
        self._process: KernelProcess | None = None
        self._sockets: KernelSockets | None = None
        self._wire: Wire | None = None
        self._listener: Listener | None = None
        self._watch: asyncio.Task[None] | None = None

    def launch(self) -> None:
        """Starts the kernel's process and nothing else: takes milliseconds, imports nothing, needs no loop.

        To be called as early as there is a kernelspec; `start` does so otherwise. Raises KernelBridgeError.
        """
        self._launched()

    def _launched(self) -> tuple[Connection, KernelProcess]:
        if self._connection is None:
            directory = make_private_directory()
            atexit.register(self._clean_up)
            try:
                self._connection = Connection.create(directory, self._spec)
            except OSError as error:
                raise LaunchError(f"the connection file cannot be written: {error.strerror}") from error
        self._process = KernelProcess.launch(self._spec, self._connection, self._cwd)
        return self._connection, self._process

    async def start(self, listener: Listener) -> None:
        """Launches the kernel where `launch` has not, and connects. Raises KernelBridgeError."""
        self._listener = listener
        if self._connection is not None and self._process is not None:
            self._connect(self._connection, self._process)
        else:
            self._connect(*self._launched())

    def send(self, channel: Channel, request: Request, parent: JsonObject | None = None) -> str:
        """Sends a request; to a kernel that is gone, nothing."""
        wire = self._wire or Wire(b"")
        message = wire.message(request.kind, request.content, parent)
        if self._sockets is not None:
            self._sockets.send(channel, message)
        return message.id

    async def interrupt(self) -> None:
        """By signal to the process group or by message, as the kernelspec says."""
        if self._spec.interrupt_mode is InterruptMode.MESSAGE:
            self.send(Channel.CONTROL, interrupt_request())
        elif self._process is not None:
            self._process.signal(signal.SIGINT)

    async def restart(self) -> None:
        """Ends the process and starts another with the same connection file."""
        await self._end(restart=True)
        if self._connection is not None:
            self._connection.remove_sockets()
        self._connect(*self._launched())

    async def shutdown(self) -> None:
        """Ends the process and removes its files."""
        await self._end(restart=False)
        self._clean_up()
        atexit.unregister(self._clean_up)

    def _connect(self, connection: Connection, process: KernelProcess) -> None:
        """Connects to a process that was just launched, and watches it."""
        from kernelbridge.transports.sockets import KernelSockets  # zmq: only now, while the kernel starts

        self._wire = Wire(connection.key)
        self._sockets = KernelSockets(connection.addresses, self._wire, self._heard)
        self._watch = asyncio.get_running_loop().create_task(self._tell_death(process))

    def _heard(self, channel: Channel, message: WireMessage) -> None:
        if self._listener is not None:
            self._listener.heard(channel, message)

    async def _tell_death(self, process: KernelProcess) -> None:
        await _ended(process)
        await asyncio.sleep(_LAST_WORDS)
        self._disconnect()
        if self._listener is not None:
            self._listener.died(process.death())

    async def _end(self, *, restart: bool) -> None:
        """Ends the process: asks it to, and kills the whole group when it does not go."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        process = self._process
        if process is not None and process.is_alive:
            await self.interrupt()
            self.send(Channel.CONTROL, shutdown_request(restart=restart))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await _ended(process)
            process.signal(signal.SIGKILL)
            await _ended(process)
        self._process = None
        self._disconnect()

    def _disconnect(self) -> None:
        if self._sockets is not None:
            self._sockets.close()
            self._sockets = None

    def _clean_up(self) -> None:
        """Leaves nothing behind; also at the exit of the program, when no loop runs any more."""
        if self._process is not None:
            self._process.signal(signal.SIGKILL)
            self._process = None
        if self._connection is not None:
            shutil.rmtree(self._connection.file.parent, ignore_errors=True)
            self._connection = None


async def _ended(process: KernelProcess) -> None:
    """Returns when the process has ended; at once on Linux, within `_LOOK_AGAIN` elsewhere."""
    if not process.is_alive:
        return
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # not Linux, or one older than 5.3
        while process.is_alive:  # noqa: ASYNC110 -- the system has no event to wait for
            await asyncio.sleep(_LOOK_AGAIN)
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    process.reap()
