"""A cluster and its engines at one moment, also as the objects that `tnb cluster` has for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.clusters.cluster import Cluster, ClusterState, Engine, EngineState

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonValue


@dataclass(frozen=True, slots=True)
class Look:
    """A cluster as it was."""

    cluster: Cluster
    engines: tuple[Engine, ...] = ()
    problem: str = ""
    """Why its engines are not known; empty where they are."""


def cluster_as_json(look: Look) -> dict[str, JsonValue]:
    """The object for a cluster."""
    cluster = look.cluster
    return {
        "name": cluster.name,
        "profile": cluster.profile,
        "cluster_id": cluster.id,
        "state": cluster.state.value,
        "size": cluster.size,
        "problem": look.problem or None,
        "file": str(cluster.file),
        "engines": [engine_as_json(cluster, each) for each in look.engines],
    }


def engine_as_json(cluster: Cluster, engine: Engine) -> dict[str, JsonValue]:
    """The object for an engine."""
    return {
        "cluster": cluster.name,
        "id": engine.id,
        "state": engine.state.value,
        "queue": engine.queue,
        "completed": engine.completed,
        "memory": engine.memory,
        "pid": engine.pid,
        "output": None if engine.output is None else str(engine.output),
    }


def looks_of(line: bytes) -> tuple[Look, ...]:
    """What a line of `tnb cluster list --json --follow` tells."""
    return tuple(_look(each) for each in json.loads(line))


def _look(told: dict[str, Any]) -> Look:
    file = Path(told["file"])
    cluster = Cluster(
        told["profile"],
        told["cluster_id"],
        file.parent.parent,
        file,
        ClusterState(told["state"]),
        size=told["size"],
    )
    return Look(cluster, tuple(map(_engine, told["engines"])), told["problem"] or "")


def _engine(told: dict[str, Any]) -> Engine:
    return Engine(
        told["id"],
        EngineState(told["state"]),
        told["queue"],
        told["completed"],
        told["memory"],
        told["pid"],
        None if told["output"] is None else Path(told["output"]),
    )
