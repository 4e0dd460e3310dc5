"""`tnb cluster`: engines of ipyparallel, started, listed and ended."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.cli.answering import answer
from tui.cli.complaints import complain
from tui.cli.ending import INTERRUPTED, end_as_if_interrupted
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from tui.clusters.cluster import Cluster

_DESCRIPTION = """\
Starts, lists and ends clusters: engines that run code side by side, by ipyparallel. Other programs see the
same ones: ipcluster, ipyparallel.Client() in a notebook, %%%%px."""

_EPILOG = """\
commands:
  start       a controller and N engines, which run on until they are stopped
  list        which clusters there are
  engines     the engines of one cluster, or of all: state, queue, completed, memory
  output      what an engine printed: its number, and the cluster's NAME
  resize      give a cluster N engines; those with the least to do are ended
  restart     end all engines of a cluster, whatever they do, and start as many afresh
  stop        end a cluster, whatever it does, or with --all every one

NAME is PROFILE, or PROFILE:ID; it may be left out where only one cluster runs. Which machines engines run on
is configured in the profile (ipcluster_config.py), as for ipcluster.

exit status: 1 if it could not be done, 2 if the command line was not understood

examples:
  tnb cluster start -n 4
  tnb cluster start -n 8 --profile slurm --id night
  tnb cluster engines --json | jq '.[] | select(.state == "busy") | .id'
  tnb cluster stop slurm:night

With --json: list has objects with name, profile, cluster_id, state, size, problem, file and engines; engines
has objects with cluster, id, state, queue, completed, memory (bytes), pid and output (a file). What there is
none of is null.
"""
_EVERY: Final = 2.0
"""Seconds between looks with --follow."""
_OUTPUT: Final = 200_000
"""Bytes of an engine's output that are shown."""


@dataclass(frozen=True, slots=True)
class ClusterArguments:
    """What is to be done, and with which."""

    verb: str
    names: tuple[str, ...] = ()
    size: int | None = None
    profile: str = "default"
    cluster_id: str = ""
    every_one: bool = False
    as_json: bool = False
    follows: bool = False

    engine: int = 0
    """Whose output is meant."""

    @property
    def name(self) -> str | None:
        """The cluster that is named."""
        return self.names[0] if self.names else None


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb cluster",
        usage="tnb cluster start [-n N] [--profile NAME] [--id ID]\n"
        "       tnb cluster list|engines [--json] [--follow] [NAME]\n"
        "       tnb cluster output ENGINE [NAME]\n"
        "       tnb cluster resize -n N [NAME]\n"
        "       tnb cluster restart|stop [NAME | --all]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("verb", choices=tuple(_VERBS), metavar="COMMAND", help=argparse.SUPPRESS)
    add("names", nargs="*", metavar="NAME", help=argparse.SUPPRESS)
    add("-n", dest="size", type=_size, metavar="N", help="how many engines; by default one a processor")
    add("--profile", default="default", metavar="NAME", help="start: with the settings of an IPython profile")
    add("--id", default="", metavar="ID", help="start: a name, to have several in one profile")
    add("--all", action="store_true", help="stop: every cluster")
    add("--json", action="store_true", help="list, engines: for programs")
    add("--follow", action="store_true", help="list, engines: again every two seconds; JSON in one line each")
    return parser


def parse_cluster(argv: Sequence[str]) -> ClusterArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    words = parser()
    said = words.parse_intermixed_args(argv)
    most = {"start": 0, "list": 0, "output": 2}.get(said.verb, 1)
    for is_wrong, problem in (
        (said.verb == "resize" and said.size is None, "to how many? -n N"),
        (said.verb == "output" and not (said.names and said.names[0].isdigit()), "of which engine? A number"),
        (len(said.names) > most, f"{said.verb} takes no {' '.join(said.names[most:])}"),
        (said.all and (said.verb != "stop" or said.names), "--all goes with stop alone"),
        ((said.json or said.follow) and said.verb not in ("list", "engines"), "list and engines have --json"),
    ):
        if is_wrong:
            words.error(problem)
    names = tuple(said.names)
    engine = int(names[0]) if said.verb == "output" else 0
    return ClusterArguments(
        said.verb,
        names[1:] if said.verb == "output" else names,
        said.size,
        said.profile,
        said.id,
        said.all,
        said.json,
        said.follow,
        engine,
    )


def cluster(argv: Sequence[str]) -> int:
    """Do it; the exit status."""
    arguments = parse_cluster(argv)
    from tui.clusters.errors import ClusterError
    from tui.clusters.library import ipyparallel

    try:
        ipyparallel()
        end_as_if_interrupted()
        return _VERBS[arguments.verb](arguments)
    except ClusterError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED


def _start(arguments: ClusterArguments) -> int:
    from tui.clusters.acting import start

    size = arguments.size or os.cpu_count() or 1
    answer(_told(start(arguments.profile, arguments.cluster_id, size)))
    return 0


def _list(arguments: ClusterArguments) -> int:
    from tui.cli.clustertables import cluster_table
    from tui.clusters.looks import cluster_as_json
    from tui.clusters.reading import clusters
    from tui.clusters.watching import Watch

    with Watch() as watch:
        while True:
            if not arguments.as_json:
                text = cluster_table(clusters())
            else:
                text = _json([cluster_as_json(each) for each in watch.look()], arguments)
            status = answer(text)
            if status or not arguments.follows:
                return status
            time.sleep(_EVERY)


def _engines(arguments: ClusterArguments) -> int:
    from tui.cli.clustertables import engine_table
    from tui.clusters.looks import engine_as_json
    from tui.clusters.reading import find
    from tui.clusters.watching import Watch

    meant = arguments.name and find(arguments.name).name
    with Watch() as watch:
        while True:
            looks = [each for each in watch.look() if meant in (None, each.cluster.name)]
            for each in looks:
                if each.problem:
                    complain(each.problem)
            if arguments.as_json:
                told = [engine_as_json(look.cluster, each) for look in looks for each in look.engines]
                text = _json(told, arguments)
            else:
                text = engine_table(looks)
            status = answer(text)
            if status or not arguments.follows:
                return status
            time.sleep(_EVERY)


def _output(arguments: ClusterArguments) -> int:
    from tui.clusters.engines import engines, last_output
    from tui.clusters.errors import ClusterError
    from tui.clusters.reading import find
    from tui.sanitize import clean_lines

    cluster, number = find(arguments.name), arguments.engine
    meant = [each for each in engines(cluster) if each.id == number]
    if not meant:
        raise ClusterError(f"{cluster.name} has no engine {number}: tnb cluster engines lists them")
    if meant[0].output is None:
        raise ClusterError(f"{cluster.name}: engine {number} was not started on this machine")
    return answer("\n".join(clean_lines(last_output(meant[0], _OUTPUT).rstrip("\n"))))


def _resize(arguments: ClusterArguments) -> int:
    from tui.clusters.acting import resize
    from tui.clusters.reading import find

    answer(_told(resize(find(arguments.name), arguments.size or 1)))
    return 0


def _restart(arguments: ClusterArguments) -> int:
    from tui.clusters.acting import restart
    from tui.clusters.reading import find

    answer(_told(restart(find(arguments.name))))
    return 0


def _stop(arguments: ClusterArguments) -> int:
    from tui.clusters.acting import stop
    from tui.clusters.reading import clusters, find

    meant = clusters() if arguments.every_one else (find(arguments.name),)
    for each in meant:
        stop(each)
        answer(f"{each.name}: ended")
    if not meant:
        answer("no cluster is running")
    return 0


_VERBS: Final[Mapping[str, Callable[[ClusterArguments], int]]] = {
    "start": _start,
    "list": _list,
    "engines": _engines,
    "output": _output,
    "resize": _resize,
    "restart": _restart,
    "stop": _stop,
}


def _told(cluster: Cluster) -> str:
    return f"{cluster.name}: {cluster.state.value}, {cluster.size} engine{'s' * (cluster.size != 1)}"


def _json(value: object, arguments: ClusterArguments) -> str:
    return json.dumps(value, indent=None if arguments.follows else 2)


def _size(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of engines")
    return int(text)
