"""Starting, ending and resizing clusters; each of it waits until it is done."""

from __future__ import annotations

import contextlib
import os
import time
from typing import Any, Final

from tui.clusters.cluster import Cluster, ClusterState, name_of
from tui.clusters.engines import connected
from tui.clusters.errors import ClusterError
from tui.clusters.library import ipyparallel, quiet_log
from tui.clusters.reading import clusters, find, is_alive

DEFAULT_PROFILE: Final = "default"
_ENGINE_PATIENCE: Final = 60
"""Seconds that engines have to come up."""


def start(profile: str, cluster_id: str, size: int) -> Cluster:
    """Start a controller and so many engines, and leave them running. Raises ClusterError."""
    library = ipyparallel()
    name = name_of(profile, cluster_id)
    if any(each.name == name for each in clusters()):
        raise ClusterError(f"a cluster {name} is running already: tnb cluster stop {name} ends it")
    if os.sep in profile or os.sep in cluster_id or ":" in name.removeprefix(f"{profile}:"):
        raise ClusterError(f"{name}: names of clusters are plain words")
    fresh = library.Cluster(
        profile=profile, cluster_id=cluster_id, shutdown_atexit=False, log=quiet_log(), delay=0.0
    )
    try:
        fresh.start_cluster_sync(size)
        _wait_for(fresh, size)
    except (OSError, RuntimeError, library.error.IPythonError) as error:
        fresh.stop_cluster_sync()
        raise ClusterError(f"{name}: it did not start: {error}") from error
    except KeyboardInterrupt:
        fresh.stop_cluster_sync()
        raise
    return find(name)


def stop(cluster: Cluster) -> None:
    """End its engines, whatever they do, and its controller. Raises ClusterError."""
    _reached(cluster).stop_cluster_sync()
    cluster.file.unlink(missing_ok=True)


def restart(cluster: Cluster) -> Cluster:
    """End all engines, whatever they do, and start as many afresh. Raises ClusterError."""
    size = cluster.size
    if cluster.state is ClusterState.GONE:
        stop(cluster)
        return start(cluster.profile, cluster.id, size)
    reached = _reached(cluster)
    reached.stop_engines_sync()
    reached.start_engines_sync(size)
    _wait_for(reached, size)
    return find(cluster.name)


def resize(cluster: Cluster, size: int) -> Cluster:
    """Give it so many engines: new ones, or without those that have the least to do. Raises ClusterError."""
    with contextlib.closing(connected(cluster)) as client:
        there = list(client.ids)
        if len(there) > size:
            queues = client.queue_status()
            there.sort(key=lambda each: (queues[each]["queue"] + queues[each]["tasks"], -each))
            client.shutdown(targets=there[: len(there) - size], block=True)
            _until_fewer(cluster, size)
    reached = _reached(cluster)
    _forget_gone(reached)
    if len(there) < size:
        reached.start_engines_sync(size - len(there))
        _wait_for(reached, size)
    return find(cluster.name)


def _reached(cluster: Cluster) -> Any:
    """What ipyparallel has for it. Raises ClusterError."""
    library = ipyparallel()
    try:
        return library.Cluster.from_file(str(cluster.file), log=quiet_log())
    except (OSError, ValueError, KeyError) as error:
        raise ClusterError(f"{cluster.name}: it cannot be reached: {error}") from error


def _forget_gone(reached: Any) -> None:
    """Have it know no more of engines whose processes have ended, as far as those ran here."""
    for engine_set in reached.engines.values():
        launchers = getattr(engine_set, "launchers", {})
        for key in [key for key, each in launchers.items() if not is_alive(each.pid)]:
            del launchers[key]
    reached.update_cluster_file()


def _wait_for(reached: Any, size: int) -> None:
    """Wait until so many engines have registered. Raises ClusterError."""
    library = ipyparallel()
    with contextlib.closing(reached.connect_client_sync()) as client:
        try:
            client.wait_for_engines(size, timeout=_ENGINE_PATIENCE, interactive=False)
        except (TimeoutError, library.error.IPythonError) as error:
            raise ClusterError(f"not all {size} engines came up: {error}") from error


def _until_fewer(cluster: Cluster, size: int) -> None:
    """Wait until no more than so many of its processes are left, of those that run here."""
    end = time.monotonic() + _ENGINE_PATIENCE
    while sum(is_alive(each.pid) for each in cluster.processes) > size and time.monotonic() < end:
        time.sleep(0.05)
