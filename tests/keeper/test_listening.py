"""A keeper's socket serves this user's frontends, and none of them can hurt it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from keeper.keepers import program, reach, until
from kernelbridge.keeper.frames import LONGEST_FROM_FRONTEND, Frame, pack
from kernelbridge.keeper.home.homes import new_home
from kernelbridge.keeper.home.meta import read_meta
from kernelbridge.keeper.home.runtimes import bind, make_runtime
from kernelbridge.keeper.listening import (
    MOST_UNSENT,
    Peer,
    listen,
    rebind,
    still_there,
)
from kernelbridge.keeper.peers import uid_of_peer

_MEGABYTE = bytes(1 << 20)


@dataclass
class Hall:
    """A reception that writes down what happens."""

    peers: list[Peer] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    gone: list[Peer] = field(default_factory=list)

    def arrived(self, peer: Peer) -> None:
        self.peers.append(peer)

    def said(self, peer: Peer, frame: Frame) -> None:
        self.frames.append(frame)
        if frame.op == "raise":
            raise RuntimeError("asked to")
        if frame.op == "close":
            peer.close()

    def left(self, peer: Peer) -> None:
        self.gone.append(peer)

    async def until(self, holds: object) -> None:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 -- of whatever kind it is
                await asyncio.sleep(0.002)


@asynccontextmanager
async def hall() -> AsyncIterator[tuple[Hall, asyncio.StreamReader, asyncio.StreamWriter]]:
    """A server with one frontend that has arrived."""
    here = Hall()
    with bind(make_runtime(new_home().path)) as listening:
        server = await listen(listening, here)
        reader, writer = await asyncio.open_unix_connection(listening.getsockname())
        await here.until(lambda: here.peers)
        yield here, reader, writer
        writer.close()
        server.close()
        await here.until(lambda: len(here.gone) == len(here.peers))


async def test_frames_come_however_they_are_cut_and_answers_go(state: Path) -> None:
    async with hall() as (here, reader, writer):
        data = pack(Frame({"op": "a"}, (b"1", b"2"))) + pack(Frame({"op": "b"}))
        for each in data:
            writer.write(bytes([each]))
            await writer.drain()
        await here.until(lambda: len(here.frames) == 2)
        assert here.frames == [Frame({"op": "a", "buffers": [1, 1]}, (b"1", b"2")), Frame({"op": "b"})]
        here.peers[0].send(pack(Frame({"op": "c"})))
        here.peers[0].close()
        here.peers[0].send(b"too late")
        assert await reader.read() == pack(Frame({"op": "c"}))


async def test_who_connected_before_it_listened_is_served(state: Path) -> None:
    here = Hall()
    with bind(make_runtime(new_home().path)) as listening, socket.socket(socket.AF_UNIX) as early:
        early.connect(listening.getsockname())
        early.sendall(pack(Frame({"op": "early"})))
        server = await listen(listening, here)
        await here.until(lambda: here.frames)
        early.close()
        await here.until(lambda: here.gone)
        server.close()


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0\0\0\4\0\0\0\0",
        b"\0\0\0\6\0\0\0\2[]",
        b"\0\0\0\6\0\0\0\x02{}"[:4] + b"\0\0\0\x09{}",
        pack(Frame({"op": "a"})) + b"\xff" * 8,
        (LONGEST_FROM_FRONTEND + 1).to_bytes(4, "big") + b"\0\0\0\2{}",
    ],
)
async def test_who_sends_what_is_no_frame_is_dropped(state: Path, garbage: bytes) -> None:
    async with hall() as (here, reader, writer):
        writer.write(garbage)
        assert await reader.read() == b""
        await here.until(lambda: here.gone == here.peers)


async def test_a_large_frame_is_taken(state: Path) -> None:
    async with hall() as (here, _, writer):
        writer.write(pack(Frame({"op": "a"}, (bytes(32 << 20),))))
        await here.until(lambda: here.frames)
        assert len(here.frames[0].buffers[0]) == 32 << 20


async def test_who_does_not_read_is_dropped_and_the_others_are_not(state: Path) -> None:
    async with hall() as (here, reader, _):
        slow = here.peers[0]
        for _ in range(MOST_UNSENT // len(_MEGABYTE) + 8):
            slow.send(_MEGABYTE)
        await here.until(lambda: here.gone == [slow])
        slow.send(b"nobody there")
        await slow.drained()
        assert len(await reader.read()) < MOST_UNSENT


async def test_one_large_frame_is_no_reason_to_drop_nor_what_comes_after_it(state: Path) -> None:
    async with hall() as (here, reader, _):
        large, small = bytes(3 * MOST_UNSENT), b"small"
        here.peers[0].send(large)
        for _ in range(10):
            here.peers[0].send(small)
        assert len(await reader.readexactly(len(large) + 50)) == len(large) + 50
        assert here.gone == []


async def test_who_waits_between_frames_may_send_any_number(state: Path) -> None:
    async with hall() as (here, reader, _):

        async def send() -> None:
            for _ in range(100):
                here.peers[0].send(_MEGABYTE)
                await here.peers[0].drained()

        sending = asyncio.create_task(send())
        assert len(await reader.readexactly(100 << 20)) == 100 << 20
        await sending
        assert here.gone == []


async def test_what_the_reception_raises_ends_that_connection_only(state: Path) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    async with hall() as (here, reader, writer):
        writer.write(pack(Frame({"op": "raise"})))
        assert await reader.read() == b""
        await here.until(lambda: here.gone == here.peers)


async def test_nothing_is_said_by_one_that_was_closed(state: Path) -> None:
    async with hall() as (here, reader, writer):
        writer.write(pack(Frame({"op": "close"})) + pack(Frame({"op": "after"})))
        assert await reader.read() == b""
        assert [each.op for each in here.frames] == ["close"]


async def test_the_end_of_what_a_frontend_says_ends_the_connection_when_all_is_sent(state: Path) -> None:
    async with hall() as (here, reader, writer):
        here.peers[0].send(_MEGABYTE * 4)
        writer.write_eof()
        assert len(await reader.read()) == 4 << 20


def test_the_other_end_is_known() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert uid_of_peer(one) == os.getuid()


def test_another_user_is_refused_even_where_the_modes_let_him_in(state: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the superuser can become somebody else")
    home = new_home().path
    reach(home).hear()
    path = Path(read_meta(home).socket)
    for each in (*path.parents[:-2], path):
        each.chmod(0o777)
    text = """
import os, socket, sys
os.setuid(65534)
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
try:
    line.sendall(b"x")
    print(line.recv(100))
except ConnectionError:
    print(b"")
"""
    done = subprocess.run([sys.executable, "-c", text, str(path)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("b''\n", "")
    answer = reach(home)
    answer.hear()
    left = answer.ask("left")
    assert left is not None
    assert left.fields["count"] == 0  # he had not even arrived


def test_a_frontend_that_is_killed_or_talks_nonsense_does_not_matter_to_others(state: Path) -> None:
    home = new_home().path
    good = reach(home)
    good.hear()
    frontend = program(
        "line = starting.reach(Path(sys.argv[1])); line.recv(1); print(flush=True); time.sleep(60)",
        str(home),
        stdout=subprocess.PIPE,
    )
    assert frontend.stdout is not None
    frontend.stdout.readline()
    frontend.stdout.close()
    frontend.kill()
    frontend.wait()
    reach(home).connection.sendall(b"nonsense" * 1000)
    slow = reach(home)
    slow.say("flood", count=100)
    failing = reach(home)
    failing.hear()
    failing.say("raise")
    assert failing.hear() is None

    def all_left() -> bool:
        left = good.ask("left")
        return left is not None and left.fields["count"] == 4

    until(all_left, "the four have left")


def test_a_socket_that_was_removed_is_noticed_and_made_again(state: Path) -> None:
    home = new_home()
    runtime = make_runtime(home.path)
    with bind(runtime) as listening:
        path = listening.getsockname()
        assert still_there(path)
        Path(path).unlink()
        assert not still_there(path)
        Path(path).write_text("")
        assert not still_there(path)
    again, meta = rebind(home.path, home.meta)
    with again:
        assert still_there(meta.socket)
        assert read_meta(home.path) == meta
        assert meta.socket != path
    Path(meta.socket).unlink()
    same, after = rebind(home.path, meta)
    with same:
        assert after.socket == meta.socket
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(after.socket)
