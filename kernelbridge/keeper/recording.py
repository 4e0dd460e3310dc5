"""Records of what happens to runs: numbered, written to the journal, and only then sent to who listens."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Callable, Iterable

from kernelbridge.keeper.errors import JournalError
from kernelbridge.keeper.frames import Frame, pack
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue
from kernelbridge.keeper.keeping import Keeps, Lane
from kernelbridge.keeper.wire import WireMessage

_HIGHEST = 1 << 52
_LONGEST_PIECE = 1 << 16
"""Characters of a stream that are joined into one record."""

_LONGEST_RECORD = 1 << 18
"""Characters of a stream in one record; what one print sends may be more, and the end of it is to be kept."""

_BEGINNINGS = ("queued", "foreign")


@dataclass
class _Missed:
    """What could not be written of a run."""

    lines: int
    bytes: int
    since: float
    beginning: dict[str, JsonValue] | None = None
    """The record that the run begins with, where that could not be written."""


class Records:
    """Numbers, journals and sends records. Pieces of a stream are joined for a turn of the event loop."""

    def __init__(
        self,
        journal: Keeps,
        epoch: int,
        send: Callable[[int, bytes], None],
        problem_changed: Callable[[str | None], None],
    ) -> None:
        """Numbers go on from those of earlier epochs."""
        self._journal = journal
        self._send = send
        self._problem_changed = problem_changed
        self._seq = max(journal.last_seq, epoch << 32)
        self._first: tuple[str, str, WireMessage] | None = None
        self._texts: list[str] = []
        self._length = 0
        self._missed: dict[str, _Missed] = {}
        self._unheard: tuple[str, float] | None = None
        """A run of which nothing is heard yet, and since when."""
        self.problem: str | None = None
        """Why nothing is written at the moment."""

    def skip_to(self, seq: int) -> None:
        """Goes on above a number that a frontend has seen, where the disk has lost the newest."""
        self._seq = max(self._seq, min(seq, _HIGHEST))

    def note(self, what: str, run: str, **fields: JsonValue) -> None:
        """Something that happened to a run."""
        self.flush()
        self._write(run, {"op": "record", "what": what, **fields}, (), Lane.ALWAYS, 0)

    def gap(self, run: str, why: str, since: float, until: float, messages: int | None = None) -> None:
        """Some of what the kernel said of a run did not arrive: between these moments, so many messages."""
        self.note("gap", run, why=why, lines=None, bytes=None, messages=messages, since=since, until=until)

    def unheard(self, run: str, since: float) -> None:
        """What the kernel says of a run is not heard, since a moment and until `hears` is called."""
        self._unheard = run, since

    def hears(self) -> None:
        """What the kernel says is heard from now on."""
        if self._unheard is not None:
            (run, since), self._unheard = self._unheard, None
            self.gap(run, "keeper", since, time.time())

    def ends(self, run: str) -> None:
        """Nothing more is to be heard of a run."""
        if self._unheard is not None and self._unheard[0] == run:
            self.hears()

    def message(self, run: str, channel: str, message: WireMessage) -> None:
        """Something that the kernel said about a run."""
        if message.kind == "stream" and not message.buffers:
            name, text = message.content.get("name"), message.content.get("text")
            if isinstance(name, str) and isinstance(text, str):
                self._join(run, name, text, message)
                return
        self.flush()
        self._write_message(run, channel, message, message.content, Lane.OTHER, 0)

    def flush(self) -> None:
        """Writes what is held back of a stream."""
        first, self._first = self._first, None
        if first is None:
            return
        run, name, message = first
        text = "".join(self._texts)
        self._texts, self._length = [], 0
        for begin in range(0, max(1, len(text)), _LONGEST_RECORD):
            piece = text[begin : begin + _LONGEST_RECORD]
            content: JsonObject = {"name": name, "text": piece}
            self._write_message(run, "iopub", message, content, Lane.STREAM, piece.count("\n"))

    def _join(self, run: str, name: str, text: str, message: WireMessage) -> None:
        first = self._first
        is_other = first is None or first[:2] != (run, name) or first[2].parent_id != message.parent_id
        if is_other or self._length > _LONGEST_PIECE:
            self.flush()
            self._first = (run, name, message)
            asyncio.get_event_loop().call_soon(self.flush)
        self._texts.append(text)
        self._length += len(text)

    def _write_message(
        self, run: str, channel: str, message: WireMessage, content: JsonObject, lane: Lane, lines: int
    ) -> None:
        date = message.header.get("date")
        fields: dict[str, JsonValue] = {
            "op": "record",
            "what": "message",
            "channel": channel,
            "kind": message.kind,
            "content": content,
            "metadata": message.metadata or EMPTY,
            "date": date if isinstance(date, str) else None,
        }
        if message.parent_id not in ("", run):
            fields["parent"] = message.parent_id
        self._write(run, fields, message.buffers, lane, lines)

    def _write(
        self, run: str, fields: dict[str, JsonValue], buffers: tuple[bytes, ...], lane: Lane, lines: int
    ) -> None:
        if self._missed and run in self._missed:
            self._tell_missed(run)
        self._seq += 1
        now = time.time()
        fields.update(run=run, seq=self._seq, at=now)
        data = pack(Frame(fields, buffers))
        try:
            self._journal.append(run, self._seq, data, lane, lines)
        except JournalError as error:
            missed = self._missed.setdefault(run, _Missed(0, 0, now))
            missed.lines += lines
            missed.bytes += len(data)
            if fields["what"] in _BEGINNINGS:
                missed.beginning = fields
            self.tell(str(error))
        else:
            self.tell(None)
        self._send(self._seq, data)

    def _tell_missed(self, run: str) -> None:
        """Where writing works again, says in the journal what is missing before it goes on."""
        missed = self._missed[run]
        gap: dict[str, JsonValue] = {
            "op": "record",
            "what": "gap",
            "why": "journal",
            "lines": missed.lines,
            "bytes": missed.bytes,
            "since": missed.since,
            "until": time.time(),
        }
        try:
            if missed.beginning is not None:
                self._make_up_for(run, missed.beginning)
                missed.beginning = None
            self._make_up_for(run, gap)
        except JournalError:
            return
        del self._missed[run]

    def _make_up_for(self, run: str, fields: dict[str, JsonValue]) -> None:
        """Writes a record for those who come later; who is attached needs none. Raises JournalError."""
        self._seq += 1
        fields.update(run=run, seq=self._seq, at=time.time())
        self._journal.append(run, self._seq, pack(Frame(fields)), Lane.ALWAYS)

    def write_again(self, run: str, told: Iterable[JsonObject]) -> None:
        """Writes what was told of a run before, where the journal has lost it; nobody is sent it again."""
        self._missed.pop(run, None)
        try:
            for fields in told:
                self._make_up_for(run, {"op": "record", **fields})
        except JournalError as error:
            self.tell(str(error))

    def discard(self, run: str) -> None:
        """Lets go of a run that has been saved, or that nobody wants."""
        self._missed.pop(run, None)
        self._journal.discard(run)

    def tell(self, problem: str | None) -> None:
        """Takes why nothing is written at the moment, or None where it is."""
        if problem != self.problem:
            self.problem = problem
            self._problem_changed(problem)
