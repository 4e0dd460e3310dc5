"""What a keeper needs of a journal; `Journal` keeps it on disk, `Memory` as long as the process lives."""

from __future__ import annotations

from enum import Enum
from typing import Iterator, Protocol, Tuple

Record = Tuple[int, bytes]
"""A record's number, and the frame as it was sent."""


class Lane(Enum):
    """Which limit a record falls under."""

    STREAM = "stream"
    """What is printed: the beginning and the end are kept."""
    OTHER = "other"
    """All else: what comes above the limit is left out."""
    ALWAYS = "always"
    """What a run cannot be told without, its beginning and its end: kept above the limit, too."""


class Keeps(Protocol):
    """Keeps the records of runs, each in the order of its numbers."""

    @property
    def last_seq(self) -> int:
        """The highest number kept, 0 where none is."""
        ...

    def append(self, run: str, seq: int, data: bytes, lane: Lane = Lane.OTHER, lines: int = 0) -> None:
        """Keeps a record. Raises JournalError."""
        ...

    def runs(self) -> list[str]:
        """The runs of which something is kept, in the order of their first record."""
        ...

    def last_of(self, run: str) -> int:
        """The highest number kept of a run, 0 where none is."""
        ...

    def read(self, since: int = 0) -> Iterator[Record]:
        """All records above a number, in order."""
        ...

    def read_run(self, run: str) -> Iterator[Record]:
        """All records of a run, in order."""
        ...

    def discard(self, run: str) -> None:
        """Lets go of a run."""
        ...


class Memory:
    """Keeps records as long as the process lives: for scripted kernels."""

    def __init__(self) -> None:
        self._runs: dict[str, list[Record]] = {}

    @property
    def last_seq(self) -> int:
        """The highest number kept."""
        return max((self.last_of(run) for run in self._runs), default=0)

    def append(self, run: str, seq: int, data: bytes, lane: Lane = Lane.OTHER, lines: int = 0) -> None:  # noqa: ARG002 -- the limits do not apply
        """Keeps a record."""
        self._runs.setdefault(run, []).append((seq, data))

    def runs(self) -> list[str]:
        """The runs of which something is kept."""
        return list(self._runs)

    def last_of(self, run: str) -> int:
        """The highest number of a run."""
        records = self._runs.get(run)
        return records[-1][0] if records else 0

    def read(self, since: int = 0) -> Iterator[Record]:
        """All records above a number, in order."""
        everything = [record for records in self._runs.values() for record in records if record[0] > since]
        return iter(sorted(everything))

    def read_run(self, run: str) -> Iterator[Record]:
        """All records of a run."""
        return iter(list(self._runs.get(run, ())))

    def discard(self, run: str) -> None:
        """Lets go of a run."""
        self._runs.pop(run, None)
