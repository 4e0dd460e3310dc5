"""A regular file read whole, and what tells that it has not changed since; all else is refused unopened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Tuple, Union

Signature = Union[Tuple[int, ...], None]

_KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class NotRegularError(Exception):
    """It is no file; the text is what it is."""


class TooLongError(Exception):
    """It has more bytes than may be read."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


def read_whole(path: Path, most: int) -> bytes:
    """All of the file. Raises OSError, NotRegularError, TooLongError; ValueError for a NUL in its name."""
    _require_regular(os.stat(path), most)  # noqa: PTH116 -- the same call as on the descriptor below
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        _require_regular(os.fstat(descriptor), most)
        return file.read()


def special_kind(path: Path) -> str | None:
    """What there is that is neither file nor folder, nor a link to one; None where there is nothing such."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else _kind(mode)


def signature(path: Path) -> Signature:
    """What of a file's status changes whenever its text does; None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _require_regular(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(_kind(status.st_mode))
    if status.st_size > most:
        raise TooLongError(status.st_size)


def _kind(mode: int) -> str:
    return _KINDS.get(stat.S_IFMT(mode), "something special")
