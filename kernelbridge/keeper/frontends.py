"""Who is attached to the keeper, what each of them has been sent, and which of them writes the notebook."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from kernelbridge.keeper.frames import Frame, pack
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.keeping import Keeps

_NO_RECORDS = 1 << 62
"""Seen by a frontend that wants none."""


class Peer(Protocol):
    """A connection to a frontend."""

    def send(self, data: bytes) -> None:
        """Sends a frame; one that does not read is dropped before long."""
        ...

    async def drained(self) -> None:
        """Returns once most of what was sent has been taken, or it is gone."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...


@dataclass(frozen=True)
class FrontendName:
    """What a frontend says of itself."""

    name: str = ""
    pid: int = 0
    host: str = ""
    edits: bool = False
    """Whether it wants to change the notebook."""

    @classmethod
    def from_json(cls, value: JsonValue) -> FrontendName:
        """As far as it can be read."""
        fields = value if isinstance(value, dict) else {}
        name, pid, host = fields.get("name"), fields.get("pid"), fields.get("host")
        return cls(
            name if isinstance(name, str) else "",
            pid if isinstance(pid, int) else 0,
            host if isinstance(host, str) else "",
            fields.get("edits") is True,
        )

    def to_json(self) -> JsonObject:
        """As frames have it."""
        return {"name": self.name, "pid": self.pid, "host": self.host, "edits": self.edits}

    def __str__(self) -> str:
        return f"{self.name or 'a frontend'} {self.pid}" + (f" on {self.host}" if self.host else "")


@dataclass(eq=False)
class Frontend:
    """One that is attached."""

    peer: Peer
    name: FrontendName = field(default_factory=FrontendName)
    is_live: bool = False
    """Whether it has all that was journaled, so that records are sent to it as they come."""


class Frontends:
    """All that are attached."""

    def __init__(self, journal: Keeps) -> None:
        self._journal = journal
        self._all: dict[Peer, Frontend] = {}
        self._writer: Frontend | None = None
        self._replays: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._all)

    def get(self, peer: Peer) -> Frontend | None:
        """The frontend behind a connection, once it is attached."""
        return self._all.get(peer)

    def attach(self, peer: Peer, name: FrontendName) -> Frontend:
        """One more; the first that wants to edit may."""
        frontend = self._all[peer] = Frontend(peer, name)
        if self._writer is None and name.edits:
            self._writer = frontend
        return frontend

    def leave(self, peer: Peer) -> None:
        """It is gone."""
        frontend = self._all.pop(peer, None)
        if frontend is not None and frontend is self._writer:
            self._writer = None
        self.tell()

    def claim(self, frontend: Frontend, *, force: bool) -> None:
        """Gives it the right to edit, where nobody has it or it insists."""
        if self._writer is None or force:
            self._writer = frontend
        self.tell()

    def tell(self) -> None:
        """Tells all of them who is there."""
        for frontend in self._all.values():
            frontends = [self._described(each, frontend) for each in self._all.values()]
            frontend.peer.send(pack(Frame({"op": "frontends", "frontends": frontends})))

    def send(self, fields: JsonObject) -> None:
        """Sends a frame to all of them."""
        data = pack(Frame(fields))
        for frontend in list(self._all.values()):
            frontend.peer.send(data)

    def record(self, _seq: int, data: bytes) -> None:
        """Sends a new record to those that have all before it."""
        for frontend in list(self._all.values()):
            if frontend.is_live:
                frontend.peer.send(data)

    def replay(self, frontend: Frontend, since: int | None) -> None:
        """Sends what is journaled above a number, and from then on what comes; with None nothing but that."""
        task = asyncio.get_event_loop().create_task(
            self._replay(frontend, _NO_RECORDS if since is None else since)
        )
        self._replays.add(task)
        task.add_done_callback(self._replays.discard)

    async def _replay(self, frontend: Frontend, since: int) -> None:
        """Reads on as long as more was written meanwhile; between the last look and live nothing can come."""
        more = True
        while more:
            more = False
            for seq, data in self._journal.read(since):
                more = True
                since = seq
                frontend.peer.send(data)
                await frontend.peer.drained()
                if frontend.peer not in self._all:
                    return
        frontend.is_live = True
        frontend.peer.send(pack(Frame({"op": "synced"})))

    def _described(self, each: Frontend, you: Frontend) -> JsonObject:
        return {**each.name.to_json(), "writer": each is self._writer, "you": each is you}
