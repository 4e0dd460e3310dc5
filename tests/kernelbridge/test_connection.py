"""A connection to a keeper gives up nothing of what was sent when it is closed."""

from __future__ import annotations

import asyncio
import socket

from kernelbridge.keeper.frames import Frame, Unpacker, pack
from kernelbridge.transports.connection import FrameConnection


class Deaf:
    """Hears what comes and does nothing about it."""

    def received(self, frame: Frame) -> None:
        pass

    def lost(self, reason: str) -> None:
        pass


def read_to_the_end(keeper: socket.socket) -> list[str]:
    """What a keeper gets, which has sent more than was read, and closes its end at the end of ours."""
    unpacker, ops = Unpacker(), list[str]()
    with keeper:
        while data := keeper.recv(1 << 16):
            ops += [frame.op for frame in unpacker.feed(data)]
    return ops


async def test_what_was_said_last_arrives_although_something_is_unread() -> None:
    ours, keeper = socket.socketpair()
    connection = await FrameConnection.over(ours, Deaf())
    keeper.sendall(pack(Frame({"op": "record", "text": "x" * 10_000})))
    connection.send(Frame({"op": "shutdown"}))
    _, ops = await asyncio.gather(connection.close(), asyncio.to_thread(read_to_the_end, keeper))
    assert ops == ["shutdown"]


async def test_closing_does_not_wait_for_ever_for_a_keeper_that_hangs() -> None:
    ours, keeper = socket.socketpair()
    connection = await FrameConnection.over(ours, Deaf())
    with keeper:
        async with asyncio.timeout(30):
            await connection.close()


async def test_closing_what_is_closed_does_nothing() -> None:
    ours, keeper = socket.socketpair()
    connection = await FrameConnection.over(ours, Deaf())
    keeper.close()
    await connection.close()
    await connection.close()
    connection.send(Frame({"op": "run"}))
