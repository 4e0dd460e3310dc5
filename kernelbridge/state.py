"""What a kernel is doing: one frozen value a state, so that what a state lacks cannot be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class NoKernel:
    """None was asked for, or it was shut down."""


@dataclass(frozen=True, slots=True)
class Starting:
    """Its process is being launched or has not answered yet."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Waiting for something to do."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Working."""

    since: float
    """Seconds, monotonic clock."""


@dataclass(frozen=True, slots=True)
class Restarting:
    """Asked to restart, not answering yet."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Its process ended without being asked to."""

    reason: str
    """One line: the signal's name or the exit status."""
    log: tuple[str, ...] = ()
    """The last lines that it wrote to its log, as it wrote them (not sanitized)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no kernel to start, or none that can be started."""

    name: str
    """The kernelspec's name that was asked for; empty when the notebook names none and none is installed."""
    hint: str
    """How one gets it, or why it cannot be started: one line for a person."""
    is_installed: bool = False
    """Whether there is a kernelspec of that name, so that getting one would not help."""


KernelState: TypeAlias = NoKernel | Starting | Idle | Busy | Restarting | Dead | Missing


@dataclass(frozen=True, slots=True)
class KernelInfo:
    """What a kernel says of itself (`kernel_info_reply`)."""

    implementation: str
    language: str
    language_version: str
    banner: str
    mimetype: str = ""
    file_extension: str = ""
    pygments_lexer: str = ""
    supports_subshells: bool = False
    supports_debugger: bool = False
