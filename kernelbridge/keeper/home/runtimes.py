"""A keeper's private directory: its socket, and its kernel's sockets and connection file.

It belongs to a home, not to a process: the kernel's files must outlive a keeper that is killed. A link in it
says to which, and whoever holds that home's lock may remove it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
from pathlib import Path

from kernelbridge.keeper.errors import HomeError, PrivateDirectoryError
from kernelbridge.keeper.home.condition import kernel_lives
from kernelbridge.keeper.home.locking import LOCK, try_lock
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.home.meta import Meta, read_meta
from kernelbridge.keeper.home.privatedir import is_ours_alone, make_private_directory

SOCKET = "keeper"
"""The name of the keeper's socket in the directory."""
_HOME = "home"
_BACKLOG = 128


def make_runtime(home: Path) -> Path:
    """A new directory for the home. Removes what nobody needs any more. Raises PrivateDirectoryError."""
    directory = make_private_directory(home.name)
    try:
        (directory / _HOME).symlink_to(home)
        for each in directory.parent.iterdir():
            if each != directory:
                _sweep(each)
    except OSError as error:
        raise PrivateDirectoryError(f"{directory} cannot be used: {error.strerror}") from error
    return directory


def runtime_of(meta: Meta) -> Path | None:
    """The directory of a home, where it is there, and ours alone."""
    directory = Path(meta.socket).parent
    is_its = bool(meta.socket) and directory.name.startswith(f"{meta.id}-")
    return directory if is_its and is_ours_alone(directory) else None


def remove_runtime(meta: Meta) -> None:
    """Removes the directory of a home and what is in it. For who holds the home's lock."""
    directory = runtime_of(meta)
    if directory is not None:
        shutil.rmtree(directory, ignore_errors=True)


def keep_fresh(directory: Path) -> None:
    """Tells those who clean up by age that the directory is in use; a few times a day is enough."""
    with contextlib.suppress(OSError):
        for each in (directory, *directory.iterdir()):
            os.utime(each, follow_symlinks=False)


def bind(directory: Path) -> socket.socket:
    """The keeper's socket, mode 0600, listening, in place of one that is there. Raises HomeError."""
    path = directory / SOCKET
    listening = socket.socket(socket.AF_UNIX)
    try:
        if path.is_dir():  # in the way by some accident, and nothing that we would remove
            path = directory / f"k{secrets.token_hex(2)}"
        path.unlink(missing_ok=True)
        listening.bind(str(path))
        # Not by umask, which is that of all threads. Nobody can connect yet.
        path.chmod(0o600)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise HomeError(f"{path} cannot be made: {error.strerror}") from error
    return listening


def _sweep(directory: Path) -> None:
    """Removes the directory if it is of a home that has no use for it."""
    try:
        home = Path(os.readlink(directory / _HOME))
    except OSError:
        return
    if not home.parent.is_dir() or not directory.name.startswith(f"{home.name}-"):
        return
    if not os.path.lexists(home):
        shutil.rmtree(directory, ignore_errors=True)
        return
    try:
        meta = read_meta(home)
        lock = try_lock(home / LOCK) if meta.host == host() else None
    except HomeError:
        return
    if lock is None:
        return
    try:
        needed = kernel_lives(meta) and directory in (
            Path(meta.socket).parent,
            Path(meta.connection_file).parent,
        )
        if not needed:
            shutil.rmtree(directory, ignore_errors=True)
    finally:
        os.close(lock)
