"""What was asked of a kernel over a line that may be lost, and has not been answered."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.wire import WireMessage

_HARMLESS = frozenset(
    (
        "kernel_info_request",
        "complete_request",
        "inspect_request",
        "is_complete_request",
        "history_request",
        "comm_info_request",
    )
)
"""What may be asked twice."""
_MOST = 256


@dataclass
class _Run:
    heard: bool = False
    replied: bool = False
    idle: bool = False


class Outstanding:
    """Runs that are not over, and questions that may be asked again."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._questions: dict[str, tuple[Channel, WireMessage]] = {}

    @property
    def runs(self) -> frozenset[str]:
        """The ids of the runs that are not over."""
        return frozenset(self._runs)

    @property
    def unheard(self) -> frozenset[str]:
        """Those of them of which nothing was heard: the kernel may not know them."""
        return frozenset(each for each, run in self._runs.items() if not run.heard)

    @property
    def questions(self) -> tuple[tuple[Channel, WireMessage], ...]:
        """Questions to be asked again, in their order."""
        return tuple(self._questions.values())

    def sent(self, channel: Channel, message: WireMessage) -> None:
        """Takes what was sent, or is going to be."""
        if message.kind == "execute_request":
            self._runs[message.id] = _Run()
        elif message.kind in _HARMLESS:
            self._questions[message.id] = (channel, message)
            if len(self._questions) > _MOST:
                del self._questions[next(iter(self._questions))]

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Takes what the kernel said."""
        asked = message.parent_id
        is_reply = channel in (Channel.SHELL, Channel.CONTROL)
        if is_reply:
            self._questions.pop(asked, None)
        run = self._runs.get(asked)
        if run is None:
            return
        run.heard = True
        if is_reply:
            run.replied = True
        elif message.kind == "status" and message.content.get("execution_state") == "idle":
            run.idle = True
        if run.replied and run.idle:
            del self._runs[asked]
