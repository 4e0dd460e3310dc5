"""A kernel that somebody else started: spoken to through its connection file, and never ended."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.keeper.errors import KeeperError, LaunchError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.local.connections import HEARTBEAT, Connection
from kernelbridge.keeper.local.link import KernelLink

if TYPE_CHECKING:
    from kernelbridge.keeper.local.heartbeat import Heartbeat


class JoinedKernel:
    """One more frontend of a running kernel."""

    def __init__(self, connection_file: str, session: str) -> None:
        """`connection_file` is a path, or the name of a file in Jupyter's runtime folder."""
        self._name = connection_file
        self._link = KernelLink(session)
        self._file: Path | None = None
        self._heartbeat: Heartbeat | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """None: a connection file does not say."""
        return None

    @property
    def connection_file(self) -> str | None:
        """The path of its connection file, once it was found."""
        return str(self._file) if self._file is not None else None

    async def start(self, listener: KernelListener) -> None:
        """Finds the kernel and connects. Raises LaunchError where none answers."""
        from kernelbridge.keeper.local.heartbeat import Heartbeat

        self.leave()
        runtime = _runtime_directory()
        file = _find(self._name, runtime)
        connection = Connection.read(file).located((file.parent, runtime))
        self._file = file
        self._link.listener = listener
        self._heartbeat = Heartbeat(connection.addresses[HEARTBEAT], file)
        self._link.connect(connection)
        is_there = False
        try:
            is_there = await self._heartbeat.found()
        finally:
            if not is_there:
                self.leave()
        if not is_there:
            raise LaunchError(f"no kernel answers that {file} names")
        self._watch = asyncio.get_running_loop().create_task(self._tell_death(self._heartbeat))

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
        """By message, as its process is not known."""
        self.send(Channel.CONTROL, Request("interrupt_request", {}))

    async def restart(self) -> None:
        """Raises KeeperError: it is not ours to restart."""
        raise KeeperError("this kernel was started by another program, and only that can restart it")

    async def shutdown(self) -> None:
        """Leaves it."""
        self.leave()

    def leave(self) -> None:
        """Closes the sockets; the kernel does not mind."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        self._close()

    async def _tell_death(self, heartbeat: Heartbeat) -> None:
        await heartbeat.lost()
        self._watch = None
        self._close()
        self._link.died(Death("no longer answers"))

    def _close(self) -> None:
        self._link.close()
        if self._heartbeat is not None:
            self._heartbeat.close()
            self._heartbeat = None


def _runtime_directory() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())


def _find(name: str, runtime: Path) -> Path:
    """The connection file that is meant, as Jupyter's own frontends take it."""
    given = Path(name).expanduser()
    for candidate in (given, runtime / name, runtime / f"kernel-{name}.json"):
        if candidate.is_file():
            return candidate.absolute()
    raise LaunchError(f"no connection file {name}, neither as a path nor in {runtime}")
