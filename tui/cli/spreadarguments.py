"""The command line of `tnb run --engines` and `--cluster`: many notebooks, and what each run is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.cli.existing import without_ambiguity
from tui.cli.parser import Parser
from tui.cli.runarguments import STDIO, parser

_OURS: Final = ("--engines", "--cluster", "--retries", "-q", "--quiet", "--json")
"""What is not for the runs of single notebooks."""
_RETRIES: Final = 2


@dataclass(frozen=True, slots=True)
class SpreadArguments:
    """What the command line said."""

    notebooks: tuple[Path, ...]
    words: tuple[str, ...] = ()
    """The options of each run."""
    engines: int | None = None
    """How many to start; None for those of a cluster."""
    cluster: str | None = None
    retries: int = _RETRIES
    quiet: bool = False
    json: bool = False


def parse_spread(argv: Sequence[str]) -> SpreadArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    reader = parser()
    groups = tuple(_groups(reader, without_ambiguity(argv)))
    notebooks = tuple(group[0] for group in groups if not _is_option(group))
    options = [group for group in groups if _is_option(group)]
    said = reader.parse_args([*(word for group in options for word in group), "--", *notebooks])
    for is_wrong, problem in (
        (said.engines and said.cluster, "--engines starts a cluster of its own: it goes without --cluster"),
        (said.output, "each notebook is written in place: -o goes with one notebook"),
        (said.detach, "--detach goes with one notebook"),
        (said.report, "--report goes with one notebook"),
        (said.existing is not None, "--existing goes with one notebook"),
        (STDIO in notebooks, "a notebook from a pipe is run alone"),
        (any("://" in each for each in notebooks), "notebooks of other machines are run there, one by one"),
    ):
        if is_wrong:
            reader.error(problem)
    passed_on = tuple(word for group in options if group[0].partition("=")[0] not in _OURS for word in group)
    once = dict.fromkeys(Path(each) for each in notebooks)
    retries = _RETRIES if said.retries is None else said.retries
    return SpreadArguments(tuple(once), passed_on, said.engines, said.cluster, retries, said.quiet, said.json)


def _is_option(group: tuple[str, ...]) -> bool:
    return group[0].startswith("-") and group[0] != STDIO and group != ("--",)


def _groups(reader: Parser, argv: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words, each option with its value."""
    valued = {name for option in reader.options() if option.value is not None for name in option.names}
    words = iter(argv)
    for word in words:
        if word == "--":
            yield from ((f"./{each}" if each.startswith("-") else each,) for each in words)
        elif word in valued:
            value = next(words, None)
            yield (word,) if value is None else (word, value)
        else:
            yield (word,)
