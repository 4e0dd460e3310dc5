"""Reading a regular file whole, and refusing anything else without waiting for it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tui.files.errors import CannotRead, NotARegularFile, NotFound, NotPermitted, TooLarge, system_reason

MAX_BYTES = 1 << 30
"""Beyond this a file is refused: reading it takes several times its size in memory."""

_KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def read_bytes(path: Path) -> bytes:
    """All of the file. Raises CannotRead for what is no regular file, is too large or cannot be read."""
    try:
        _require_regular(path, os.stat(path))  # noqa: PTH116 - the same call as on the descriptor below
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            _require_regular(path, os.fstat(descriptor))
            return file.read()
    except OSError as error:
        raise _cannot_open(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise CannotRead(path, "the name cannot be one of a file") from error


def _require_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something special")
        raise NotARegularFile(path, f"it is {kind}, not a file")
    if status.st_size > MAX_BYTES:
        raise TooLarge(
            path, f"it has {status.st_size >> 20} MiB, more than the {MAX_BYTES >> 20} MiB that can be opened"
        )


def _cannot_open(path: Path, error: OSError) -> CannotRead:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        if path.is_symlink():
            return NotFound(path, "it is a link to a file that does not exist")
        return NotFound(path, "there is no such file")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NotPermitted(path, "you are not permitted to read it")
    return CannotRead(path, f"it cannot be read ({system_reason(error)})")
