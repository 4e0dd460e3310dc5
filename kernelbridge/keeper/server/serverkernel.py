"""A kernel on a Jupyter Server, a Kernel Gateway or a Hub: started or joined there, and reached over HTTP.

The token is in memory and in the requests' headers, nowhere else: not in URLs, errors or `state`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Callable

from kernelbridge.keeper.errors import LaunchError, ServerError, UnreachableError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, KernelListener, Request
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.keeper.server.serveraddress import ServerAddress, authorization, is_id
from kernelbridge.keeper.server.servermodels import text_of
from kernelbridge.keeper.wire import Wire

if TYPE_CHECKING:
    from kernelbridge.keeper.server.serverkernels import ServerKernels, Started
    from kernelbridge.keeper.server.serverline import ServerLine


def _ignore(_problem: str | None) -> None:
    pass


class ServerKernel:
    """A kernel that a server runs for us, or that it ran before and that is joined."""

    def __init__(
        self,
        launch: ServerLaunch,
        session: str,
        line_changed: Callable[[str | None], None] = _ignore,
    ) -> None:
        """`session` names this end to server and kernel: what the server kept is given to the same one.

        `line_changed` is told in one line why the server is out of reach, and None when it is back. Raises
        ServerError for a URL or a token that is not to be used.
        """
        self._address = ServerAddress.parse(launch.url, allow_plain=launch.allow_plain)
        authorization(launch.token)
        if launch.kernel_id and not is_id(launch.kernel_id):
            raise ServerError("the kernel's id is none")
        self._launch = launch
        self._connected_as = session
        """What the server knows the line by; another for each process, see `restart`."""
        self._line_changed = line_changed
        self._wire = Wire(b"", session)
        self._kernels: ServerKernels | None = None
        self._started: Started | None = None
        self._line: ServerLine | None = None
        self._listener: KernelListener | None = None
        self._was_refused = False
        """Whether it was told that the server refused an interrupt."""

    @classmethod
    def adopt(
        cls,
        state: JsonObject,
        session: str,
        token: str,
        line_changed: Callable[[str | None], None] = _ignore,
    ) -> ServerKernel:
        """The kernel of an owner that is gone, by what its `state` was: `start` connects to it.

        Raises LaunchError where there was none.
        """
        from kernelbridge.keeper.server.serverkernels import Started

        kernel_id, session_id = text_of(state, "kernel_id"), text_of(state, "session_id")
        if not is_id(kernel_id) or not text_of(state, "url") or (session_id and not is_id(session_id)):
            raise LaunchError("there was no kernel")
        launch = ServerLaunch(
            text_of(state, "url"),
            token,
            text_of(state, "name"),
            text_of(state, "wanted_id"),
            text_of(state, "path"),
            state.get("allow_plain") is True,
        )
        kernel = cls(launch, session, line_changed)
        kernel._started = Started(kernel_id, session_id, state.get("is_ours") is True)
        kernel._connected_as = text_of(state, "connected_as") or session
        return kernel

    @property
    def pid(self) -> int | None:
        """It has none here."""
        return None

    @property
    def connection_file(self) -> str | None:
        """It has none here."""
        return None

    @property
    def kernel_id(self) -> str | None:
        """The server's name for it, from start to shutdown."""
        return self._started.kernel_id if self._started is not None else None

    def state(self) -> JsonObject:
        """What `adopt` needs, to be kept in a file; `start`, `restart` and `shutdown` change it."""
        started = self._started
        return {
            "kind": "server",
            "url": self._address.url,
            "allow_plain": self._launch.allow_plain,
            "name": self._launch.name,
            "path": self._launch.path,
            "wanted_id": self._launch.kernel_id,
            "kernel_id": started.kernel_id if started is not None else None,
            "session_id": started.session_id if started is not None else None,
            "connected_as": self._connected_as,
            "is_ours": started is not None and started.is_ours,
        }

    async def start(self, listener: KernelListener) -> None:
        """Starts the kernel where none was adopted or named by its id, and connects. Raises ServerError."""
        self._listener = listener
        kernels = self._loaded()
        try:
            await self._connect(kernels, await self._found(kernels), listener)
        except ServerError:
            self._stop(kernels)
            raise

    async def _found(self, kernels: ServerKernels) -> Started:
        from kernelbridge.keeper.server.serverkernels import Started

        if self._started is None and not self._launch.kernel_id:
            self._started = await kernels.start(self._launch.name, self._launch.path)
            return self._started
        started = self._started or Started(self._launch.kernel_id, is_ours=False)
        await kernels.look(started.kernel_id)
        self._started = started
        return started

    async def _connect(self, kernels: ServerKernels, started: Started, listener: KernelListener) -> None:
        from kernelbridge.keeper.server.serverline import ServerLine

        line = ServerLine(kernels, started.kernel_id, self._connected_as, listener, self._line_changed)
        await line.open()
        self._line = line

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Sends a request, once the line is back where it is lost; to a kernel that is gone, nothing."""
        if self._line is None:
            return message_id or secrets.token_hex(16)
        message = request.message(self._wire, parent, message_id)
        self._line.send(channel, message)
        return message.id

    async def interrupt(self) -> None:
        """Has the server do it, once the line is back where it is lost."""
        if self._started is None or self._line is None:
            return
        try:
            await self._loaded().interrupt(self._started.kernel_id)
        except UnreachableError:
            self._line.interrupts_when_back = True
        except ServerError as error:
            self._was_refused = True
            self._line_changed(str(error))
        else:
            if self._was_refused:
                self._was_refused = False
                self._line_changed(None)

    async def restart(self) -> None:
        """Has the server start it anew, or start another where it is gone. Raises ServerError."""
        from kernelbridge.keeper.server.serverkernels import GoneError

        listener, started, kernels = self._listener, self._started, self._loaded()
        if listener is None:
            return
        line, self._line = self._line, None
        if line is not None:
            line.mute()  # what the former process still says is of no run any more
        try:
            if started is None:
                raise GoneError("there was no kernel")
            if line is None or not line.was_replaced:  # a server that is at it already answers with an error
                await kernels.restart(started.kernel_id)
        except GoneError:
            if self._launch.kernel_id:
                raise
            started = self._started = await kernels.start(self._launch.name, self._launch.path)
        finally:
            if line is not None:
                await line.close()
        # The server's sockets of the line that was closed live on for a while, under that name, and connect
        # to the new process: its answers would go to them.
        self._connected_as = secrets.token_hex(16)
        await self._connect(kernels, started, listener)

    async def shutdown(self) -> None:
        """Ends the kernel where it was started by us. Where the server is out of reach it may live on."""
        kernels = self._loaded()
        line, self._line = self._line, None
        started, self._started = self._started, None
        if line is not None:
            await line.close()
        try:
            if started is not None and started.is_ours:
                await kernels.end(started)
        except ServerError as error:
            self._line_changed(f"the kernel may still run: {error}")
        finally:
            self._stop(kernels)

    def leave(self) -> None:
        """Closes the line and lets the kernel go on, for another to adopt."""
        line, self._line = self._line, None
        if line is not None:
            line.leave()
        if self._kernels is not None:
            self._stop(self._kernels)

    def _loaded(self) -> ServerKernels:
        from kernelbridge.keeper.server.serverkernels import ServerKernels
        from kernelbridge.keeper.server.serverrest import Rest  # tornado: only now

        if self._kernels is None:
            self._kernels = ServerKernels(Rest(self._address, self._launch.token))
        return self._kernels

    def _stop(self, kernels: ServerKernels) -> None:
        kernels.close()
        self._kernels = None
