"""A websocket to a kernel's channels on a Jupyter Server. Imported late, as it loads tornado."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import AsyncIterator

from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.server.serveraddress import quoted, refusal
from kernelbridge.keeper.server.serverframes import V1, Heard, pack, unpack
from kernelbridge.keeper.server.serverrest import Rest, unreachable
from kernelbridge.keeper.wire import WireMessage

_PING = 15.0
"""Seconds between pings. A line that swallows them is dead."""
_LARGEST = 1 << 30
_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)


class ServerSocket:
    """One connection, from its opening to its end."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection
        self._protocol = connection.selected_subprotocol
        self._stream = connection.protocol.stream if connection.protocol is not None else None
        if self._stream is not None:
            self._stream.set_nodelay(True)
            self._acknowledge()

    @classmethod
    async def connect(cls, rest: Rest, kernel_id: str, session: str) -> ServerSocket:
        """Connects to a kernel; the server knows this end by `session`. Raises ServerError."""
        path = f"api/kernels/{kernel_id}/channels?session_id={quoted(session)}"
        opening = asyncio.ensure_future(
            websocket_connect(
                rest.request(rest.address.websocket(path)),
                subprotocols=[V1],
                ping_interval=_PING,
                max_message_size=_LARGEST,
            )
        )
        try:
            return cls(await asyncio.shield(opening))
        except asyncio.CancelledError:
            opening.add_done_callback(_close)
            raise
        except HTTPClientError as error:
            if error.code == 599:
                raise unreachable(rest.address, error) from None
            raise ServerError(refusal(rest.address, error.code)) from None
        except Exception as error:  # noqa: BLE001 -- whatever tornado raises
            raise unreachable(rest.address, error) from None

    @property
    def is_binary(self) -> bool:
        """Whether the server speaks the binary protocol."""
        return self._protocol == V1

    async def messages(self) -> AsyncIterator[Heard]:
        """All that comes until the connection ends."""
        while True:
            data = await self._connection.read_message()
            if data is None:
                return
            self._acknowledge()
            message = unpack(data, self._protocol)
            if message is not None:
                yield message

    def send(self, channel: Channel, message: WireMessage) -> bool:
        """Sends a message; False where the connection has ended."""
        try:
            self._connection.write_message(
                data := pack(channel, message, self._protocol), binary=isinstance(data, bytes)
            )
        except WebSocketClosedError:
            return False
        return True

    def close(self) -> None:
        """Ends it; what is on its way out still goes."""
        self._connection.close()

    async def closed(self) -> None:
        """Until the other side has closed it, too; what still comes is dropped."""
        while await self._connection.read_message() is not None:
            pass

    def _acknowledge(self) -> None:
        """Has what came acknowledged at once.

        The server holds a small message back until the one before is acknowledged (Nagle), and this end would
        put that off by 40 ms. The system forgets the option again and again.
        """
        wire = self._stream.socket if self._stream is not None else None
        if _QUICKACK is not None and wire is not None:
            with contextlib.suppress(OSError):  # it is closing
                wire.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)


def _close(opened: asyncio.Future[WebSocketClientConnection]) -> None:
    """Closes what nobody waits for any more."""
    if not opened.cancelled() and opened.exception() is None:
        opened.result().close()
