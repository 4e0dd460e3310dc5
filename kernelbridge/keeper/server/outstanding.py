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
    turn: int
    """How manieth it was of all that was asked on shell, where a kernel keeps the order."""
    heard: bool = False
    replied: bool = False
    idle: bool = False


class Outstanding:
    """Runs that are not over, and questions that may be asked again."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._questions: dict[str, tuple[Channel, WireMessage]] = {}
        self._turns: dict[str, int] = {}
        self._turn = 0

    @property
    def runs(self) -> frozenset[str]:
        """The ids of the runs that are not over."""
        return frozenset(self._runs)

    @property
    def unheard(self) -> frozenset[str]:
        """Those of them of which nothing was heard: the kernel may not know them."""
        return frozenset(each for each, run in self._runs.items() if not run.heard)

    @property
    def replied(self) -> frozenset[str]:
        """Those of them that were answered."""
        return frozenset(each for each, run in self._runs.items() if run.replied)

    @property
    def ended(self) -> frozenset[str]:
        """Those of them after which the kernel was idle."""
        return frozenset(each for each, run in self._runs.items() if run.idle)

    @property
    def questions(self) -> tuple[tuple[Channel, WireMessage], ...]:
        """Questions to be asked again, in their order."""
        return tuple(self._questions.values())

    def sent(self, channel: Channel, message: WireMessage) -> None:
        """Takes what was sent, or is going to be."""
        if channel is Channel.SHELL:
            self._turn += 1
            self._turns[message.id] = self._turn
            if len(self._turns) > _MOST:
                del self._turns[next(iter(self._turns))]
        if message.kind == "execute_request":
            self._runs[message.id] = _Run(self._turn)
        elif message.kind in _HARMLESS:
            self._questions[message.id] = (channel, message)
            if len(self._questions) > _MOST:
                del self._questions[next(iter(self._questions))]

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Takes what the kernel said."""
        asked = message.parent_id
        is_idle = message.kind == "status" and message.content.get("execution_state") == "idle"
        if channel in (Channel.SHELL, Channel.CONTROL):
            self._questions.pop(asked, None)
        run = self._runs.get(asked)
        if run is not None:
            run.heard = True
        turn = self._turns.get(asked)
        if turn is None or not (channel is Channel.SHELL or is_idle):
            return
        # What was asked before has been dealt with, too, though its end may have been lost.
        for run_id, each in list(self._runs.items()):
            if each.turn <= turn:
                each.replied |= channel is Channel.SHELL
                each.idle |= is_idle
                if each.replied and each.idle:
                    del self._runs[run_id]
