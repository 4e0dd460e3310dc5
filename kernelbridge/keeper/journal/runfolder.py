"""The folder of one run in the journal: its name, its files, and what an earlier keeper left in it."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from kernelbridge.keeper.journal.lanes import Limits, OtherLane, Part, StreamLane
from kernelbridge.keeper.journal.segments import DamagedError, Segment
from kernelbridge.keeper.journal.tally import TallyFile
from kernelbridge.keeper.keeping import Lane

_PLAIN_ID = re.compile(r"[0-9a-f]{1,64}")
_KINDS = ("head", "tail", "other")
_FILE = re.compile(rf"({'|'.join(_KINDS)})-([0-9]+)(\.damaged.*)?")


def folder_name(run: str) -> str:
    """A safe name for the run's folder: the id where it is plain, else a hash of it."""
    if _PLAIN_ID.fullmatch(run):
        return run
    return "x" + hashlib.sha256(run.encode("utf-8", "surrogatepass")).hexdigest()


class RunFolder:
    """What is kept of one run."""

    def __init__(self, path: Path, run: str, limits: Limits, found: Found | None = None) -> None:
        """Raises OSError where files that were found cannot be dealt with."""
        self.path = path
        self.run = run
        found = found or Found()
        head, tail, other = (
            Part(path, kind, run, found.segments[kind], found.following[kind]) for kind in _KINDS
        )
        self.stream = StreamLane(head, tail, TallyFile(path / "stream-left-out"), limits)
        self.other = OtherLane(other, TallyFile(path / "other-left-out"), limits)
        self.first, self.last = self._bounds()
        """The lowest and the highest number known; 0 where there is none."""

    def _bounds(self) -> tuple[int, int]:
        segments = (*self.stream.head.segments, *self.stream.tail.segments, *self.other.part.segments)
        left_out = (self.stream.left_out.value.last, self.other.left_out.value.last)
        firsts = (*(segment.first for segment in segments), *left_out)
        lasts = (*(segment.tally.last for segment in segments), *left_out)
        return min((each for each in firsts if each), default=0), max(lasts)

    def append(self, seq: int, data: bytes, lane: Lane, lines: int) -> None:
        """Keeps a record, or counts it as left out. Raises OSError."""
        if not self.last:
            self.path.mkdir(mode=0o700, exist_ok=True)
        if lane is Lane.STREAM:
            self.stream.append(seq, data, lines)
        else:
            self.other.append(seq, data, lines, lane is Lane.ALWAYS)
        self.first = self.first or seq
        self.last = max(self.last, seq)

    def release(self) -> None:
        """Closes the files that are written to. Raises OSError."""
        self.stream.release()
        self.other.release()

    def sync(self) -> None:
        """Brings everything to the disk itself. Raises OSError."""
        for path in (*self.path.iterdir(), self.path):
            sync(path)


class Found:
    """The segments that an earlier keeper left in a folder, by kind, and the numbers that are still free."""

    def __init__(self) -> None:
        self.segments: dict[str, list[Segment]] = {kind: [] for kind in _KINDS}
        self.following: dict[str, int] = dict.fromkeys(_KINDS, 0)
        self.damaged: list[Path] = []
        """What is damaged: read as far as it can be, or renamed where nothing can be told of it."""

    @property
    def run(self) -> str | None:
        """Whose they are; None where there are none."""
        return next((segment.run for kind in _KINDS for segment in self.segments[kind]), None)

    def look(self, folder: Path) -> None:
        """Reads the folder, cutting torn ends. Raises OSError where it cannot be listed."""
        matches = (_FILE.fullmatch(path.name) for path in folder.iterdir())
        for kind, number, aside in sorted((m[1], int(m[2]), m[3] or "") for m in matches if m):
            self.following[kind] = number + 1
            if not aside:
                self._take(folder / f"{kind}-{number}", kind)

    def _take(self, path: Path, kind: str) -> None:
        try:
            segment = Segment.recover(path)
            if segment is None:
                return
            if folder_name(segment.run) != path.parent.name:
                raise DamagedError
        except (OSError, DamagedError):
            self.damaged.append(_set_aside(path))
            return
        self.segments[kind].append(segment)
        if segment.sealed:
            self.damaged.append(path)


def recover(folder: Path, limits: Limits) -> tuple[RunFolder | None, list[Path]]:
    """The run that an earlier keeper left in a folder, where there is one, and the files that are damaged.

    Raises OSError.
    """
    found = Found()
    found.look(folder)
    if found.run is None:
        with suppress(OSError):  # goes where it is empty
            folder.rmdir()
        return None, found.damaged
    return RunFolder(folder, found.run, limits, found), found.damaged


def sync(path: Path) -> None:
    """Brings a file, or the list of a folder, to the disk itself. Raises OSError."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    with suppress(OSError):  # where not even this can be done, its number is left alone all the same
        path.rename(aside)
    return aside
