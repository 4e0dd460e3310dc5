"""Frames over a socket: what all ways to a keeper have in common."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import cast

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import Frame, Unpacker, pack
from kernelbridge.transports.base import Listener

_PATIENCE = 1.0
"""Seconds that what was sent has to be on its way before the connection is ended."""


class FrameConnection(asyncio.Protocol):
    """One connection; tells its listener what comes, and once that it is lost."""

    def __init__(self, listener: Listener) -> None:
        self._listener: Listener | None = listener
        self._unpacker = Unpacker()
        self._transport: asyncio.Transport | None = None
        self._gone = asyncio.get_running_loop().create_future()

    @classmethod
    async def over(cls, connected: socket.socket, listener: Listener) -> FrameConnection:
        """Over a connected socket."""
        connected.setblocking(False)
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_unix_connection(lambda: cls(listener), sock=connected)
        return connection

    def send(self, frame: Frame) -> None:
        """Sends a frame; over a connection that is gone nothing is sent."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(pack(frame))

    async def close(self) -> None:
        """Ends it, once the other side has taken what was sent.

        A socket that is closed with something unread takes from the other side what that has not read yet.
        So only this direction is ended, and what still comes is read until the other side ends its own.
        """
        self._listener = None
        if self._transport is None or self._gone.done():
            return
        if not self._transport.is_closing():
            self._transport.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await asyncio.shield(self._gone)
        self._transport.abort()

    # -- what asyncio calls ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        try:
            frames = self._unpacker.feed(data)
        except ProtocolError as error:
            self._lose(str(error))
            return
        for frame in frames:
            if self._listener is not None:
                self._listener.received(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed."""
        if not self._gone.done():
            self._gone.set_result(None)
        self._lose("" if exc is None else str(exc))

    def _lose(self, reason: str) -> None:
        listener, self._listener = self._listener, None
        if self._transport is not None:
            self._transport.abort()
        if listener is not None:
            listener.lost(reason or "the keeper ended the connection")
