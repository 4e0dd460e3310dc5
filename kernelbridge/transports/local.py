"""The way to a keeper on this machine; where it was killed, another is started in its place."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.starting import reach
from kernelbridge.transports.base import Connection, Listener, NoWayError, WayError
from kernelbridge.transports.connection import FrameConnection


def _nothing(_home: Path) -> JsonObject | None:
    return None


class LocalWay:
    """A way to the keeper of one home."""

    def __init__(
        self,
        home: Path,
        first: socket.socket | None = None,
        again: Callable[[Path], JsonObject | None] = _nothing,
    ) -> None:
        """`first` is a connection that is there already.

        `again` is called on a thread, with the home: what to tell a keeper that takes another's place.
        """
        self._home = home
        self._first = first
        self._again = again

    async def connect(self, listener: Listener) -> Connection:
        """Connects, and starts a keeper where none runs."""
        connected, self._first = self._first, None
        if connected is None:
            if not self._home.is_dir():
                raise NoWayError("the keeper has ended")
            try:
                connected = await asyncio.to_thread(lambda: reach(self._home, self._again(self._home)))
            except KeeperError as error:
                raise WayError(str(error)) from error
        return await FrameConnection.over(connected, listener)

    async def log_in(self) -> None:
        """Nobody has to."""
