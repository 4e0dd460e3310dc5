"""What a home looks like from this machine: who of keeper and kernel lives."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from kernelbridge.keeper.home.locking import LOCK, is_locked
from kernelbridge.keeper.home.machine import boot, host, is_running
from kernelbridge.keeper.home.meta import Meta


class Condition(Enum):
    """Of a home."""

    LIVE = "live"
    """Its keeper runs, or is being started."""
    LOST = "lost"
    """Its keeper is gone; its kernel is not."""
    ENDED = "ended"
    """Both are gone."""
    ELSEWHERE = "elsewhere"
    """It belongs to another machine, which alone knows."""


def condition_of(home: Path, meta: Meta) -> Condition:
    """The condition of the home. Raises nothing."""
    if meta.host != host():
        return Condition.ELSEWHERE
    if is_locked(home / LOCK):
        # Another boot's keeper that lives is on another machine that has the same name.
        return Condition.LIVE if is_of_this_boot(meta) else Condition.ELSEWHERE
    return Condition.LOST if kernel_lives(meta) else Condition.ENDED


def kernel_lives(meta: Meta) -> bool:
    """Whether the home's kernel is a process of this machine that runs."""
    return meta.host == host() and is_of_this_boot(meta) and is_running(meta.kernel_pid, meta.kernel_started)


def is_of_this_boot(meta: Meta) -> bool:
    """Whether the process ids that were written down can still be those of the same processes."""
    return meta.boot == boot() or not (meta.boot and boot())
