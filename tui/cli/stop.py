"""`tnb stop`: ends kernels that run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.cli.complaints import FAILED, complain
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from kernelbridge.keeper.home.homes import Home
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


def parse_stop(argv: Sequence[str]) -> StopArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    parser = Parser(
        prog="tnb stop",
        usage="tnb stop [--discard] ID...\n       tnb stop [--discard] --all",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="as tnb ps has it")
    parser.add_argument("--all", action="store_true", help="all kernels on this machine")
    parser.add_argument("--discard", action="store_true", help="with the output that no notebook has yet")
    said = parser.parse_args(argv)
    if bool(said.ids) == said.all:
        parser.error("--all is all of them, without any ID" if said.all else "which? an ID, or --all")
    return StopArguments(tuple(said.ids), said.discard)


def stop(argv: Sequence[str]) -> int:
    """End them, and say what was done in a line each; the exit status."""
    from concurrent.futures import ThreadPoolExecutor
    from functools import partial

    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.stopping import stop as stop_one
    from tui.cli.answering import answer

    arguments = parse_stop(argv)
    status = 0
    try:
        homes, problems = _meant(arguments)
    except HomeError as error:
        return complain(str(error))
    for problem in problems:
        status = complain(problem)
    if not homes and not problems:
        answer("no kernel is running")
    with ThreadPoolExecutor(max(1, len(homes))) as pool:
        for stopped in pool.map(partial(stop_one, discard=arguments.discard), homes):
            if stopped.problem or stopped.how.is_failure:
                status = complain(f"{_name(stopped.home)}: {stopped.problem or stopped.how.value}", FAILED)
            else:
                answer(told(stopped))
    return status


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


def _meant(arguments: StopArguments) -> tuple[list[Home], list[str]]:
    """The homes, once each, and what is wrong with the ids of others. Raises HomeError."""
    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import all_homes, by_id

    if not arguments.ids:
        unwanted = {Condition.ELSEWHERE} if arguments.discard else {Condition.ELSEWHERE, Condition.ENDED}
        return [home for home in all_homes(report=complain) if home.condition not in unwanted], []
    homes: dict[str, Home] = {}
    problems: list[str] = []
    for said in arguments.ids:
        try:
            home = by_id(said)
            homes[home.id] = home
        except HomeError as error:
            problems.append(str(error))
    return list(homes.values()), problems
