"""Clusters and engines as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.render.unrendered import size_text
from tui.sanitize import clean

if TYPE_CHECKING:
    from tui.clusters.cluster import Cluster
    from tui.clusters.looks import Look

_GAP = "  "


def cluster_table(clusters: Sequence[Cluster]) -> str:
    """One line for each."""
    if not clusters:
        return "no cluster is running"
    rows = [(each.name, each.state.value, str(each.size), str(each.folder)) for each in clusters]
    return _table(("NAME", "STATE", "ENGINES", "PROFILE"), rows)


def engine_table(looks: Sequence[Look]) -> str:
    """One line for each engine."""
    rows = [
        (
            look.cluster.name,
            "-" if each.id is None else str(each.id),
            each.state.value,
            str(each.queue),
            str(each.completed),
            "-" if each.memory is None else size_text(each.memory),
            str(each.pid or "-"),
        )
        for look in looks
        for each in look.engines
    ]
    if not rows:
        return "no engine is running"
    return _table(("CLUSTER", "ENGINE", "STATE", "QUEUE", "COMPLETED", "MEMORY", "PID"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    whole = [head, *([clean(each) for each in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    return "\n".join(
        _GAP.join(each.ljust(width) for each, width in zip(row, widths, strict=True)).rstrip()
        for row in whole
    )
