"""Segments: the files of a journal, written at their end only, and cut back to whole records."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from kernelbridge.keeper.journal.journalformat import (
    RECORD_HEAD,
    SHORTEST_FILE,
    is_intact,
    pack_record,
    pack_run,
    read_run,
    unpack_head,
)
from kernelbridge.keeper.journal.tally import Tally


class DamagedError(Exception):
    """A file of which nothing can be told."""


class Segment:
    """One file of records of a run."""

    def __init__(self, path: Path, run: str) -> None:
        """A new one, made when it is first written to."""
        self.path = path
        self.run = run
        self.size = 0
        """How much of the file is whole records."""
        self.start = len(pack_run(run))
        """Where the first record begins."""
        self.first = 0
        """The number of its first record; 0 without one."""
        self.tally = Tally()
        """What is in it."""
        self.sealed = False
        """Whether it is damaged: read around the damage, and never written to again."""
        self._fd: int | None = None
        self._is_whole = True

    def append(self, seq: int, data: bytes, lines: int) -> None:
        """Writes a record at the end. Raises OSError, and then nothing of it is left there."""
        fd = self._descriptor()
        self._cut_back(fd)
        piece = pack_record(seq, data, lines)
        if not self.size:
            piece = pack_run(self.run) + piece
        self._is_whole = False
        try:
            _write(fd, piece)
        except OSError:
            with suppress(OSError):  # what cannot be cut now is cut before the next record
                self._cut_back(fd)
            raise
        self._is_whole = True
        self.size += len(piece)
        self.first = self.first or seq
        self.tally = self.tally.plus(Tally(seq, 1, len(data), lines))

    def release(self) -> None:
        """Closes the file until it is written to again. Raises OSError."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            os.close(fd)

    def _descriptor(self) -> int:
        if self._fd is None:
            fd = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            size = os.fstat(fd).st_size
            if size < self.size:
                # Somebody deleted it, or a network drive lost what it had taken: what is left is only read.
                os.close(fd)
                self.sealed = True
                raise OSError(errno.EIO, "the journal's file is shorter than what was written to it")
            self._fd = fd
            self._is_whole = size == self.size
        return self._fd

    def _cut_back(self, fd: int) -> None:
        if not self._is_whole:
            os.ftruncate(fd, self.size)
            self._is_whole = True

    @classmethod
    def recover(cls, path: Path) -> Segment | None:
        """What an earlier process left, without a torn end; None where it is nothing.

        Raises DamagedError where it is not known whose it is, and OSError where it cannot be read.
        """
        size = path.stat().st_size
        if size < SHORTEST_FILE:
            path.unlink()
            return None
        with path.open("rb") as file:
            run = read_run(file, size)
            if run is None:
                raise DamagedError
            segment = cls(path, run)
            at = segment.size = segment.start
            while size - at >= RECORD_HEAD:
                head = unpack_head(file.read(RECORD_HEAD))
                if head is None:
                    segment.sealed = True
                    return segment
                end = at + RECORD_HEAD + head.length
                if end > size:
                    break
                if not is_intact(head, file.read(head.length)):
                    segment.sealed = True
                else:
                    if not segment.first:
                        segment.first, segment.start = head.seq, at
                    segment.tally = segment.tally.plus(Tally(head.seq, 1, head.length, head.lines))
                at = segment.size = end
        if at < size and not segment.sealed:
            try:
                os.truncate(path, at)
            except OSError:
                segment.sealed = True
        return segment


def _write(fd: int, data: bytes) -> None:
    with memoryview(data) as view:
        at = 0
        while at < len(data):
            at += os.write(fd, view[at:])
