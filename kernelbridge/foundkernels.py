"""Kernels that run already, or that somebody else has: what their finders tell of them, as values."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.keeper.launches import Launch


@dataclass(frozen=True, slots=True)
class RunningNow:
    """The kernel of the notebook, as it is when the list is made."""

    name: str
    display_name: str
    state: str
    """A word for a person, such as `idle`."""
    language: str = ""
    environment: str = ""
    launch: Launch | None = None
    """How it was started, where that is known: the same is not listed again."""
    keeper: str = ""
    """The id of its keeper, where that is of this machine."""


@dataclass(frozen=True, slots=True)
class RunningKeeper:
    """A kernel that a keeper holds."""

    id: str
    notebook: str
    """The path of the notebook that it runs for; empty where there is none."""
    name: str
    """What people call the kernel."""
    state: str
    host: str = ""
    """Where it runs; empty for this machine."""


@dataclass(frozen=True, slots=True)
class KernelOnServer:
    """A kernel that can be had on a Jupyter Server, or one that runs there."""

    server: str
    """What the user calls the server."""
    url: str
    name: str
    """Of its kernelspec."""
    display_name: str = ""
    language: str = ""
    kernel_id: str = ""
    """Of the running one; empty for a new one."""
    state: str = ""
    problem: str = ""
    """Why it cannot be had, in one line, as where the server does not answer."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What runs, or can be started, other than on this machine for this notebook."""

    keepers: tuple[RunningKeeper, ...] = ()
    servers: tuple[KernelOnServer, ...] = ()
