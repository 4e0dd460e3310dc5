"""What was asked for on the command line, as values: what the front door hands to the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from kernelbridge.sshaddress import SshAddress
from tui.config import Config


@dataclass(frozen=True, slots=True)
class DefaultKernel:
    """The kernel that the notebook names, or the nearest to it that is installed."""


@dataclass(frozen=True, slots=True)
class NamedKernel:
    """The kernel of one kernelspec, whatever the notebook says."""

    name: str


@dataclass(frozen=True, slots=True)
class WithoutKernel:
    """None: the notebook is only read and edited."""


@dataclass(frozen=True, slots=True)
class RemoteKernel:
    """One on another machine, reached through ssh: the ipykernel of a Python there."""

    address: SshAddress
    """Its path is that of the Python, or of an environment that has one; empty for `python3`."""


KernelChoice: TypeAlias = DefaultKernel | NamedKernel | RemoteKernel | WithoutKernel


@dataclass(frozen=True, slots=True)
class Options:
    """How to open a notebook."""

    kernel: KernelChoice = field(default_factory=DefaultKernel)
    config: Config = field(default_factory=Config)
    """The user's configuration, with what the command line overrides already in it."""
