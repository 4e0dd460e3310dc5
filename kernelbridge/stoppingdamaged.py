"""Ending the keeper of a home that cannot be read: what its lock says of it is enough."""

from __future__ import annotations

import contextlib
import os
import signal
import time

from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.homes import DamagedHome
from kernelbridge.keeper.home.locking import LOCK, is_locked, signed_by
from kernelbridge.keeper.home.machine import is_running

_PATIENCE = 15.0
"""Seconds that a keeper has to end its kernel and itself."""
_LOOK_AGAIN = 0.02


def stop_damaged(home: DamagedHome, patience: float = _PATIENCE) -> None:
    """Has the keeper end, and with it its kernel.

    By signal, as where it listens is not known. It is not killed: nobody would know its kernel any more.
    Raises HomeError with what is to be done where that cannot be.
    """
    lock = home.path / LOCK
    pid, started = signed_by(lock)
    if not is_locked(lock):
        raise HomeError(
            f"{home.problem}, and its keeper is gone: a kernel that it had may run still, with {home.id} in "
            "its command line (ps -ef); end that, and then remove the folder"
        )
    if pid <= 1 or not is_running(pid, started):
        raise HomeError(
            f"{home.problem}, and which process its keeper is cannot be told: ps -ef has {home.id}"
        )
    for number in (signal.SIGCONT, signal.SIGTERM):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
    deadline = time.monotonic() + patience
    while is_locked(lock) or is_running(pid, started):
        if time.monotonic() > deadline:
            raise HomeError(
                f"{home.problem}, and its keeper (process {pid}) does not end: kill it and its kernel"
            )
        time.sleep(_LOOK_AGAIN)
