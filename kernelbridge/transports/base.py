"""What a session needs of the way to a keeper: connections that carry frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.frames import Frame


class Listener(Protocol):
    """Who hears what comes over a connection: on the event loop, never from within a call."""

    def received(self, frame: Frame) -> None:
        """A frame came."""
        ...

    def lost(self, reason: str) -> None:
        """The connection is gone, why in one line; nothing more comes."""
        ...


class Connection(Protocol):
    """A connection to a keeper."""

    def send(self, frame: Frame) -> None:
        """Sends a frame; over a connection that is gone nothing is sent."""
        ...

    async def close(self) -> None:
        """Ends it, once what was sent is on its way; the listener hears no more."""
        ...


class Way(Protocol):
    """A way to one keeper."""

    async def connect(self, listener: Listener) -> Connection:
        """Connects, and starts the keeper where there is none.

        Raises WayError: NoWayError where trying again is of no use, LoginNeededError where it needs a person.
        """
        ...

    async def log_in(self) -> None:
        """Has a person log in, on the terminal that is given to that meanwhile. Raises WayError."""
        ...


class WayError(KeeperError):
    """A keeper cannot be reached now."""


class NoWayError(WayError):
    """A keeper cannot be reached, and trying again is of no use."""


class LoginNeededError(WayError):
    """A keeper cannot be reached before a person has logged in anew."""


@dataclass(frozen=True, slots=True)
class Connecting:
    """Not connected yet."""


@dataclass(frozen=True, slots=True)
class Connected:
    """All is well."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The connection was lost; it is tried again."""

    reason: str
    attempt: int
    until: float
    """When it is tried next: seconds, monotonic clock."""


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """It is not tried again before a person has logged in."""

    reason: str


@dataclass(frozen=True, slots=True)
class Severed:
    """It is not tried again."""

    reason: str
    """One line; empty where nothing is wrong, as after the keeper has ended in order."""


LineState: TypeAlias = Connecting | Connected | Interrupted | LoggedOut | Severed
