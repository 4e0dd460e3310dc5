"""What comes first over a line that was lost and is back: held until it is known whether it is all there is.

A Jupyter Server keeps what a kernel says while nobody is connected, and gives it to who comes back with the
same session id (`start_buffering`). It does not say whether it did: nothing is kept while another frontend is
connected, what is kept goes when one comes in between, and what was on its way when the line broke is lost
before the server knows. So it is the kernel's own numbers that tell, and where it has none, nothing does.
"""

from __future__ import annotations

from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.server.continuity import Continuity
from kernelbridge.keeper.server.outstanding import Outstanding
from kernelbridge.keeper.server.ratelimit import is_notice
from kernelbridge.keeper.server.serverframes import Heard

_SPENT_BY_MARKER = 3
"""Messages by which a kernel answers the marker: busy, the reply, idle."""


class CatchingUp:
    """What was known when the line broke, and what came since it is back."""

    def __init__(self, session: str, continuity: Continuity, outstanding: Outstanding, since: float) -> None:
        """`since` is when the kernel was heard last."""
        self._session = session
        self._continuity = continuity
        self._runs = set(outstanding.runs)
        self._unheard = set(outstanding.unheard)
        self._replied, self._ended = set(outstanding.replied), set(outstanding.ended)
        self.since = since
        self.marker = ""
        """The id of a question asked once the line was back: what was kept comes before its answer."""
        self._marker_replied = self._marker_idle = False
        self.held: list[Heard] = []

    @property
    def is_over(self) -> bool:
        """Whether the marker was answered in full."""
        return self._marker_replied and self._marker_idle

    def hold(self, heard: Heard) -> None:
        """Takes a message."""
        channel, message = heard
        self.held.append(heard)
        if self.marker and message.parent_id == self.marker:
            self._marker_replied |= channel is Channel.CONTROL
            self._marker_idle |= _is_idle(heard)

    def is_complete(self) -> bool:
        """Whether it is shown that nothing is missing of the runs that went on when the line broke."""
        if not self._runs:
            return True
        replied, ended = set(self._replied), set(self._ended)
        unheard = set(self._unheard)
        judged: list[Heard] = []
        for heard in self.held:
            channel, message = heard
            if is_notice(message, self._session):
                break  # what is missing from here on is told by that
            if message.header.get("session") == self._session:
                continue
            judged.append(heard)
            unheard.discard(message.parent_id)
            if channel is Channel.SHELL:
                replied.add(message.parent_id)
            elif _is_idle(heard):
                ended.add(message.parent_id)
            if self._runs <= replied & ended:
                break
        are_over = self._runs <= replied & ended
        slack = _SPENT_BY_MARKER if self.is_over and not are_over else 0
        return not unheard and self._continuity.is_continued_by((each for _, each in judged), slack)


def _is_idle(heard: Heard) -> bool:
    channel, message = heard
    return (
        channel is Channel.IOPUB
        and message.kind == "status"
        and message.content.get("execution_state") == "idle"
    )
