"""Whose process is at the other end of a socket: keeper and frontend ask the system, not each other."""

from __future__ import annotations

import os
import socket
import struct
import sys


def is_this_user(connected: socket.socket) -> bool:
    """Whether this user's process connected, or listens: of who is gone by now, it is not known."""
    try:
        uid = uid_of_peer(connected)
    except OSError:
        return False
    # Where the system cannot tell, the directory keeps the others out.
    return uid is None or uid == os.getuid()


def uid_of_peer(sock: socket.socket) -> int | None:
    """Whose process is at the other end; None where the system cannot tell. Raises OSError."""
    if hasattr(socket, "SO_PEERCRED"):
        size = struct.calcsize("3i")
        return struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))[1]
    if sys.platform == "darwin" or "bsd" in sys.platform:
        local, peercred = 0, 1  # <sys/un.h>: SOL_LOCAL, LOCAL_PEERCRED; the answer is a struct xucred
        return struct.unpack_from("2I", sock.getsockopt(local, peercred, 128))[1]
    return None
