"""Directories for sockets, connection files and logs that no other user can enter."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import tempfile
from pathlib import Path
from typing import Iterator

from kernelbridge.keeper.errors import PrivateDirectoryError

LONGEST_SOCKET_PATH = 103 if sys.platform == "darwin" else 107
"""Bytes: what `sockaddr_un.sun_path` holds, without the terminating zero."""
_OF_ALL = "/tmp"  # noqa: S108 -- what is made in it is checked by is_ours_alone
_LONGEST_NAME = 8
"""Bytes of a file's name in the directory, with the slash before it."""


def make_private_directory(owner: str) -> Path:
    """A new empty directory, mode 0700, short enough for unix sockets; its name begins with its owner's.

    In `XDG_RUNTIME_DIR` where that is ours alone, else in one of our own in the temporary directory. It is
    only ever removed by its owner: a kernel may live in it whose keeper does not. Raises
    PrivateDirectoryError.
    """
    name = f"{owner}-{secrets.token_hex(4)}"
    for base in private_bases():
        if len(os.fsencode(base)) + 1 + len(name) + _LONGEST_NAME > LONGEST_SOCKET_PATH:
            continue
        try:
            directory = base / name
            directory.mkdir(mode=0o700)
        except OSError:
            continue
        return directory
    raise PrivateDirectoryError(
        "no private directory for a kernel's files: neither the runtime nor the temporary one"
    )


def private_bases() -> Iterator[Path]:
    """Directories of this user alone, made where need be, the best first."""
    for base in _bases():
        try:
            base.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            continue
        if is_ours_alone(base):
            yield base


def _bases() -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    bases = [Path(runtime) / "tnb"] if runtime.startswith("/") and is_ours_alone(Path(runtime)) else []
    temporary = dict.fromkeys((tempfile.gettempdir(), _OF_ALL))
    return [*bases, *(Path(place).absolute() / f"tnb-{os.getuid()}" for place in temporary)]


def is_ours_alone(directory: Path) -> bool:
    """Whether it is a directory itself, no link to one, that only this user can enter."""
    try:
        status = directory.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.getuid()
        and not stat.S_IMODE(status.st_mode) & 0o077
    )


def close_to_others(directory: Path) -> None:
    """Has only this user enter a directory of theirs: mode 0700, whatever it was.

    Raises PrivateDirectoryError for a link, for what another user owns, and where the mode does not hold.
    """
    try:
        status = directory.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise PrivateDirectoryError(f"{directory} is not a folder")
        if status.st_uid != os.getuid():
            raise PrivateDirectoryError(f"{directory} belongs to another user: it is not used")
        if stat.S_IMODE(status.st_mode) & 0o077:
            directory.chmod(0o700)
    except OSError as error:
        raise PrivateDirectoryError(f"{directory} cannot be used: {error.strerror}") from error
    if not is_ours_alone(directory):
        raise PrivateDirectoryError(f"{directory} can be entered by others, and cannot be closed to them")
