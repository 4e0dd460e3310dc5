"""Whether messages are missing, by the numbers that kernels built on jupyter_client put into their ids.

Such an id is `SESSION_PID_NUMBER`, and the number counts whatever the kernel says, to whomever. So a missing
number may be an answer to somebody else; but where none is missing nothing is, and that is proof.
"""

from __future__ import annotations

import re
from typing import Iterable

from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.wire import WireMessage

_NUMBERED = re.compile(r"(.+_\d+)_(\d{1,15})")
_MOST = 64
"""Processes that are told apart: a kernel's children number their messages, too."""


class Continuity:
    """Remembers how far each process of a kernel has counted on iopub, and what came ahead of that."""

    def __init__(self) -> None:
        self._highest: dict[str, int] = {}
        """On iopub, where the order holds."""
        self._ahead: dict[str, set[int]] = {}
        """Above the highest, on other channels: an answer may overtake what was printed before it."""
        self._main: str | None = None

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Takes one of the kernel's."""
        process, number = number_of(message)
        if process is None:
            return
        if _is_of_main(message):
            self._main = process
        highest = self._highest.get(process, -1)
        if channel is Channel.IOPUB:
            if highest < 0 and len(self._highest) >= _MOST:
                self._ahead.pop(next(iter(self._highest)), None)
                del self._highest[next(iter(self._highest))]
            self._highest[process] = max(number, highest)
            self._ahead[process] = {each for each in self._ahead.get(process, ()) if each > number}
        elif 0 <= highest < number:
            self._ahead.setdefault(process, set()).add(number)

    def is_continued_by(self, messages: Iterable[WireMessage], slack: int) -> bool:
        """Whether nothing is missing before or among messages that came next, in whatever order.

        The last `slack` numbers do not count: those that are missing there may still come.
        """
        numbers: dict[str, set[int]] = {}
        for message in messages:
            process, number = number_of(message)
            if process is not None and process in self._highest:
                numbers.setdefault(process, set()).add(number)
        if self._main is None or self._main not in numbers:
            return False
        return all(self._is_gapless(process, seen, slack) for process, seen in numbers.items())

    def _is_gapless(self, process: str, came: set[int], slack: int) -> bool:
        seen = came | self._ahead.get(process, set())
        return all(each in seen for each in range(self._highest[process] + 1, max(seen) - slack + 1))

    def is_other_process(self, message: WireMessage) -> bool:
        """Whether the kernel itself speaks from another process than before: it was started anew."""
        process, _ = number_of(message)
        return process is not None and self._main not in (None, process) and _is_of_main(message)


def number_of(message: WireMessage) -> tuple[str | None, int]:
    """Which process of a kernel says it, None where it is not numbered, and the message's number."""
    found = _NUMBERED.fullmatch(message.id)
    return (None, 0) if found is None else (found[1], int(found[2]))


def _is_of_main(message: WireMessage) -> bool:
    """Whether it is of a kind that a kernel's children do not send."""
    return message.kind == "status" or message.kind.endswith("_reply")
