"""`tnb stop`: ends kernels that run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.cli.answering import answer
from tui.cli.complaints import FAILED, complain
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from kernelbridge.keeper.home.homes import DamagedHome, Home
    from kernelbridge.stopping import Stopped

_DESCRIPTION = """\
Ends kernels, whatever they are doing, and their keepers; by force where they do not go within some seconds.
What they printed and no notebook has yet is kept: the next tnb of the notebook shows it. A kernel that
another program started is left, not ended."""

_EPILOG = """\
exit status: 1 if one of them could not be stopped

examples:
  tnb stop f1 a2          as much of an id as is unique; tnb ps has them
  tnb stop --all
  tnb stop --discard f1   with the output that no notebook has
"""


@dataclass(frozen=True, slots=True)
class StopArguments:
    """What to end."""

    ids: tuple[str, ...]
    """Empty for all."""
    discard: bool = False
    """Whether output that no file has goes, too."""


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb stop",
        usage="tnb stop [--discard] ID...\n       tnb stop [--discard] --all",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="as tnb ps has it")
    parser.add_argument("--all", action="store_true", help="all kernels on this machine")
    parser.add_argument("--discard", action="store_true", help="with the output that no notebook has yet")
    return parser


def parse_stop(argv: Sequence[str]) -> StopArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    words = parser()
    said = words.parse_args(argv)
    if bool(said.ids) == said.all:
        words.error("--all is all of them, without any ID" if said.all else "which? an ID, or --all")
    return StopArguments(tuple(said.ids), said.discard)


def stop(argv: Sequence[str]) -> int:
    """End them, and say what was done in a line each; the exit status."""
    arguments = parse_stop(argv)
    from concurrent.futures import ThreadPoolExecutor
    from functools import partial

    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.stopping import stop as stop_one

    try:
        meant = _meant(arguments)
    except HomeError as error:
        return complain(str(error))
    status = 0
    for problem in meant.problems:
        status = complain(problem)
    if not (meant.homes or meant.damaged or meant.problems):
        answer("no kernel is running")
    with ThreadPoolExecutor(max(1, len(meant.homes) + len(meant.damaged))) as pool:
        stopping = [pool.submit(_stop_damaged, home) for home in meant.damaged]
        for stopped in pool.map(partial(stop_one, discard=arguments.discard), meant.homes):
            if stopped.problem or stopped.how.is_failure:
                status = complain(f"{_name(stopped.home)}: {stopped.problem or stopped.how.value}", FAILED)
            else:
                answer(told(stopped))
        return max([status, *(each.result() for each in stopping)])


def _stop_damaged(home: DamagedHome) -> int:
    """End what runs in a home that cannot be read, and say so; the exit status."""
    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.stoppingdamaged import stop_damaged

    try:
        stop_damaged(home)
    except HomeError as error:
        return complain(f"{home.id}: {error}")
    answer(f"{home.id}: ended")
    return 0


def told(stopped: Stopped) -> str:
    """What was done, in one line."""
    from tui.sanitize import clean

    pid = stopped.home.meta.kernel_pid
    what = "left, and its kernel goes on" if stopped.is_joined else stopped.how.value
    which = f"process {pid} " if pid and not stopped.is_joined else ""
    rest = f"; what no notebook has yet is kept: tnb attach {stopped.home.id}" if stopped.keeps_output else ""
    return clean(f"{_name(stopped.home)}: {which}{what}{rest}")


def _name(home: Home) -> str:
    return f"{home.id} ({home.meta.notebook})" if home.meta.notebook else home.id


@dataclass(frozen=True, slots=True)
class _Meant:
    """What the arguments mean, each once."""

    homes: tuple[Home, ...]
    damaged: tuple[DamagedHome, ...]
    problems: tuple[str, ...] = ()
    """Why an id means nothing."""


def _meant(arguments: StopArguments) -> _Meant:
    """Raises HomeError."""
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import not_the_one, read_homes
    from kernelbridge.running import server_of

    homes, damaged = read_homes()
    damaged = [home for home in damaged if home.path.exists()]  # one that goes while one looks is not
    if not arguments.ids:
        here = [home for home in homes if home.condition is not Condition.ELSEWHERE]
        if not arguments.discard:
            here = [home for home in here if home.condition is not Condition.ENDED or server_of(home)]
        return _Meant(tuple(here), tuple(damaged))
    meant: dict[str, Home | DamagedHome] = {}
    problems: list[str] = []
    for said in arguments.ids:
        found = [home for home in (*homes, *damaged) if home.id.startswith(said)]
        if len(found) == 1:
            meant[found[0].id] = found[0]
        else:
            problems.append(not_the_one(said, len(found)))
    return _Meant(
        tuple(home for home in homes if home.id in meant),
        tuple(home for home in damaged if home.id in meant),
        tuple(problems),
    )
