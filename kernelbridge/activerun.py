"""The one run that the kernel works on, from the request until its reply and its idle status have come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kernelbridge.events import InputRequested, RunFinished
from kernelbridge.messages import ExecuteReply
from kernelbridge.outputs import JsonObject, JsonValue
from kernelbridge.runstatus import RunId, RunStatus


@dataclass(slots=True)
class ActiveRun:
    """What is known of it so far."""

    run: RunId
    message_id: str
    sent: float = field(default_factory=time.monotonic)
    """Seconds, monotonic clock."""
    started: bool = False
    started_at: float | None = None
    """Seconds since the epoch, on the kernel's clock."""
    ended_at: float | None = None
    execution_count: int | None = None
    reply: ExecuteReply | None = None
    idle: bool = False
    question: InputRequested | None = None
    question_header: JsonObject = field(default_factory=dict[str, JsonValue])

    def finished(self, status: RunStatus) -> RunFinished:
        """How it ended, as an event."""
        count = self.execution_count
        if self.reply is not None and self.reply.execution_count is not None:
            count = self.reply.execution_count
        return RunFinished(self.run, status, count, self._seconds() if self.started else None)

    def _seconds(self) -> float:
        if self.started_at is not None and self.ended_at is not None and self.ended_at >= self.started_at:
            return self.ended_at - self.started_at
        return time.monotonic() - self.sent
