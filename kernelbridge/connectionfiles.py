"""Kernels that other programs started, by their connection files: which file is meant, and who answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.local.connections import HEARTBEAT, Connection

_PATIENCE = 1.0
_GREETING = 10
"""Bytes that whoever speaks ZeroMQ sends first (ZMTP 3: signature), whether it is asked anything or not."""


def runtime_folder() -> Path:
    """Where Jupyter's programs leave their connection files."""
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())


def find(said: str) -> Path | None:
    """The connection file that is meant, as Jupyter's frontends take it: a path, or a name in its folder."""
    if not said or "\0" in said:
        return None
    runtime = runtime_folder()
    for candidate in (Path(said).expanduser(), runtime / said, runtime / f"kernel-{said}.json"):
        with suppress(OSError):
            if candidate.is_file():
                return candidate.absolute()
    return None


def newest_that_answers() -> Path | None:
    """The newest connection file in Jupyter's folder whose kernel answers."""
    return next((file for file in _newest_first(runtime_folder()) if answers(file)), None)


def answers(file: Path) -> bool:
    """Whether a kernel listens where a connection file says."""
    try:
        connection = Connection.read(file).located((file.parent, runtime_folder()))
    except LaunchError:
        return False
    return _greets(connection.addresses[HEARTBEAT])


def _newest_first(folder: Path) -> Iterator[Path]:
    dated: list[tuple[float, Path]] = []
    with suppress(OSError):
        for file in folder.glob("*.json"):
            with suppress(OSError):
                dated.append((file.stat().st_mtime, file))
    return (file for _, file in sorted(dated, reverse=True))


def _greets(address: str) -> bool:
    """A port that was the kernel's may be another program's by now, so being listened to is not enough."""
    scheme, _, place = address.partition("://")
    ip, _, port = place.rpartition(":")
    try:
        with socket.socket(socket.AF_UNIX) if scheme == "ipc" else _tcp(ip) as connection:
            connection.settimeout(_PATIENCE)
            connection.connect(place if scheme == "ipc" else (ip.strip("[]"), int(port)))
            greeting = b""
            while len(greeting) < _GREETING:
                data = connection.recv(_GREETING - len(greeting))
                if not data:
                    return False
                greeting += data
            return greeting[0] == 0xFF and greeting[-1] == 0x7F
    except (OSError, ValueError, OverflowError):
        return False


def _tcp(ip: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET)
