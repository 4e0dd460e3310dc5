"""What was asked for on the command line, as values: what the front door hands to the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from kernelbridge.keeper.jsontypes import JsonObject
from tui.config import Config


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

    launch: JsonObject
    """As the keeper is told (docs/keeper.md, `launch`)."""


@dataclass(frozen=True, slots=True)
class WithoutKernel:
    """None: the notebook is only read and edited."""


KernelChoice: TypeAlias = DefaultKernel | NamedKernel | PickedKernel | WithoutKernel


@dataclass(frozen=True, slots=True)
class Options:
    """How to open a notebook."""

    kernel: KernelChoice = field(default_factory=DefaultKernel)
    config: Config = field(default_factory=Config)
    """The user's configuration, with what the command line overrides already in it."""
