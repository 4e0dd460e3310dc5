"""What the engines of a cluster are doing, as its controller and this machine tell."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tui.clusters.cluster import Cluster, ClusterState, Engine, EngineProcess, EngineState
from tui.clusters.errors import ClusterError
from tui.clusters.library import ipyparallel
from tui.clusters.reading import is_alive

_PATIENCE: Final = 10
"""Seconds that a controller has to answer."""
_REGISTERED: Final = re.compile(rb"Completed registration with id (\d+)")
_HEAD: Final = 16_384
"""Bytes of an engine's output in which it says its id."""


def connected(cluster: Cluster) -> Any:
    """A client of it, to be closed. Raises ClusterError."""
    library = ipyparallel()
    try:
        return library.Client(profile_dir=str(cluster.folder), cluster_id=cluster.id, timeout=_PATIENCE)
    except (OSError, TimeoutError, library.error.IPythonError) as error:
        raise ClusterError(f"{cluster.name}: its controller does not answer: {error}") from error


def engines(cluster: Cluster) -> tuple[Engine, ...]:
    """Its engines, by number, and those last that have none. Raises ClusterError."""
    if cluster.state is ClusterState.GONE:
        return tuple(_unknown(each, EngineState.LOST) for each in cluster.processes)
    with contextlib.closing(connected(cluster)) as client:
        return engines_of(cluster, client)


def engines_of(cluster: Cluster, client: Any) -> tuple[Engine, ...]:
    """The same by a client that there is already."""
    queues: Mapping[Any, Any] = client.queue_status()
    processes = {_id_of(each.output): each for each in cluster.processes}
    known = [each for each in client.ids if each in queues]  # the queues of those that are gone stay
    told = [_known(each, queues[each], processes.get(each)) for each in known]
    rest = [each for key, each in processes.items() if key not in known]
    return (*told, *(_unknown(each, EngineState.STARTING) for each in rest))


def last_output(engine: Engine, most: int) -> str:
    """The end of what it printed, in about `most` bytes; empty where that is not on this machine."""
    if engine.output is None:
        return ""
    try:
        with engine.output.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - most))
            return file.read(most).decode("utf-8", "replace")
    except OSError:
        return ""


def _known(number: int, queue: Mapping[str, int], process: EngineProcess | None) -> Engine:
    waiting = queue["queue"] + queue["tasks"]
    return Engine(
        number,
        EngineState.BUSY if waiting else EngineState.IDLE,
        waiting,
        queue["completed"],
        None if process is None else _memory(process.pid),
        None if process is None else process.pid,
        None if process is None else process.output,
    )


def _unknown(process: EngineProcess, state: EngineState) -> Engine:
    if not is_alive(process.pid):
        return Engine(None, EngineState.LOST, output=process.output)
    return Engine(None, state, 0, 0, _memory(process.pid), process.pid, process.output)


def _id_of(output: Path) -> int | Path:
    """The number that an engine said it has; its file where it has not yet."""
    try:
        with output.open("rb") as file:
            found = _REGISTERED.search(file.read(_HEAD))
    except OSError:
        return output
    return int(found[1]) if found else output


def _memory(pid: int) -> int | None:
    import psutil

    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return None
