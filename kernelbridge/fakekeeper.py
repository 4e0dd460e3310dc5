"""A keeper in the same process with a kernel that follows a script: for tests and pictures."""

from __future__ import annotations

import asyncio
import os
import time

from kernelbridge.keeper.frames import Frame, Unpacker, pack
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.notebookplace import NotebookPlace
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.keeper import Keeper, KeeperIdentity, Launched
from kernelbridge.keeper.keeping import Keeps, Memory
from kernelbridge.keeper.kernels import Kernel
from kernelbridge.transports.base import Connection, Listener, WayError

SCRIPTED: JsonObject = {"kind": "scripted", "name": "python3"}
"""What to ask a keeper of this kind to launch."""
FRONTEND = FrontendName("tnb", os.getpid(), edits=True)


class _Peer:
    """A connection: what goes in at one side comes out at the other in a later turn of the loop."""

    def __init__(self, keeper: Keeper, listener: Listener) -> None:
        self._keeper = keeper
        self._listener: Listener | None = listener
        self._loop = asyncio.get_running_loop()
        self._unpacker = Unpacker()

    # -- the keeper's side ----

    def send(self, data: bytes) -> None:
        """Hands a frame to the frontend."""
        for frame in self._unpacker.feed(data):
            self._loop.call_soon(self._hand_over, frame)

    async def drained(self) -> None:
        """There always is."""

    def close(self) -> None:
        """Ends the connection from the keeper's side."""
        self.cut("the keeper ended the connection")

    def _hand_over(self, frame: Frame) -> None:
        if self._listener is not None:
            self._listener.received(frame)

    # -- the frontend's side ----

    def say(self, frame: Frame) -> None:
        """Hands a frame to the keeper."""
        (copy,) = Unpacker().feed(pack(frame))
        self._loop.call_soon(self._keeper.said, self, copy)

    def cut(self, reason: str) -> None:
        """Breaks the connection: both sides hear of it, and nothing on its way arrives."""
        listener, self._listener = self._listener, None
        if listener is not None:
            self._keeper.left(self)
            listener.lost(reason)


class _Connection:
    def __init__(self, peer: _Peer) -> None:
        self._peer = peer

    def send(self, frame: Frame) -> None:
        self._peer.say(frame)

    async def close(self) -> None:
        await asyncio.sleep(0)
        self._peer.cut("")


class FakeWay:
    """A way to a keeper of its own; several sessions may use it at once."""

    def __init__(self, kernel: Kernel, journal: Keeps | None = None) -> None:
        self._kernel = kernel
        identity = KeeperIdentity("fake0000", os.getpid(), "", time.time(), NotebookPlace(), 1)
        self.journal: Keeps = journal or Memory()
        self.keeper = Keeper(identity, self.journal, self._launched)
        self.peers: list[_Peer] = []
        self.is_down = False
        """While it is, there is no connecting."""

    def _launched(self, wanted: JsonObject) -> Launched:
        return Launched(self._kernel, wanted)

    async def connect(self, listener: Listener) -> Connection:
        """Connects, unless it is down."""
        if self.is_down:
            raise WayError("the line is down")
        peer = _Peer(self.keeper, listener)
        self.peers.append(peer)
        self.keeper.arrived(peer)
        return _Connection(peer)

    async def log_in(self) -> None:
        """Nobody has to."""

    def cut(self) -> None:
        """Breaks all connections."""
        peers, self.peers = self.peers, []
        for peer in peers:
            peer.cut("cut")
