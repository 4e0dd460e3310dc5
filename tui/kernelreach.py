"""What reaching a notebook's kernel comes to: the way to its keeper, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.state import Missing, NoKernel, Starting
from tui.options import KernelChoice, WithoutKernel

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from kernelbridge.transports.base import Way


GoOnAt: TypeAlias = "Callable[[str, str], str]"
"""Takes the real path of a notebook and its keeper's id; gives what the keeper is to know the notebook by."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The way to a keeper, and what it is to start where it has no kernel."""

    way: Way
    launch: JsonObject | None
    """None where there is nothing that could be started."""
    description: tuple[str, ...]
    """The kernel and its environment, for a person."""
    host: str = ""
    """The machine that it was asked for on, as the person called it; empty for this one."""
    keeper: str = ""
    """Its id, where it is one of this machine."""
    go_on_at: GoOnAt | None = None
    """To be told where the notebook was saved that it is of; None where the way is the same as before."""


Launched: TypeAlias = "Reached | Missing"
"""The way to a kernel, or why there is none."""
Launch: TypeAlias = "Callable[[KernelChoice, JsonObject, Path], Launched]"
"""Reaches a kernel for a choice, a notebook's metadata and its path. Called on a thread."""


def state_on_opening(choice: KernelChoice) -> Starting | NoKernel:
    """What a kernel is doing before anything is known of it."""
    return NoKernel() if isinstance(choice, WithoutKernel) else Starting()
