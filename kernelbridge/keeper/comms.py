"""What frontends say to widgets in the kernel, by comm messages: in order, and each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

from kernelbridge.keeper.kernels import Channel, Kernel, Request

COMM_KINDS = frozenset(("comm_open", "comm_msg", "comm_close"))
_REMEMBERED = 1000
"""Messages that are done, for which output may still come, as threads print it."""


@dataclass
class Comm:
    """A comm message of a frontend."""

    id: str
    """The frontend's; the id of the request, too."""
    run: str
    """The run in whose output the widget is, which gets what comes of it; empty where there is none."""
    request: Request
    handled: Callable[[], None]
    """Tells the frontend that the kernel is done with it, or gone."""
    is_handled: bool = field(default=False)


class Comms:
    """The comm messages that the kernel was given."""

    def __init__(self) -> None:
        self._known: dict[str, Comm] = {}

    def send(self, kernel: Kernel | None, comm: Comm) -> None:
        """Gives it to a kernel, behind all that this was given; one that is known is only answered anew."""
        known = self._known.get(comm.id)
        if known is not None:
            known.handled = comm.handled
        else:
            known = self._known[comm.id] = comm
            self._forget_oldest()
            if kernel is None:
                comm.is_handled = True
            else:
                kernel.send(Channel.SHELL, comm.request, message_id=comm.id)
        if known.is_handled:
            known.handled()

    def run_of(self, message_id: str) -> str | None:
        """The run that gets what comes of a comm message; None where that id is of none."""
        comm = self._known.get(message_id)
        return None if comm is None else comm.run

    def ended(self, message_id: str) -> None:
        """The kernel is idle again after a request."""
        comm = self._known.get(message_id)
        if comm is not None and not comm.is_handled:
            comm.is_handled = True
            comm.handled()

    def close(self) -> None:
        """The kernel is gone: nothing more comes of what it was given."""
        for message_id in list(self._known):
            self.ended(message_id)

    def _forget_oldest(self) -> None:
        if len(self._known) > 2 * _REMEMBERED:
            handled = [each.id for each in self._known.values() if each.is_handled]
            for message_id in handled[: max(0, len(handled) - _REMEMBERED)]:
                del self._known[message_id]
