"""Counts that outlive the process: how much was left out of a journal, up to which record."""

from __future__ import annotations

import errno
import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

_TALLY = struct.Struct("!QQQQd")
_CHECK = struct.Struct("!I")
_SLOT = _TALLY.size + _CHECK.size


@dataclass(frozen=True)
class Tally:
    """How many records, bytes of data and lines, up to which number."""

    last: int = 0
    records: int = 0
    size: int = 0
    lines: int = 0
    at: float = 0.0
    """When it was counted, where that matters."""

    def plus(self, other: Tally, at: float = 0.0) -> Tally:
        """Both together, counted at that time."""
        return Tally(
            max(self.last, other.last),
            self.records + other.records,
            self.size + other.size,
            self.lines + other.lines,
            at,
        )


class TallyFile:
    """A tally on disk, of which a kill or a full disk leaves either the old value or the new one.

    It has two places, which are written in turn; the one with the higher number holds.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = 0
        self.value = Tally()
        """What was stored last."""

    def load(self) -> None:
        """Reads what an earlier process stored; without a file, and from a damaged one, that is nothing."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        for place in (0, 1):
            slot = data[place * _SLOT : (place + 1) * _SLOT]
            if len(slot) == _SLOT and _CHECK.unpack_from(slot, _TALLY.size)[0] == zlib.crc32(
                slot[: _TALLY.size]
            ):
                tally = Tally(*_TALLY.unpack_from(slot))
                if tally.last > self.value.last:
                    self.value, self._place = tally, 1 - place

    def store(self, tally: Tally) -> None:
        """Writes another value, whose number is not lower. Raises OSError, and then the old one holds."""
        body = _TALLY.pack(tally.last, tally.records, tally.size, tally.lines, tally.at)
        slot = body + _CHECK.pack(zlib.crc32(body))
        fd = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            if os.pwrite(fd, slot, self._place * _SLOT) != _SLOT:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(fd)
        self.value, self._place = tally, 1 - self._place
