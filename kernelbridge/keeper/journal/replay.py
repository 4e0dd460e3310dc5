"""Reading the journal back: the records of many runs in the order of their numbers, one at a time."""

from __future__ import annotations

import heapq
from collections import OrderedDict
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Callable, Iterable, Iterator, Optional, Tuple

from kernelbridge.keeper.frames import Frame, pack
from kernelbridge.keeper.journal.journalformat import RECORD_HEAD, RecordHead, is_intact, unpack_head
from kernelbridge.keeper.journal.runfolder import RunFolder
from kernelbridge.keeper.journal.segments import Segment
from kernelbridge.keeper.journal.tally import Tally
from kernelbridge.keeper.keeping import Record

_MOST_FILES = 8

_Item = Tuple[int, Callable[[], Optional[bytes]]]
"""A number, and what gives its record's data; None where that is gone by then."""


def replay(folders: Iterable[RunFolder], since: int, until: int) -> Iterator[Record]:
    """The records above `since` and up to `until`, a `gap` in place of those that were left out.

    The journal may be written to meanwhile. What it lets go of then is not given.
    """
    files = _Files()
    sources: list[Iterator[_Item]] = []
    for folder in folders:
        if folder.last > since:
            sources += (
                _stream(files, folder, since, until),
                _others(files, folder, since, until),
                _others_left_out(folder, since, until),
            )
    try:
        for seq, load in heapq.merge(*sources, key=itemgetter(0)):
            data = load()
            if data is not None:
                yield seq, data
    finally:
        files.close()


class _Files:
    """Files that are read by turns, of which few are open at once."""

    def __init__(self) -> None:
        self._open: OrderedDict[Path, BinaryIO] = OrderedDict()
        self.gone: set[Path] = set()
        """Those that were not there any more."""

    def read(self, path: Path, at: int, length: int) -> bytes:
        file = self._open.pop(path, None)
        if file is None:
            if len(self._open) >= _MOST_FILES:
                self._open.popitem(last=False)[1].close()
            try:
                file = path.open("rb")
            except FileNotFoundError:
                self.gone.add(path)
                return b""
        self._open[path] = file
        file.seek(at)
        return file.read(length)

    def close(self) -> None:
        for file in self._open.values():
            file.close()


def _stream(files: _Files, folder: RunFolder, since: int, until: int) -> Iterator[_Item]:
    lane = folder.stream
    for segment in tuple(lane.head.segments):
        yield from _segment(files, segment, since, until)
    given = since
    begun = 0
    while True:
        # Looked at anew for each segment, as the oldest may be dropped while this is read.
        left_out = lane.left_out.value
        if left_out.last > given:
            given = left_out.last
            yield _gap(folder.run, left_out, until)
        segment = next((each for each in lane.tail.segments if begun < each.first <= until), None)
        if segment is None:
            return
        begun = segment.first
        yield from _segment(files, segment, since, until)
        if segment.path not in files.gone:
            given = max(given, segment.tally.last)


def _others(files: _Files, folder: RunFolder, since: int, until: int) -> Iterator[_Item]:
    for segment in tuple(folder.other.part.segments):
        yield from _segment(files, segment, since, until)


def _others_left_out(folder: RunFolder, since: int, until: int) -> Iterator[_Item]:
    left_out = folder.other.left_out.value
    if left_out.last > since:
        yield _gap(folder.run, left_out, until)


def _segment(files: _Files, segment: Segment, since: int, until: int) -> Iterator[_Item]:
    if segment.tally.last <= since:
        return
    at = segment.start
    if since < segment.first <= until:
        # The number of the first is known without opening the file: of a thousand runs most are not read yet.
        since = segment.first
        yield since, partial(_first, files, segment.path, at)
    while at < segment.size:
        head = unpack_head(files.read(segment.path, at, RECORD_HEAD))
        if head is None or head.seq > until:
            return
        at += RECORD_HEAD
        if head.seq > since:
            yield head.seq, partial(_data, files, segment.path, at, head)
        at += head.length


def _first(files: _Files, path: Path, at: int) -> bytes | None:
    head = unpack_head(files.read(path, at, RECORD_HEAD))
    return _data(files, path, at + RECORD_HEAD, head) if head else None


def _data(files: _Files, path: Path, at: int, head: RecordHead) -> bytes | None:
    data = files.read(path, at, head.length)
    return data if is_intact(head, data) else None


def _gap(run: str, left_out: Tally, until: int) -> _Item:
    seq = min(left_out.last, until)
    frame = Frame(
        {
            "op": "record",
            "what": "gap",
            "why": "flood",
            "run": run,
            "seq": seq,
            "records": left_out.records,
            "lines": left_out.lines,
            "bytes": left_out.size,
            "since": None,
            "until": None,
            "at": left_out.at,
        }
    )
    return seq, partial(pack, frame)
