"""What a Jupyter Server drops because a kernel says more than it lets through, and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.server.continuity import number_of
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

    def __init__(self, session: str) -> None:
        """The server speaks in the name of our `session`."""
        self._session = session
        self._last: tuple[str | None, int] = (None, 0)
        """The number of the last message that could have been dropped and was not."""
        self._since: float | None = None
        self._passed: set[int] = set()
        """The numbers of what came while others were dropped."""

    def heard(self, channel: Channel, message: WireMessage, at: float) -> Dropped | None:
        """Takes a message; what was dropped just before it."""
        if channel is Channel.IOPUB and is_notice(message, self._session):
            self._since = at if self._since is None else self._since
            return None
        process, number = number_of(message)
        is_droppable = channel is Channel.IOPUB and message.kind not in _NEVER_DROPPED
        dropped = None
        if self._since is not None:
            if is_droppable or (channel is Channel.IOPUB and _ends_a_run(message)):
                dropped = Dropped(self._since, at, self._count(process, number))
                self._since = None
                self._passed.clear()
            else:
                self._passed.add(number)
        if is_droppable and message.header.get("session") != self._session:
            self._last = (process, number)
        return dropped

    def _count(self, process: str | None, number: int) -> int:
        """How many are missing between the last one and one of that number.

        A kernel's threads may overtake each other, so the highest number so far says nothing.
        """
        last_process, last = self._last
        if process is None or process != last_process:
            return 0
        return max(0, number - last - 1 - sum(last < each < number for each in self._passed))


def is_notice(message: WireMessage, session: str) -> bool:
    """Whether the server says that it drops from now on; that a kernel prints the same does not count."""
    text = message.content.get("text")
    return (
        message.kind == "stream"
        and message.header.get("session") == session
        and isinstance(text, str)
        and _NOTICE.match(text) is not None
    )


def _ends_a_run(message: WireMessage) -> bool:
    """Whether the server begins to count anew, and the run that was too fast is over."""
    return (
        message.kind == "status"
        and message.parent_kind == "execute_request"
        and message.content.get("execution_state") == "idle"
    )
