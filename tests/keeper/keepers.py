"""Keepers for tests: real processes with a stand-in for a core, all of which are gone after the test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kernelbridge.keeper import starting
from kernelbridge.keeper.frames import Frame, Unpacker, pack
from kernelbridge.keeper.home.meta import read_meta

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ENTRY = (
    f"sys.path.append({str(HERE)!r}); from standin import serve; "
    "from kernelbridge.keeper.main import main; main(serve)"
)
PRELUDE = f"""
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(HERE)!r}]
from kernelbridge.keeper import starting
from kernelbridge.keeper.home.homes import *
starting._ENTRY = {ENTRY!r}
"""
"""How a program of the tests begins that starts keepers."""


def until(holds: Callable[[], bool], what: str, patience: float = 20.0) -> None:
    """Waits for a condition."""
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain: {what}")
        time.sleep(0.005)


def program(
    text: str, *arguments: str, python: str = sys.executable, **options: object
) -> subprocess.Popen[bytes]:
    """A program that starts keepers, begun."""
    return subprocess.Popen([python, "-c", PRELUDE + text, *arguments], **options)


CLIENTS: list[Client] = []
"""Those of the test that runs."""


class Client:
    """A frontend's end of a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        connection.settimeout(20)
        CLIENTS.append(self)
        self._unpacker = Unpacker()
        self._frames: list[Frame] = []

    def hear(self) -> Frame | None:
        """The next frame; None at the end."""
        while not self._frames:
            try:
                data = self.connection.recv(1 << 20)
            except ConnectionResetError:
                return None
            if not data:
                return None
            self._frames = self._unpacker.feed(data)
        return self._frames.pop(0)

    def say(self, op: str, *buffers: bytes, **fields: object) -> None:
        self.connection.sendall(pack(Frame({"op": op, **fields}, buffers)))

    def ask(self, op: str, *buffers: bytes, **fields: object) -> Frame | None:
        self.say(op, *buffers, **fields)
        return self.hear()


def keepers_of(state: Path) -> list[int]:
    """The processes that were started as keepers of homes below the folder."""
    found: list[int] = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().split(b"\0")
            is_one = (each / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            continue
        if is_one and words[-2:-1] and state in Path(os.fsdecode(words[-2])).parents and b"-I" in words:
            found.append(int(each.name))
    return sorted(found)


def kill(pid: int) -> None:
    """Kills a process at once, and sees it gone."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(pid), f"{pid} is gone")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def reach(home: Path, **options: object) -> Client:
    return Client(starting.reach(home, **options))


def pid_of(home: Path) -> int:
    """The process of the keeper, once it has introduced itself."""
    until(lambda: read_meta(home).keeper_pid > 0, "the keeper says its process id")
    return read_meta(home).keeper_pid
