"""What a kernel is asked besides running code, and who waits for the answers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Callable

from kernelbridge.keeper.kernels import Channel, Kernel, Request
from kernelbridge.keeper.wire import WireMessage

_ASKED_UNBIDDEN = frozenset(
    {
        "kernel_info_request",
        "complete_request",
        "inspect_request",
        "is_complete_request",
        "history_request",
        "comm_info_request",
        "interrupt_request",
        "shutdown_request",
        "create_subshell_request",
        "delete_subshell_request",
        "list_subshell_request",
        "debug_request",
    }
)
"""What frontends ask by themselves, those of others among them."""


@dataclass(frozen=True)
class Answer:
    """What the kernel said to a question; `message` is None where there was no kernel to say anything."""

    message: WireMessage | None


class Questions:
    """Those that are open; each is answered once, with what the kernel says or without."""

    def __init__(self) -> None:
        self._open: dict[str, Callable[[Answer], None]] = {}
        self._asked: set[str] = set()
        """Those that the kernel has not said it is done with."""

    def ask(
        self, kernel: Kernel | None, channel: Channel, request: Request, answered: Callable[[Answer], None]
    ) -> str:
        """Asks a kernel, or nobody; gives the request's id."""
        message_id = secrets.token_hex(16)
        if kernel is None:
            answered(Answer(None))
        else:
            self._open[message_id] = answered
            self._asked.add(message_id)
            kernel.send(channel, request, message_id=message_id)
        return message_id

    def is_of_one(self, status: WireMessage) -> bool:
        """Whether a status is of a question: that a kernel is busy answering it is not worth telling."""
        is_known = status.parent_id in self._asked
        if status.content.get("execution_state") == "idle":
            self._asked.discard(status.parent_id)
        return is_known or status.parent_kind in _ASKED_UNBIDDEN

    def is_told_of(self, message: WireMessage) -> bool:
        """Whether a kernel announces a question as if it were somebody's run, as IRkernel does."""
        return message.kind == "execute_input" and message.parent_id in self._asked

    def take(self, message: WireMessage) -> bool:
        """Hands an answer over; whether it is one."""
        answered = self._open.pop(message.parent_id, None)
        if answered is not None:
            answered(Answer(message))
        return answered is not None

    def close(self) -> None:
        """The kernel is gone: nothing will be answered."""
        questions, self._open = self._open, {}
        self._asked.clear()
        for answered in questions.values():
            answered(Answer(None))
