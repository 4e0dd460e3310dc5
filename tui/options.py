"""What was asked for on the command line, as values: what the front door hands to the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.sshaddress import SshAddress
from tui.config import Config

if TYPE_CHECKING:
    from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch


@dataclass(frozen=True, slots=True)
class DefaultKernel:
    """The kernel that the notebook names, or the nearest to it that is installed."""


@dataclass(frozen=True, slots=True)
class NamedKernel:
    """The kernel of one kernelspec, whatever the notebook says."""

    name: str


@dataclass(frozen=True, slots=True)
class PickedKernel:
    """One that was picked from what there is."""

    launch: LocalLaunch | ServerLaunch


@dataclass(frozen=True, slots=True)
class PythonKernel:
    """The ipykernel of one Python, whatever the notebook says."""

    path: Path
    """As it was written, from the folder that it was written in: a link is not followed."""


@dataclass(frozen=True, slots=True)
class WithoutKernel:
    """None: the notebook is only read and edited."""


@dataclass(frozen=True, slots=True)
class ExistingKernel:
    """One that runs already, which is joined and never ended."""

    said: str = ""
    """A connection file, or the id of a keeper; empty for the newest of Jupyter's kernels that answers."""


@dataclass(frozen=True, slots=True)
class KeeperKernel:
    """The kernel of one keeper on this machine."""

    home: Path
    """The keeper's."""
    is_guest: bool = False
    """Whether it is another notebook's: its kernel is not ended, nor its notebook edited, from here."""


@dataclass(frozen=True, slots=True)
class RemoteKernel:
    """One on another machine, reached through ssh: the ipykernel of a Python there."""

    address: SshAddress
    """Its path is that of the Python, or of an environment that has one; empty for `python3`."""


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """One on a Jupyter Server, a Kernel Gateway or a Hub."""

    url: str
    name: str = ""
    """Of its kernelspec there; empty for the one that the notebook names, or the server's default."""
    kernel_id: str = ""
    """Of one that runs there; empty for a new one."""
    token: str = field(default="", repr=False)
    allow_plain: bool = False
    """Whether the token may go unencrypted to another machine: only where the user configured it."""


KernelChoice: TypeAlias = (
    DefaultKernel
    | NamedKernel
    | PythonKernel
    | PickedKernel
    | WithoutKernel
    | ExistingKernel
    | KeeperKernel
    | RemoteKernel
    | ServerChoice
)


@dataclass(frozen=True, slots=True)
class Options:
    """How to open a notebook."""

    kernel: KernelChoice = field(default_factory=DefaultKernel)
    config: Config = field(default_factory=Config)
    """The user's configuration, with what the command line overrides already in it."""
