"""Locks on files that end with the last process that holds them, however it ends (flock)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from pathlib import Path
from typing import Generator

from kernelbridge.keeper.errors import HomeError

LOCK = "lock"
"""The file in a home that its keeper holds locked."""
_LOOK_AGAIN = 0.01
_LONGEST_SIGNATURE = 256


def try_lock(file: Path) -> int | None:
    """A descriptor that holds the lock, or None where somebody else does. Raises HomeError.

    Whoever inherits the descriptor holds the lock, too.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise HomeError(f"{file} cannot be opened: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # While we waited the file may have been removed, and with it what the lock stands for.
        if os.path.samestat(os.fstat(descriptor), file.stat()):
            return descriptor
        problem = "it was removed"
    except BlockingIOError:
        problem = None
    except OSError as error:
        problem = error.strerror
    os.close(descriptor)
    if problem is None:
        return None
    raise HomeError(f"{file} cannot be locked: {problem}")


def sign(descriptor: int, pid: int, started: str) -> None:
    """Writes into a lock's file which process holds it, and when that began. Raises OSError."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{pid} {started}\n".encode("ascii"), 0)


def signed_by(file: Path) -> tuple[int, str]:
    """Who wrote that it holds the lock; 0 and nothing where nobody did. It may have ended since."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return 0, ""
    with os.fdopen(descriptor, "rb") as lock:
        pid, _, started = lock.read(_LONGEST_SIGNATURE).decode("ascii", "replace").strip().partition(" ")
    return (int(pid), started) if pid.isdecimal() else (0, "")


def is_locked(file: Path) -> bool:
    """Whether somebody holds the lock. Raises nothing: what is not there is not locked."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


@contextlib.contextmanager
def locked(file: Path, patience: float = 10.0) -> Generator[None, None, None]:
    """Holds the lock; waits for it, but not longer than `patience` seconds. Raises HomeError."""
    deadline = time.monotonic() + patience
    while True:
        descriptor = try_lock(file)
        if descriptor is not None:
            break
        if time.monotonic() > deadline:
            raise HomeError(f"{file} is locked by another process")
        time.sleep(_LOOK_AGAIN)
    try:
        yield
    finally:
        os.close(descriptor)
