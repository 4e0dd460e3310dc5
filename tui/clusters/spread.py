"""Notebooks that are spread over the engines of a cluster, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How far a notebook is."""

    WAITING = "waiting"
    RUNNING = "running"
    RAN = "ran"
    FAILED = "failed"
    """It ended with another exit status than 0."""
    LOST = "lost"
    """Every engine that had it was lost, or none is left."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self not in (Standing.WAITING, Standing.RUNNING)


@dataclass(frozen=True, slots=True)
class Spread:
    """One of the notebooks."""

    path: str
    standing: Standing = Standing.WAITING
    engine: int | None = None
    """The one that has it, or had it last."""
    engine_pid: int | None = None
    cell: int = 0
    """The one that runs, from 1."""
    cells: int = 0
    """How many there are; 0 while that is not known."""
    done: int = 0
    seconds: float = 0.0
    status: int | None = None
    """The exit status."""
    complaint: str = ""
    """What it said last, where it did not run."""
    lost_on: tuple[int | None, ...] = ()
    """The engines that were lost while they had it."""
