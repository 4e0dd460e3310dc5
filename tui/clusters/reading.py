"""Which clusters there are: read from the files that ipyparallel keeps of them in IPython's profiles."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from tui.clusters.cluster import Cluster, ClusterState, EngineProcess
from tui.clusters.errors import ClusterError

_PROFILE: Final = "profile_"
_FILES: Final = "profile_*/security/cluster-*.json"


def clusters() -> tuple[Cluster, ...]:
    """All that were started and not stopped, in the order of their names."""
    found = (_read(file) for file in _ipython_folder().glob(_FILES))
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.name))


def find(name: str | None) -> Cluster:
    """The one of that name, or the only one that runs. Raises ClusterError."""
    there = clusters()
    if name is not None:
        meant = [each for each in there if each.name == name]
        if not meant:
            raise ClusterError(f"there is no cluster {name}: tnb cluster list tells which there are")
        return meant[0]
    running = [each for each in there if each.state is ClusterState.RUNNING]
    if not running:
        raise ClusterError("no cluster is running: tnb cluster start -n 4 starts one")
    if len(running) > 1:
        raise ClusterError(f"which cluster? There are {', '.join(each.name for each in running)}")
    return running[0]


def is_alive(pid: int) -> bool:
    """Whether that process runs on this machine."""
    import psutil

    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _ipython_folder() -> Path:
    said = os.environ.get("IPYTHONDIR")
    return Path(said).expanduser() if said else Path.home() / ".ipython"


def _read(file: Path) -> Cluster | None:
    """None for one that goes while one looks, and for what is no such file."""
    try:
        whole: object = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    about = _mapping(whole)
    cluster_id = _mapping(about.get("cluster")).get("cluster_id")
    folder = file.parent.parent
    sets = [_mapping(each) for each in _mapping(_mapping(about.get("engines")).get("sets")).values()]
    processes = tuple(process for each in sets for process in _processes(each))
    elsewhere = sum(_number(each.get("n")) for each in sets if "engines" not in each)
    size = elsewhere + sum(is_alive(each.pid) for each in processes)
    controller = _mapping(_mapping(about.get("controller")).get("state"))
    state = _state(controller)
    if state is ClusterState.GONE and not any(is_alive(each.pid) for each in processes):
        return None
    return Cluster(
        folder.name.removeprefix(_PROFILE),
        cluster_id if isinstance(cluster_id, str) else "",
        folder,
        file,
        state,
        _number(controller.get("pid")),
        processes,
        size,
    )


def _state(controller: Mapping[str, Any]) -> ClusterState:
    pid = _number(controller.get("pid"))
    if not controller or (pid and not is_alive(pid)):
        return ClusterState.GONE
    return ClusterState.RUNNING


def _processes(engine_set: Mapping[str, Any]) -> Iterator[EngineProcess]:
    for each in map(_mapping, _mapping(engine_set.get("engines")).values()):
        pid, output = _number(each.get("pid")), each.get("output_file")
        if pid and isinstance(output, str):
            yield EngineProcess(pid, Path(output))


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
