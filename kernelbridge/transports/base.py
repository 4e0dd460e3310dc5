"""What a session needs of the way to its kernel: send a request, hear messages, be told of its death."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kernelbridge.messages import Request
from kernelbridge.outputs import JsonObject
from kernelbridge.wire import WireMessage


class Channel(Enum):
    """The kernel's sockets, without the heartbeat: death is told by other means."""

    SHELL = "shell"
    IOPUB = "iopub"
    STDIN = "stdin"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Death:
    """How a kernel's process ended without being asked to."""

    reason: str
    """One line: the signal's name or the exit status."""
    log: tuple[str, ...] = ()
    """The last lines of its log, not sanitized."""


class Listener(Protocol):
    """Who hears what comes from the kernel: on the event loop, never from within a call to the transport."""

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """A genuine message came."""
        ...

    def died(self, death: Death) -> None:
        """The kernel is gone; nothing more will be heard until `restart`."""
        ...


class Transport(Protocol):
    """A way to one kernel."""

    async def start(self, listener: Listener) -> None:
        """Launches or finds the kernel and connects. Raises KernelBridgeError when there is no way to it."""
        ...

    def send(self, channel: Channel, request: Request, parent: JsonObject | None = None) -> str:
        """Sends a request and gives the id by which its answers name it; to a dead kernel nothing is sent."""
        ...

    async def interrupt(self) -> None:
        """Stops what the kernel runs, the way its kernelspec says."""
        ...

    async def restart(self) -> None:
        """Another process for the same kernelspec, dead or alive. Raises as `start` does."""
        ...

    async def shutdown(self) -> None:
        """Ends the kernel, by force where it does not go, and leaves neither process nor file behind."""
        ...
