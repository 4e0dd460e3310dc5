"""What a kernel is doing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kernelbridge.keeper.jsontypes import JsonObject


class State(Enum):
    """In one word, as frames have it."""

    NONE = "none"
    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    RESTARTING = "restarting"
    DEAD = "dead"


ACTIVE = frozenset((State.IDLE, State.BUSY))
"""It takes code."""
ALIVE = frozenset((State.IDLE, State.BUSY, State.STARTING, State.RESTARTING))
"""It takes code, or will."""


@dataclass(frozen=True)
class KernelState:
    """What it is doing, and since when."""

    state: State
    reason: str = ""
    """Of a dead one: one line."""
    log: tuple[str, ...] = ()
    """Of a dead one: the last lines that it wrote, not sanitized."""
    since: float = 0.0
    """Seconds since the epoch."""

    def to_json(self) -> JsonObject:
        """As frames have it."""
        return {"name": self.state.value, "reason": self.reason, "log": list(self.log), "since": self.since}
