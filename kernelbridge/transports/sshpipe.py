"""One pipe to a module of the keeper's package on another machine: an ssh, from its start to the first frame.

All of it blocks, on whichever thread; `stop` ends it from another.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, cast

from kernelbridge.keeper.frames import MARKER
from kernelbridge.sshaddress import SshAddress
from kernelbridge.transports.base import NoWayError, WayError
from kernelbridge.transports.parcel import parcel
from kernelbridge.transports.sshcommand import remote_command, ssh_command, ssh_options
from kernelbridge.transports.sshtrouble import last_line, trouble_of, trouble_there

_PATIENCE = 60.0
"""Seconds for the other side to begin, the connection and the sending of the package included."""
_LAST_WORDS = 2.0
"""Seconds for an ssh whose pipe has ended to end, too, and say why."""
_MOST_NOISE = 1 << 20
_SAYS = b"tnb-keeper "
"""Whatever a login shell prints before such a line is skipped."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to run on the other machine."""

    module: str
    arguments: tuple[str, ...] = ()
    python: str = ""
    """Its path there; empty for `python3`."""
    needs: tuple[str, ...] = ()
    """Packages without which it is of no use."""


class SshPipe:
    """An ssh whose standard input and output are one socket."""

    def __init__(self, address: SshAddress, errand: Errand) -> None:
        self.address = address
        self._errand = errand
        self._process: subprocess.Popen[bytes] | None = None
        self._said: deque[bytes] = deque(maxlen=32)
        """The last lines that ssh, and what it ran, wrote on standard error."""
        self._attending: threading.Thread | None = None
        self._is_stopped = False

    def open(self) -> socket.socket:
        """The socket, with all before the first frame read from it. Raises WayError."""
        options = ssh_options(self.address)
        remote = remote_command(self._errand.python)
        # In batch mode and without the terminal, nothing is ever asked.
        argv = ssh_command(self.address, ["-oBatchMode=yes", *options], remote)
        ours, theirs = socket.socketpair()
        with ExitStack() as undoing:
            undoing.callback(self.stop)
            undoing.callback(ours.close)
            with theirs:
                self._start(argv, theirs)
            self._begin(ours)
            undoing.pop_all()
        return ours

    def stop(self) -> None:
        """Ends it at once."""
        self._is_stopped = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def trouble(self) -> WayError:
        """Why it ended, or does not begin."""
        words = self._words()
        status = None if self._process is None else self._process.poll()
        return trouble_of(self.address.host, words, status)

    def last_words(self) -> str:
        """What was said last by an ssh that has ended, one line; empty where nothing was."""
        return last_line(self._words())

    def _words(self) -> str:
        if self._attending is not None:
            self._attending.join(_LAST_WORDS)
        return b"".join(self._said).decode("utf-8", "replace")

    def _start(self, argv: Sequence[str], end: socket.socket) -> None:
        try:
            self._process = process = subprocess.Popen(
                argv, stdin=end.fileno(), stdout=end.fileno(), stderr=subprocess.PIPE, start_new_session=True
            )
        except OSError as error:
            raise NoWayError(f"ssh cannot be started: {error.strerror}") from error
        self._attending = threading.Thread(target=self._attend, args=(process,), name="ssh", daemon=True)
        self._attending.start()

    def _attend(self, process: subprocess.Popen[bytes]) -> None:
        """Hears what it says, and its end. A master that it leaves behind may hold the pipe for longer."""
        stderr = cast("IO[bytes]", process.stderr)
        with stderr:
            while line := stderr.readline(1 << 12):
                self._said.append(line)
        process.wait()

    def _begin(self, ours: socket.socket) -> None:
        sent = parcel()
        errand = self._errand
        order = {
            "digest": sent.digest,
            "size": len(sent.data),
            "module": errand.module,
            "arguments": errand.arguments,
            "needs": errand.needs,
        }
        deadline = time.monotonic() + _PATIENCE
        try:
            ours.settimeout(_PATIENCE)
            with contextlib.suppress(BrokenPipeError):  # it has ended, and may have said why
                ours.sendall(json.dumps(order).encode("ascii") + b"\n")
            said = self._hear(ours, deadline)
            if said == b"send":
                ours.sendall(sent.data)
                said = self._hear(ours, deadline)
        except OSError as error:  # it has ended, or says nothing
            raise self.trouble() from error
        if _SAYS + said + b"\n" != MARKER:
            raise trouble_there(self.address.host, said.decode("utf-8", "replace"))
        ours.settimeout(None)

    def _hear(self, ours: socket.socket, deadline: float) -> bytes:
        """The next line that begins with `tnb-keeper`, without that; no byte behind it is read."""
        line, heard = b"", 0
        while heard < _MOST_NOISE and time.monotonic() < deadline:
            if self._is_stopped:
                raise WayError("it was given up")
            seen = ours.recv(1 << 16, socket.MSG_PEEK)
            if not seen:
                raise self.trouble()
            taken = 0
            *ended, begun = seen.split(b"\n")
            for piece in ended:
                taken += len(piece) + 1
                line += piece
                if line.startswith(_SAYS):
                    ours.recv(taken, socket.MSG_WAITALL)
                    return line[len(_SAYS) :]
                line = b""
            line += begun
            heard += len(ours.recv(len(seen), socket.MSG_WAITALL))
        raise WayError(f"{self.address.host}: no keeper begins there")
