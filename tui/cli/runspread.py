"""`tnb run` of many notebooks: spread over the engines of a cluster, with one table and a summary."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from tui.cli.complaints import complain
from tui.cli.ending import INTERRUPTED, end_as_if_interrupted
from tui.cli.spreadarguments import SpreadArguments, parse_spread
from tui.headless.exitstatus import NO_FILE, NO_KERNEL

if TYPE_CHECKING:
    from tui.cli.spreadprogress import SpreadProgress
    from tui.clusters.cluster import Cluster


def run_spread(argv: Sequence[str]) -> int:
    """Run them; the highest of their exit statuses."""
    from tui.clusters.errors import ClusterError
    from tui.clusters.library import ipyparallel

    arguments = parse_spread(argv)
    missing = [each for each in arguments.notebooks if not each.is_file()]
    if missing:
        return complain(f"{missing[0]}: there is no such file", NO_FILE)
    try:
        ipyparallel()
        end_as_if_interrupted()
        with _engines(arguments) as cluster:
            return _run(cluster, arguments)
    except ClusterError as error:
        return complain(str(error), NO_KERNEL)
    except KeyboardInterrupt:
        return INTERRUPTED


@contextlib.contextmanager
def _engines(arguments: SpreadArguments) -> Generator[Cluster]:
    """Those of the cluster that is named, or some that end with the run. Raises ClusterError."""
    from tui.clusters.acting import DEFAULT_PROFILE, start, stop
    from tui.clusters.reading import find

    if arguments.cluster is not None:
        yield find(arguments.cluster)
        return
    count = min(arguments.engines or 1, len(arguments.notebooks))
    cluster = start(DEFAULT_PROFILE, f"run-{os.getpid()}", count)
    try:
        yield cluster
    finally:
        stop(find(cluster.name))


def _run(cluster: Cluster, arguments: SpreadArguments) -> int:
    from tui.clusters.engines import connected
    from tui.clusters.spreading import Plan, Spreading

    paths = tuple(str(each.resolve()) for each in arguments.notebooks)
    plan = Plan(paths, arguments.words, arguments.retries)
    progress = _progress(arguments)
    with contextlib.closing(connected(cluster)) as client:
        spreading = Spreading(client, plan)
        try:
            spreading.run(progress.tell, progress.look)
        except KeyboardInterrupt:
            spreading.interrupt()
            progress.ended(spreading.notebooks)
            return INTERRUPTED
        progress.ended(spreading.notebooks)
        return max(each.status or 0 for each in spreading.notebooks)


def _progress(arguments: SpreadArguments) -> SpreadProgress:
    from tui.cli.spreadprogress import SpreadJson, SpreadLines, SpreadTable

    if arguments.json:
        return SpreadJson(sys.stdout)
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return (
        SpreadTable(sys.stderr)
        if is_terminal and not arguments.quiet
        else SpreadLines(sys.stderr, only_trouble=arguments.quiet)
    )
