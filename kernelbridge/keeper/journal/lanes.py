"""The lanes of a run's journal: what is kept of its streams and of all else, and what is left out."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.keeper.journal.journalformat import RECORD_HEAD
from kernelbridge.keeper.journal.segments import Segment
from kernelbridge.keeper.journal.tally import Tally, TallyFile

_TAIL_SEGMENTS = 4
"""How many files the end of the streams is spread over: the oldest goes as a whole."""


@dataclass(frozen=True)
class Limits:
    """How much is kept of each run, in bytes."""

    stream_head: int = 8 << 20
    stream_tail: int = 8 << 20
    others: int = 256 << 20


class Part:
    """Numbered segments that are written one after another."""

    def __init__(self, folder: Path, kind: str, run: str, segments: list[Segment], following: int) -> None:
        """`following` is the number of the next segment."""
        self._prefix = folder / kind
        self._run = run
        self._following = following
        self.segments = segments

    @property
    def size(self) -> int:
        """How much the segments take on disk."""
        return sum(segment.size for segment in self.segments)

    def append(self, seq: int, data: bytes, lines: int, longest: int | None = None) -> None:
        """Writes a record, in another segment where this one would grow above `longest`. Raises OSError."""
        if not self.segments or not self._has_room(self.segments[-1], len(data), longest):
            self.release()
            path = self._prefix.with_name(f"{self._prefix.name}-{self._following}")
            self._following += 1
            self.segments.append(Segment(path, self._run))
        self.segments[-1].append(seq, data, lines)

    def _has_room(self, segment: Segment, size: int, longest: int | None) -> bool:
        if segment.sealed:
            return False
        return longest is None or not segment.first or segment.size + RECORD_HEAD + size <= longest

    def drop(self, going: list[Segment]) -> None:
        """Deletes these segments. Raises OSError."""
        self.segments = [each for each in self.segments if each not in going]
        for segment in going:
            segment.release()
            segment.path.unlink()

    def release(self) -> None:
        """Closes the file that is written to. Raises OSError."""
        if self.segments:
            self.segments[-1].release()


class StreamLane:
    """What a run prints: a head until it is full, then a tail, whose oldest file makes room."""

    def __init__(self, head: Part, tail: Part, left_out: TallyFile, limits: Limits) -> None:
        """Deletes what is counted as left out already."""
        self.head = head
        self.tail = tail
        self.left_out = left_out
        self._limits = limits
        left_out.load()
        counted = left_out.value.last
        with suppress(OSError):  # a file that cannot be deleted is not read all the same
            tail.drop([each for each in tail.segments if 0 < each.tally.last <= counted])

    def append(self, seq: int, data: bytes, lines: int) -> None:
        """Keeps a record, at the cost of older ones of the tail. Raises OSError."""
        size = RECORD_HEAD + len(data)
        if self._head_is_open and self.head.size + size <= self._limits.stream_head:
            self.head.append(seq, data, lines)
            return
        self._make_room(size)
        self.tail.append(seq, data, lines, self._limits.stream_tail // _TAIL_SEGMENTS)

    @property
    def _head_is_open(self) -> bool:
        return not self.tail.segments and not self.left_out.value.last

    def _make_room(self, size: int) -> None:
        kept = self.tail.size
        going: list[Segment] = []
        left_out = self.left_out.value
        for segment in self.tail.segments:
            if kept + size <= self._limits.stream_tail:
                break
            going.append(segment)
            kept -= segment.size
            left_out = left_out.plus(segment.tally, time.time())
        if left_out.last > self.left_out.value.last:
            # Counted first: a keeper killed here leaves files that its successor knows to be counted.
            self.left_out.store(left_out)
        self.tail.drop(going)

    def release(self) -> None:
        """Closes the files that are written to. Raises OSError."""
        self.head.release()
        self.tail.release()


class OtherLane:
    """All other records of a run, until there are too many; the first is kept whatever it takes."""

    def __init__(self, part: Part, left_out: TallyFile, limits: Limits) -> None:
        """Raises OSError."""
        self.part = part
        self.left_out = left_out
        self._limit = limits.others
        left_out.load()

    def append(self, seq: int, data: bytes, lines: int, always: bool) -> None:
        """Keeps or counts a record. Raises OSError."""
        if always or not self.part.size or self.part.size + RECORD_HEAD + len(data) <= self._limit:
            self.part.append(seq, data, lines)
        else:
            self.left_out.store(self.left_out.value.plus(Tally(seq, 1, len(data), lines), time.time()))

    def release(self) -> None:
        """Closes the file that is written to. Raises OSError."""
        self.part.release()
