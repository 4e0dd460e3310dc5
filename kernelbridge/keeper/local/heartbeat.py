"""Whether a kernel is there, asked on the socket that it has for that: also a busy one answers. Loads zmq."""

from __future__ import annotations

import asyncio
from pathlib import Path

import zmq

_BEAT = 1.0
"""Seconds between questions, and for an answer."""
_BEATS = 5
"""How many questions in a row go unanswered before the kernel counts as gone."""


class Heartbeat:
    """Asks one kernel. To be closed."""

    def __init__(self, address: str, file: Path) -> None:
        """`file` is the connection file: where it is gone, too, one silence is enough."""
        self._loop = asyncio.get_running_loop()
        self._address = address
        self._file = file
        self._context = zmq.Context()
        self._socket: zmq.Socket[bytes] | None = None
        self._answer: asyncio.Future[bool] | None = None

    async def found(self) -> bool:
        """Whether the kernel answers at all."""
        for _ in range(_BEATS):
            if await self._answers():
                return True
        return False

    async def lost(self) -> None:
        """Returns once a kernel that answered does so no more."""
        silent = 0
        while silent < _BEATS and (silent == 0 or self._file.exists()):
            if await self._answers():
                silent = 0
                await asyncio.sleep(_BEAT)
            else:
                silent += 1

    def close(self) -> None:
        """Stops asking."""
        self._drop()
        self._context.term()

    async def _answers(self) -> bool:
        socket = self._socket = self._socket or self._open()
        answer = self._answer = self._loop.create_future()
        timer = self._loop.call_later(_BEAT, self._settle, False)
        answered = False
        try:
            socket.send(b"ping", zmq.NOBLOCK)
            self._read()  # sending may take away the edge that tells of something to read
            answered = await answer
        finally:
            timer.cancel()
            if not answered:
                self._drop()
        return answered

    def _read(self) -> None:
        if self._socket is not None and self._socket.poll(0):
            self._socket.recv()
            self._settle(True)

    def _settle(self, is_there: bool) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(is_there)

    def _open(self) -> zmq.Socket[bytes]:
        socket = self._context.socket(zmq.REQ)
        socket.linger = 0
        socket.connect(self._address)
        self._loop.add_reader(socket.fileno(), self._read)
        return socket

    def _drop(self) -> None:
        """A question that was not answered cannot be asked again on the same socket."""
        if self._socket is not None:
            self._loop.remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None
