"""The way to a keeper on another machine: one pipe through the system's ssh, which never asks anything.

What needs a person, a password or the other machine's key, is asked by `log_in`: it opens the master
connection (sshcommand.py) that pipes ride on. No port is opened, and nothing forwarded.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.keeper.frames import Frame
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.sshaddress import SshAddress
from kernelbridge.transports.base import Connection, Listener, NoWayError
from kernelbridge.transports.connection import FrameConnection
from kernelbridge.transports.sshcommand import ssh_command, ssh_options
from kernelbridge.transports.sshpipe import Errand, SshPipe
from kernelbridge.transports.sshtrouble import trouble_of

_BRIDGE = "kernelbridge.keeper.bridge"


@dataclass(frozen=True, slots=True)
class FarKeeper:
    """Which keeper, on which machine."""

    machine: SshAddress
    notebook: str
    """The path of a notebook there, or a label that no path can be, for a notebook that is elsewhere."""
    python: str = ""
    """The Python that starts it, and is its kernel's; empty for `python3`."""
    launch: JsonObject | None = None
    """What it starts at once where it has no kernel (docs/keeper.md, `launch`)."""
    known: str = ""
    """Its id, where that is known: it is the one meant as long as it is there."""

    def errand(self) -> Errand:
        """What finds or starts it."""
        which = "--notebook" if self.notebook.startswith("/") else "--label"
        launch = () if self.launch is None else ("--launch", json.dumps(self.launch))
        known = ("--known", self.known) if self.known else ()
        words = (which, self.notebook, *known, *launch)
        return Errand(_BRIDGE, words, self.python, ("zmq", "ipykernel"))


class SshWay:
    """A way to the keeper of one notebook on another machine."""

    def __init__(self, keeper: FarKeeper, first: OpenPipe | None = None) -> None:
        """`first` is a pipe that is open already."""
        self.keeper = keeper
        """Which it is, as it is to be asked for the next time."""
        self._first = first

    async def connect(self, listener: Listener) -> Connection:
        """Opens a pipe, and so starts a keeper where none runs. Raises WayError."""
        first, self._first = self._first, None
        if first is not None:
            return await first.connection(listener)
        pipe = SshPipe(self.keeper.machine, self.keeper.errand())
        try:
            connected = await asyncio.to_thread(pipe.open)
        except asyncio.CancelledError:
            pipe.stop()
            raise
        return await OpenPipe(pipe, connected).connection(listener)

    async def log_in(self) -> None:
        """Has a person log in; blocks the event loop, as nothing else may use the terminal meanwhile.

        Raises WayError.
        """
        log_in(self.keeper.machine)


@dataclass(frozen=True, slots=True)
class OpenPipe:
    """A pipe on which no frame was sent yet."""

    pipe: SshPipe
    connected: socket.socket

    @classmethod
    def to(cls, keeper: FarKeeper) -> OpenPipe:
        """A pipe to a keeper, which is started if need be; blocks. Raises WayError."""
        pipe = SshPipe(keeper.machine, keeper.errand())
        return cls(pipe, pipe.open())

    async def connection(self, listener: Listener) -> Connection:
        """Frames over it."""
        return await FrameConnection.over(self.connected, _Explaining(self.pipe, listener))


class _Explaining:
    """Tells a listener why the pipe ended, in ssh's words."""

    def __init__(self, pipe: SshPipe, listener: Listener) -> None:
        self._pipe = pipe
        self._listener = listener
        self._explaining: asyncio.Task[None] | None = None

    def received(self, frame: Frame) -> None:
        self._listener.received(frame)

    def lost(self, reason: str) -> None:
        self._explaining = asyncio.get_running_loop().create_task(self._explain(reason))

    async def _explain(self, reason: str) -> None:
        self._listener.lost(await asyncio.to_thread(self._pipe.last_words) or reason)


def log_in(machine: SshAddress) -> None:
    """Connects with ssh free to ask on the terminal; what comes after rides on that. Blocks. Raises WayError.

    What ssh logs goes to a file, from which the reason is told. Standard error has to be the terminal:
    banners go there, and what a security key wants.
    """
    options = ssh_options(machine)
    with tempfile.TemporaryDirectory(prefix="tnb-ssh-") as folder:
        log = Path(folder) / "log"
        try:
            done = subprocess.run(
                ssh_command(machine, [f"-E{log}", *options], "true"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=False,
            )
        except OSError as error:
            raise NoWayError(f"ssh cannot be started: {error.strerror}") from error
        if done.returncode:
            words = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            raise trouble_of(machine.host, words, done.returncode)
