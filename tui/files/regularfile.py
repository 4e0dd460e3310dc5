"""Reading a regular file whole, and refusing anything else without waiting for it."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO

from kernelbridge.keeper.files.wholefile import NotRegularError, TooLongError, read_whole
from tui.files.errors import CannotRead, NotARegularFile, NotFound, NotPermitted, TooLarge, system_reason

MAX_BYTES = 1 << 30
"""Beyond this a file is refused: reading it takes several times its size in memory."""
_ABSENT = {errno.ENOENT, errno.ENOTDIR}


def read_bytes(path: Path) -> bytes:
    """All of the file. Raises CannotRead for what is no regular file, is too large or cannot be read."""
    try:
        return read_whole(path, MAX_BYTES)
    except NotRegularError as error:
        raise not_regular(path, str(error)) from error
    except TooLongError as error:
        raise too_large(path, error.size) from error
    except OSError as error:
        raise cannot_open(path, error, is_link=error.errno in _ABSENT and path.is_symlink()) from error
    except ValueError as error:  # a NUL in the name
        raise CannotRead(path, "the name cannot be one of a file") from error


def read_stream(name: Path, stream: BinaryIO) -> bytes:
    """All that comes of a pipe, which `name` is for messages. Raises CannotRead as `read_bytes` does."""
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise cannot_open(name, error, is_link=False) from error
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    return data


def not_regular(path: Path, kind: str) -> CannotRead:
    """It is something else, as "a directory"."""
    return NotARegularFile(path, f"it is {kind}, not a file")


def too_large(path: Path, size: int) -> CannotRead:
    """It has more bytes than MAX_BYTES."""
    return TooLarge(path, f"it has {size >> 20} MiB, more than the {MAX_BYTES >> 20} MiB that can be opened")


def cannot_open(path: Path, error: OSError, *, is_link: bool) -> CannotRead:
    """What the system says against reading it."""
    if error.errno in _ABSENT:
        if is_link:
            return NotFound(path, "it is a link to a file that does not exist")
        return NotFound(path, "there is no such file")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NotPermitted(path, "you are not permitted to read it")
    return CannotRead(path, f"it cannot be read ({system_reason(error)})")
