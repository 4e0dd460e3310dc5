"""A cluster and its engines, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class ClusterState(Enum):
    """Whether there is something to connect to."""

    RUNNING = "running"
    GONE = "gone"
    """Its controller has ended, and some of its engines may be left."""


class EngineState(Enum):
    """What an engine is doing."""

    IDLE = "idle"
    BUSY = "busy"
    STARTING = "starting"
    """Its process runs, and the controller does not know it yet."""
    LOST = "lost"
    """Its process is gone, or the controller is."""


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """An engine that was started on this machine."""

    pid: int
    output: Path
    """The file of what it prints."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A controller and its engines."""

    profile: str
    id: str
    """Empty for the profile's own, as ipcluster starts it."""
    folder: Path
    """Of the profile."""
    file: Path
    """What ipyparallel knows it by."""
    state: ClusterState
    controller: int = 0
    """Its process on this machine; 0 for none, or one elsewhere."""
    processes: tuple[EngineProcess, ...] = ()
    """None for engines that a batch system or ssh started."""
    size: int = 0
    """How many engines it has, as far as that can be told here."""

    @property
    def name(self) -> str:
        """How people call it."""
        return name_of(self.profile, self.id)

    @property
    def connecting_code(self) -> str:
        """What a cell has to run to use it."""
        said = [f"profile={self.profile!r}"] if self.profile != "default" else []
        said += [f"cluster_id={self.id!r}"] if self.id else []
        return (
            "import ipyparallel as ipp\n\n"
            f"rc = ipp.Client({', '.join(said)})\n"
            "engines = rc[:]\n"
            "engines.block = True  # their output is shown as it comes\n"
            "engines.activate()  # %px and %%px run on all of them\n"
            "rc.ids"
        )


@dataclass(frozen=True, slots=True)
class Engine:
    """One of a cluster's engines."""

    id: int | None
    """None for one that the controller does not know."""
    state: EngineState
    queue: int = 0
    """What waits for it, and what it is doing."""
    completed: int = 0
    memory: int | None = None
    """Bytes; None where that cannot be asked."""
    pid: int | None = None
    """On this machine."""
    output: Path | None = None


def name_of(profile: str, cluster_id: str) -> str:
    """How people call a cluster."""
    return f"{profile}:{cluster_id}" if cluster_id else profile
