"""What a keeper needs of a kernel, wherever it runs: send a request, hear messages, be told of its death."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.wire import Wire, WireMessage


class Channel(Enum):
    """The kernel's sockets, without the heartbeat: death is told by other means."""

    SHELL = "shell"
    IOPUB = "iopub"
    STDIN = "stdin"
    CONTROL = "control"


@dataclass(frozen=True)
class Request:
    """What to send: a message type and its content."""

    kind: str
    content: JsonObject
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    buffers: tuple[bytes, ...] = ()
    subshell: str = ""
    """Which of the kernel's subshells is asked; empty for its shell."""

    def message(self, wire: Wire, parent: JsonObject | None, message_id: str | None) -> WireMessage:
        """The message that says it; with an id of its own where none is given."""
        return wire.message(
            self.kind, self.content, parent, message_id, self.metadata, self.buffers, self.subshell
        )


@dataclass(frozen=True)
class Death:
    """How a kernel ended without being asked to."""

    reason: str
    """One line: the signal's name or the exit status."""
    log: tuple[str, ...] = ()
    """The last lines of its log, not sanitized."""


class KernelListener(Protocol):
    """Who hears what comes from the kernel: on the event loop, never from within a call to the kernel."""

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """A genuine message came."""
        ...

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        """What the kernel said between two times, in seconds since the epoch, may not have come.

        With `dropped` it is known that it did not: a server held back so many messages, 0 where it is not
        known how many.
        """
        ...

    def died(self, death: Death) -> None:
        """The kernel is gone; nothing more will be heard until `restart`."""
        ...


class Kernel(Protocol):
    """A kernel that can be spoken to."""

    @property
    def pid(self) -> int | None:
        """Its process id, where it has one on this machine that is known."""
        ...

    @property
    def connection_file(self) -> str | None:
        """The path of its connection file, where there is one."""
        ...

    async def start(self, listener: KernelListener) -> None:
        """Launches or finds the kernel and connects. Raises KeeperError when there is no way to it.

        It may answer before it is heard on iopub: what it publishes up to its first word there is missed.
        """
        ...

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Sends a request and gives the id by which its answers name it; to a dead kernel nothing is sent."""
        ...

    async def interrupt(self) -> None:
        """Stops what the kernel runs, the way its kernelspec says."""
        ...

    async def restart(self) -> None:
        """Another process for the same kernelspec, dead or alive: raises, and may be missed, as by `start`.

        Until this returns it may be the former process that is heard.
        """
        ...

    async def shutdown(self) -> None:
        """Ends the kernel, by force where it does not go, and leaves neither process nor file behind.

        One that somebody else started is only left.
        """
        ...
