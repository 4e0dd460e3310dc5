"""How soon a command answers: `tnb --help` and the like from start to end, beside a Python that does nothing.

python -m bench.answering [--write ../docs/performance.md]
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence

from bench.report import report
from programs import tnb_command
from tui.cli.table import COMMANDS

ROUNDS = 20
BEGIN, END = "<!-- answering: begin -->", "<!-- answering: end -->"


def alone() -> Mapping[str, Sequence[str]]:
    """What has a row of its own, by how it is called there."""
    nothing = [sys.executable, "-c", "pass"]
    said = {f"tnb {word}": [*tnb_command(), word] for word in ("--help", "--version")}
    return {"python -c pass": nothing, **said}


def of_commands() -> Mapping[str, Sequence[str]]:
    """The help of each command."""
    return {f"tnb {each.name} --help": [*tnb_command(), each.name, "--help"] for each in COMMANDS}


def once(command: Sequence[str]) -> tuple[float, float]:
    """Seconds from its start to its end, and of processor time. Raises RuntimeError where it fails."""
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=silence)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, used.ru_utime + used.ru_stime


def table() -> str:
    """The figures as a markdown table."""
    starts = {**alone(), **of_commands()}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for _ in range(ROUNDS):
        for name, command in starts.items():
            taken[name].append(once(command))
    slowest = max(of_commands(), key=lambda name: statistics.median(wall for wall, _ in taken[name]))
    rows = [
        f"{ROUNDS} starts of each, in turns, {time.strftime('%Y-%m-%d')}.",
        "",
        "| ms | median | fastest | slowest | processor, median |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(_row(f"`{name}`", taken[name]) for name in alone()),
        _row(f"`{slowest}`, the slowest of all commands'", taken[slowest]),
    ]
    return "\n".join(rows)


def _row(name: str, values: Sequence[tuple[float, float]]) -> str:
    walls = [wall * 1e3 for wall, _ in values]
    used = statistics.median(processor * 1e3 for _, processor in values)
    return f"| {name} | {statistics.median(walls):.0f} | {min(walls):.0f} | {max(walls):.0f} | {used:.0f} |"


def main() -> None:
    """Measure, and write the table."""
    report(__doc__, table, BEGIN, END)


if __name__ == "__main__":
    main()
