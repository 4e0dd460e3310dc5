"""The keeper's socket: who may connect, and frames from and to those who did."""

from __future__ import annotations

import asyncio
import socket
import stat
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import LONGEST_FROM_FRONTEND, Frame, Unpacker
from kernelbridge.keeper.home.meta import Meta, write_meta
from kernelbridge.keeper.home.runtimes import bind, make_runtime, runtime_of
from kernelbridge.keeper.peers import is_this_user

MOST_UNSENT = 8 << 20
"""Bytes that may wait for a frontend to read, besides one frame of any size: with more it is dropped."""
_ENOUGH_READ = 1 << 20


class Peer(Protocol):
    """A frontend that is connected. After it has left, nothing that is called has an effect."""

    def send(self, data: bytes) -> None:
        """Sends a packed frame, or drops a frontend that is too far behind. Raises nothing."""
        ...

    async def drained(self) -> None:
        """Returns when little of what was sent is still to be read, or the frontend has left.

        Between the frames of a long answer, so that a slow line is waited for and not dropped.
        """
        ...

    def close(self) -> None:
        """Ends the connection once everything was sent."""
        ...


class Reception(Protocol):
    """Who deals with frontends; called on the event loop. What `said` raises ends the connection."""

    def arrived(self, peer: Peer) -> None:
        """One of this user's processes connected."""
        ...

    def said(self, peer: Peer, frame: Frame) -> None:
        """It sent a frame."""
        ...

    def left(self, peer: Peer) -> None:
        """It is gone, for whatever reason. Comes once for each that arrived."""
        ...


async def listen(sock: socket.socket, reception: Reception) -> asyncio.AbstractServer:
    """Serves those who connect to a listening socket, from its backlog on."""
    return await asyncio.get_running_loop().create_unix_server(lambda: _Connection(reception), sock=sock)


def still_there(path: str) -> bool:
    """Whether there is a socket at the path. What cleans up at a logout may have removed it."""
    try:
        return stat.S_ISSOCK(Path(path).lstat().st_mode)
    except OSError:
        return False


def rebind(home: Path, meta: Meta) -> tuple[socket.socket, Meta]:
    """Another socket for a keeper whose own is gone, and what the home says now. Raises KeeperError.

    In the same directory if that is still there.
    """
    listening = bind(runtime_of(meta) or make_runtime(home))
    with ExitStack() as undoing:
        undoing.callback(listening.close)
        meta = replace(meta, socket=str(listening.getsockname()))
        write_meta(home, meta)
        undoing.pop_all()
    return listening, meta


class _Connection(asyncio.Protocol):
    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._unpacker = Unpacker(LONGEST_FROM_FRONTEND)
        self._transport: asyncio.Transport | None = None
        self._arrived = False
        self._largest = 0
        self._may_go_on = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if not _is_ours(self._transport):
            self._transport.abort()
            return
        self._transport.set_write_buffer_limits(high=_ENOUGH_READ)
        self._may_go_on.set()
        self._arrived = True
        self._reception.arrived(self)

    def data_received(self, data: bytes) -> None:
        try:
            frames = self._unpacker.feed(data)
        except ProtocolError:
            self._drop()
            return
        for frame in frames:
            if self._transport is None or self._transport.is_closing():
                return
            self._reception.said(self, frame)

    def pause_writing(self) -> None:
        self._may_go_on.clear()

    def resume_writing(self) -> None:
        self._may_go_on.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio names it
        self._transport = None
        self._may_go_on.set()
        if self._arrived:
            self._reception.left(self)

    def send(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        unsent = self._transport.get_write_buffer_size()
        self._largest = max(len(data), self._largest if unsent else 0)
        if unsent + len(data) > MOST_UNSENT + self._largest:
            self._drop()
            return
        self._transport.write(data)

    async def drained(self) -> None:
        await self._may_go_on.wait()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _is_ours(transport: asyncio.Transport) -> bool:
    return is_this_user(cast("socket.socket", transport.get_extra_info("socket")))
