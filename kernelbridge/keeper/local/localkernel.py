"""A kernel on this machine: its process, its sockets and its files, from launch to the last of them gone.

It is made to outlive its owner: an owner that comes later takes it over with what `state` gave.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from pathlib import Path
from typing import Mapping

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch
from kernelbridge.keeper.local.connections import KERNEL_FILE, Connection
from kernelbridge.keeper.local.earlykernel import EarlyKernel
from kernelbridge.keeper.local.kernellog import KernelLog
from kernelbridge.keeper.local.link import KernelLink
from kernelbridge.keeper.local.process import KernelProcess
from kernelbridge.keeper.local.processend import ended

_PATIENCE = 2.0
"""Seconds that a kernel has to end by itself."""
_LAST_WORDS = 0.05
"""Seconds for what a dying kernel sent to arrive."""


class LocalKernel:
    """A kernel that this process starts, or takes over from one that is gone."""

    def __init__(
        self,
        launch: LocalLaunch,
        runtime: Path,
        log: Path,
        session: str,
        early: EarlyKernel | None = None,
    ) -> None:
        """Sockets and connection file go into `runtime`, a private directory that the caller removes.

        `session` names this end to the kernel: another process with the same one is the same to it.
        `early` is its process, where that was started already.
        """
        self._launch = launch
        self._file = runtime / KERNEL_FILE
        self._log = KernelLog(log)
        self._link = KernelLink(session)
        self._connection: Connection | None = None if early is None else early.connection
        self._process: KernelProcess | None = None if early is None else early.process
        self._watch: asyncio.Task[None] | None = None
        self._ending: asyncio.Lock | None = None
        """Held by who ends the process; made in the event loop, which older Pythons bind it to."""
        self._is_over = False
        """Whether it was shut down: no process is started any more."""

    @classmethod
    def adopt(cls, state: JsonObject, session: str, log: Path) -> LocalKernel:
        """The living kernel of an owner that is gone, by what its `state` was: `start` connects to it.

        Raises LaunchError where it is gone, too.
        """
        launch, file, pid, started = (
            state.get(key) for key in ("launch", "connection_file", "pid", "started")
        )
        if (
            not isinstance(launch, Mapping)
            or not isinstance(file, str)
            or not isinstance(pid, int)
            or not isinstance(started, str)
        ):
            raise LaunchError("there was no kernel")
        process = KernelProcess.adopt(pid, started)
        connection = Connection.read(Path(file))
        kernel = cls(LocalLaunch.from_json(launch), connection.file.parent, log, session)
        kernel._file, kernel._connection, kernel._process = connection.file, connection, process
        return kernel

    @property
    def pid(self) -> int | None:
        """The id of its process, as long as that lives."""
        return self._process.pid if self._process is not None else None

    @property
    def connection_file(self) -> str | None:
        """The path of its connection file, from launch to shutdown."""
        return str(self._file) if self._connection is not None else None

    def state(self) -> JsonObject:
        """What `adopt` needs, to be kept in a file; `launch`, `start`, `restart` and `shutdown` change it."""
        return {
            "launch": self._launch.to_json(),
            "connection_file": self.connection_file,
            "pid": self.pid,
            "started": self._process.started if self._process is not None else None,
        }

    def launch(self) -> None:
        """Starts the kernel's process and nothing else: takes milliseconds, imports nothing, needs no loop.

        To be called as early as possible; `start` does so otherwise. Raises LaunchError.
        """
        if self._process is None:
            self._launched()

    def _launched(self) -> tuple[Connection, KernelProcess]:
        if self._connection is None or not self._file.exists():
            self._connection = Connection.create(self._file, self._launch)
        self._connection.remove_sockets()
        self._process = KernelProcess.launch(self._launch, self._connection, self._log)
        return self._connection, self._process

    async def start(self, listener: KernelListener) -> None:
        """Launches the kernel where none was launched or adopted, and connects. Raises LaunchError.

        One that was shut down already stays as it is.
        """
        self._link.listener = listener
        if self._is_over:
            return
        if self._connection is not None and self._process is not None:
            self._connect(self._connection, self._process)
        else:
            self._connect(*self._launched())

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Sends a request; to a kernel that is gone, nothing."""
        return self._link.send(channel, request, parent, message_id)

    async def interrupt(self) -> None:
        """By signal to the process group or by message, as the kernelspec says.

        By message, too, where the signal would just end it: Deno's kernelspec forgets to say so.
        """
        process = self._process
        by_signal = self._launch.interrupt_mode is InterruptMode.SIGNAL
        if by_signal and process is not None and process.heeds(signal.SIGINT):
            process.signal(signal.SIGINT)
        else:
            self.send(Channel.CONTROL, Request("interrupt_request", {}))

    async def restart(self) -> None:
        """Ends the process and starts another with the same connection file. Raises LaunchError.

        None is started where it was shut down before the old one had ended.
        """
        async with self._lock():
            await self._end(restart=True)
            if not self._is_over:
                self._connect(*self._launched())

    async def shutdown(self) -> None:
        """Ends the process, and removes its sockets and its connection file; the log stays."""
        self._is_over = True
        async with self._lock():
            await self._end(restart=False)
            if self._connection is not None:
                self._connection.remove()
                self._connection = None

    def leave(self) -> None:
        """Closes the sockets and lets the kernel go on, for another to adopt."""
        self._stop_watching()
        self._link.close()
        if self._process is not None:
            self._process.leave()
            self._process = None

    def trim_log(self) -> None:
        """Keeps the log small, and the connection file from being taken for a stale one. For now and then."""
        self._log.trim()
        if self._connection is not None:
            self._connection.freshen()

    def _connect(self, connection: Connection, process: KernelProcess) -> None:
        """Connects to a process that was just launched or adopted, and watches it."""
        self._link.connect(connection)
        self._watch = asyncio.get_running_loop().create_task(self._tell_death(process))

    async def _tell_death(self, process: KernelProcess) -> None:
        await ended(process)
        await asyncio.sleep(_LAST_WORDS)
        self._process = None
        self._link.died(Death(process.how_it_ended(), self._log.last_lines()))

    def _lock(self) -> asyncio.Lock:
        if self._ending is None:
            self._ending = asyncio.Lock()
        return self._ending

    async def _end(self, *, restart: bool) -> None:
        """Ends the process: asks it to, and kills the whole group when it does not go."""
        self._stop_watching()
        process = self._process
        if process is not None and process.is_alive:
            await self.interrupt()
            self.send(Channel.CONTROL, Request("shutdown_request", {"restart": restart}))
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(ended(process), _PATIENCE)
            process.signal(signal.SIGKILL)
            await ended(process)
        self._process = None
        self._link.close()

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
