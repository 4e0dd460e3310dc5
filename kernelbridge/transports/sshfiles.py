"""Files on another machine, by a pipe to keeper/files/fileservice.py that is opened anew when it was lost."""

from __future__ import annotations

import contextlib
import socket
import threading

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import Frame, Unpacker, pack
from kernelbridge.sshaddress import SshAddress
from kernelbridge.transports.base import WayError
from kernelbridge.transports.sshpipe import Errand, SshPipe

_SERVICE = "kernelbridge.keeper.files.fileservice"
_PATIENCE = 60.0
"""Seconds in which nothing moves, after which the pipe is taken for lost."""


class FarFiles:
    """The files of one machine. May be used on any thread; one request at a time."""

    def __init__(self, machine: SshAddress, python: str = "") -> None:
        """`python` is the one to serve them; empty for `python3`."""
        self.machine = machine
        self._errand = Errand(_SERVICE, python=python)
        self._lock = threading.Lock()
        self._connected: socket.socket | None = None

    def ask(self, request: Frame) -> Frame:
        """The answer to a request. Raises WayError where there is no way to the machine."""
        with self._lock:
            if self._connected is not None:
                # It may have been lost long ago. Whatever is asked can be asked twice.
                with contextlib.suppress(OSError, ProtocolError):
                    return self._exchange(self._connected, request)
                self._close()
            self._connected = SshPipe(self.machine, self._errand).open()
            try:
                self._connected.settimeout(_PATIENCE)
                return self._exchange(self._connected, request)
            except (OSError, ProtocolError) as error:
                self._close()
                raise WayError(f"{self.machine.host}: the connection was lost") from error

    def close(self) -> None:
        """Ends the pipe; who asks again opens another."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connected is not None:
            self._connected.close()
            self._connected = None

    def _exchange(self, connected: socket.socket, request: Frame) -> Frame:
        connected.sendall(pack(request))
        unpacker = Unpacker()
        while True:
            data = connected.recv(1 << 16)
            if not data:
                raise ConnectionResetError
            for answer in unpacker.feed(data):
                return answer
