"""Lays out clusters and their engines as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.clusters.cluster import ClusterState, Engine, EngineState
from tui.clusters.looks import Look
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.render.unrendered import size_text
from tui.sanitize import clean

_MUTED = Style(Role.MUTED)
_STATES = {
    EngineState.IDLE: Style(Role.MUTED),
    EngineState.BUSY: Style(Role.ACCENT),
    EngineState.STARTING: Style(Role.WARNING),
    EngineState.LOST: Style(Role.ERROR),
}
_NONE = text_row("No cluster is running: n starts one.", _MUTED)
_HEAD = text_row("  engine  state     queue  completed    memory     pid", Style(Role.FAINT))


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A row of the list."""

    row: Row
    look: Look | None = None
    """The cluster that it belongs to."""
    engine: Engine | None = None
    is_heading: bool = False


def cluster_rows(looks: Sequence[Look], width: int) -> list[ClusterRow]:
    """All clusters, each with its engines below it, in rows of at most `width` cells."""
    rows: list[ClusterRow] = []
    for look in looks:
        rows.append(ClusterRow(crop(_cluster(look), 0, width), look))
        if look.problem:
            text = text_row(f"  {clean(look.problem)}", Style(Role.ERROR))
            rows.append(ClusterRow(crop(text, 0, width), look, is_heading=True))
        if look.engines:
            rows.append(ClusterRow(crop(_HEAD, 0, width), look, is_heading=True))
        rows += [ClusterRow(crop(_engine(each), 0, width), look, each) for each in look.engines]
    return rows or [ClusterRow(crop(_NONE, 0, width))]


def _cluster(look: Look) -> Row:
    cluster = look.cluster
    is_running = cluster.state is ClusterState.RUNNING
    state = text_row(cluster.state.value, Style(Role.OK if is_running else Role.ERROR))
    engines = "engine" if cluster.size == 1 else "engines"
    name = text_row(f"{clean(cluster.name)}  ", Style(Role.STRONG, bold=True))
    return (*name, *state, *text_row(f"  {cluster.size} {engines}", _MUTED))


def _engine(engine: Engine) -> Row:
    number = "-" if engine.id is None else str(engine.id)
    memory = "-" if engine.memory is None else size_text(engine.memory)
    return (
        *text_row(f"  {number:<6}  "),
        *text_row(f"{engine.state.value:<8}", _STATES[engine.state]),
        *text_row(f"{engine.queue:>7}{engine.completed:>11}"),
        *text_row(f"{memory:>10}{engine.pid or '-':>8}", _MUTED),
    )
