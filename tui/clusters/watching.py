"""Looks at all clusters and their engines, again and again, over connections that stay."""

from __future__ import annotations

import contextlib
from types import TracebackType
from typing import Any, Self

from tui.clusters.cluster import Cluster, ClusterState
from tui.clusters.engines import connected, engines, engines_of
from tui.clusters.errors import ClusterError
from tui.clusters.looks import Look
from tui.clusters.reading import clusters


class Watch:
    """Has a connection to each cluster that runs, until it is closed."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, int], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def look(self) -> tuple[Look, ...]:
        """All there are now."""
        there = clusters()
        keys = {_key(each) for each in there}
        for key in [key for key in self._clients if key not in keys]:
            with contextlib.suppress(OSError):
                self._clients.pop(key).close()
        return tuple(self._look_at(each) for each in there)

    def _look_at(self, cluster: Cluster) -> Look:
        try:
            if cluster.state is ClusterState.GONE:
                return Look(cluster, engines(cluster))
            key = _key(cluster)
            if key not in self._clients:
                self._clients[key] = connected(cluster)
            return Look(cluster, engines_of(cluster, self._clients[key]))
        except ClusterError as error:
            return Look(cluster, problem=str(error))


def _key(cluster: Cluster) -> tuple[str, int]:
    """Another controller of the same name is another one."""
    return cluster.name, cluster.controller
