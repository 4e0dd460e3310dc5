"""Runs as the keeper knows them: what is to be run, for whom, and how far it is."""

from __future__ import annotations

import time
from dataclasses import dataclass

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue
from kernelbridge.keeper.kernels import Request
from kernelbridge.keeper.wire import WireMessage

_STATUSES = {"ok": "ok", "aborted": "aborted", "abort": "aborted", "lost": "lost"}
"""How a run ended, by what its reply says; anything else is an error."""


@dataclass
class Run:
    """One execution of one piece of code, from the moment it was asked for."""

    id: str
    """Its frontend's; the id of the request, too."""
    code: str
    cell: JsonValue
    """What the frontend says of the cell, which only frontends read."""
    by: str
    """Which frontend asked for it: a name for a person."""
    store_history: bool = True
    stops_on_error: bool = True
    """Whether what waits behind it is not run where it fails."""
    allows_input: bool = True
    """Whether its code may ask for a line of input."""
    sent: float | None = None
    """Seconds, monotonic clock; None while it waits."""
    started: bool = False
    started_at: float | None = None
    """Seconds since the epoch, on the kernel's clock."""
    ended_at: float | None = None
    execution_count: int | None = None
    reply: JsonObject | None = None
    idle: bool = False
    failed: bool = False
    """Whether the kernel published an error."""
    question: WireMessage | None = None
    """What it waits for an answer to."""
    is_over: bool = False
    is_journaled: bool = True
    """False once a frontend has saved it: what still comes begins a record of its own."""

    def request(self) -> Request:
        """What the kernel is to be sent."""
        content: JsonObject = {
            "code": self.code,
            "silent": False,
            "store_history": self.store_history,
            "user_expressions": {},
            "allow_stdin": self.allows_input,
            "stop_on_error": self.stops_on_error,
        }
        return Request("execute_request", content)

    def beginning(self, date: JsonValue) -> WireMessage:
        """What the kernel left out: that it began with this."""
        content: JsonObject = {"code": self.code, "execution_count": self.count()}
        return WireMessage({"msg_type": "execute_input", "date": date}, content=content)

    def begun(self) -> None:
        """It is given to the kernel."""
        self.sent = time.monotonic()

    def seconds(self) -> float | None:
        """Between start and end, on the kernel's clock where it tells; None if it never started."""
        if not self.started:
            return None
        if self.started_at is not None and self.ended_at is not None and self.ended_at >= self.started_at:
            return self.ended_at - self.started_at
        return None if self.sent is None else time.monotonic() - self.sent

    def status(self) -> str:
        """How it ended, as `finished` has it; without a reply that is not known, but for an error."""
        if self.reply is None:
            return "error" if self.failed else "lost"
        return _STATUSES.get(str(self.reply.get("status")), "error")

    def count(self) -> int | None:
        """The execution count, the reply's before the one of its start."""
        count = (self.reply or EMPTY).get("execution_count")
        return count if isinstance(count, int) else self.execution_count


_REMEMBERED = 1000
"""Finished runs for which output may still come, as threads print it."""


class RunList:
    """All runs that are known; those that wait, in order."""

    def __init__(self) -> None:
        self.known: dict[str, Run] = {}
        self.waiting: dict[str, Run] = {}

    def add(self, run: Run) -> None:
        """One more, at the end of those that wait."""
        self.known[run.id] = run
        self.waiting[run.id] = run
        if len(self.known) > 2 * _REMEMBERED:
            self._forget_oldest()

    def take(self) -> Run | None:
        """The next one, which does not wait any more."""
        for run_id in self.waiting:
            return self.waiting.pop(run_id)
        return None

    def take_all(self) -> list[Run]:
        """All that wait."""
        runs = list(self.waiting.values())
        self.waiting.clear()
        return runs

    def _forget_oldest(self) -> None:
        over = [run.id for run in self.known.values() if run.is_over]
        for run_id in over[: max(0, len(over) - _REMEMBERED)]:
            del self.known[run_id]
