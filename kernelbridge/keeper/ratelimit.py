"""What a Jupyter Server drops because a kernel says more than it lets through, and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kernelbridge.keeper.continuity import Continuity
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.wire import WireMessage

_NOTICE = re.compile(r"IOPub (?:message|data) rate exceeded")
_NEVER_DROPPED = frozenset(("status", "comm_open", "execute_input"))


@dataclass(frozen=True)
class Dropped:
    """What was dropped, in seconds since the epoch."""

    since: float
    until: float
    messages: int
    """0 where the kernel does not number them."""


class RateLimit:
    """Hears all messages of one connection, and tells when the server lets them through again."""

    def __init__(self, session: str, continuity: Continuity) -> None:
        """The server speaks in the name of our `session`; `continuity` counts the kernel's messages."""
        self._session = session
        self._continuity = continuity
        self._since: float | None = None
        self._missing = 0

    def heard(self, channel: Channel, message: WireMessage, at: float) -> Dropped | None:
        """Takes a message that is counted already; what was dropped just before it."""
        if channel is not Channel.IOPUB:
            return None
        if is_notice(message, self._session):
            if self._since is None:
                self._since, self._missing = at, self._continuity.missing
            return None
        if self._since is None or not _shows_that_all_comes(message):
            return None
        dropped = Dropped(self._since, at, max(0, self._continuity.missing - self._missing))
        self._since = None
        return dropped


def is_notice(message: WireMessage, session: str) -> bool:
    """Whether the server says that it drops from now on; that a kernel prints the same does not count."""
    text = message.content.get("text")
    return (
        message.kind == "stream"
        and message.header.get("session") == session
        and isinstance(text, str)
        and _NOTICE.match(text) is not None
    )


def _shows_that_all_comes(message: WireMessage) -> bool:
    if message.kind == "status":
        return message.content.get("execution_state") == "idle"
    return message.kind not in _NEVER_DROPPED
