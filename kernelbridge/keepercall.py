"""A call to a keeper without an event loop: for commands that ask something and go."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import PROTOCOL, Frame, Unpacker, pack
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.jsontypes import JsonObject

_AT_ONCE = 1 << 16


class KeeperCall:
    """A connection to one keeper, attached without any of its records. Leaving its `with` block hangs up."""

    def __init__(self, connected: socket.socket, name: str) -> None:
        """`name` is how this end calls itself."""
        self._socket = connected
        self._unpacker = Unpacker()
        self._unread: list[Frame] = []
        frontend = FrontendName(name, os.getpid(), host())
        self.send({"op": "attach", "protocol": PROTOCOL, "since": None, "frontend": frontend.to_json()})

    @classmethod
    def to(cls, path: str, name: str, deadline: float) -> KeeperCall | None:
        """A call to whoever listens at that socket; None where nobody does, by the deadline."""
        connected = socket.socket(socket.AF_UNIX)
        try:
            connected.settimeout(_left(deadline))
            connected.connect(path)
        except (OSError, ValueError):
            connected.close()
            return None
        return cls(connected, name)

    def send(self, fields: JsonObject) -> None:
        """Say something; to a keeper that is gone nothing is said."""
        with contextlib.suppress(OSError):
            self._socket.sendall(pack(Frame(fields)))

    def frames(self, deadline: float) -> Iterator[Frame]:
        """What the keeper says until it has hung up, or until the time has come (monotonic clock)."""
        while True:
            while self._unread:
                yield self._unread.pop(0)
            try:
                self._socket.settimeout(_left(deadline))
                data = self._socket.recv(_AT_ONCE)
                self._unread += self._unpacker.feed(data)
            except (OSError, ProtocolError):
                return
            if not data:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


def _left(deadline: float) -> float:
    """Seconds until then, as a socket's timeout, for which nothing would be "do not wait at all"."""
    return max(0.001, deadline - time.monotonic())
