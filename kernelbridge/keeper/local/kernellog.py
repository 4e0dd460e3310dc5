"""The file that a kernel's own standard output and error go to, kept small while the kernel writes it."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from pathlib import Path

from kernelbridge.keeper.errors import LaunchError

_LARGEST = 8 << 20
_KEPT = 1 << 20
"""Bytes of the end that stay when it has become too large."""
_LINES = 20
_LINES_BYTES = 16_384


class KernelLog:
    """One log, which may hold what earlier kernels of the same keeper said."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin = 0
        """Where what the present kernel says begins."""

    def open(self) -> int:
        """A descriptor for a new kernel's output, which is always appended. Raises LaunchError."""
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise LaunchError(f"{self._path} cannot be written: {error.strerror}") from error
        self._begin = os.fstat(descriptor).st_size
        return descriptor

    def trim(self) -> None:
        """Cuts it to its last MiB where it is above 8: in place, as the kernel holds it open."""
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND)
            try:
                size = os.fstat(descriptor).st_size
                if size > _LARGEST:
                    kept = os.pread(descriptor, _KEPT, size - _KEPT)
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, kept[kept.find(b"\n") + 1 :])
                    self._begin = 0
            finally:
                os.close(descriptor)

    def last_lines(self) -> tuple[str, ...]:
        """The end of what the present kernel said, without empty lines."""
        try:
            with self._path.open("rb") as log:
                size = os.fstat(log.fileno()).st_size
                log.seek(max(self._begin if self._begin <= size else 0, size - _LINES_BYTES))
                text = log.read().decode("utf-8", "replace")
        except OSError:
            return ()
        return tuple(deque((line for line in text.splitlines() if line.strip()), maxlen=_LINES))
