"""Times tnb beside a minimal Textual program, and beside euporie and netbook where they are installed.

The programs take turns within each round, so that a busy machine is as busy for all of them: read the ratios.
Run it with `make bench`, or in the folder tests with `python -m bench --help`.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.contenders import FLOOR, Contender, contenders
from bench.report import Measurement, put, table
from bench.scenarios import FLOOD_LINES, SCENARIOS, Setting
from e2e.terminal import NotShownError


@dataclass(frozen=True, slots=True)
class Part:
    """A scenario on one notebook."""

    scenario: str
    cells: int
    typing_lines: int = 20

    @property
    def label(self) -> str:
        """What it is called in the table."""
        match self.scenario:
            case "type" if self.cells > 20:
                return f"type, {self.cells:,} cells"
            case "type":
                return f"type in a cell of {self.typing_lines:,} lines"
            case "line":
                return "behind a line of 150 ms and 100 kB/s"
            case "big":
                return f"{self.cells:,} cells, 100 MB of outputs"
            case "flood":
                return f"flood of {FLOOD_LINES:,} lines"
            case "run":
                return "run"
            case _:
                return f"{self.scenario}, {self.cells:,} cells"


PARTS = (
    Part("open", 20),
    Part("open", 1_000),
    Part("open", 10_000),
    Part("move", 20),
    Part("move", 10_000),
    Part("type", 20),
    Part("type", 20, typing_lines=2_000),
    Part("type", 10_000),
    Part("run", 20),
    Part("flood", 20),
    Part("line", 20),
    Part("idle", 20),
    Part("big", 10_000),
)


def main() -> None:
    """Play the scenarios and write the table."""
    said = _arguments()
    given = dict(one.split("=", 1) for one in said.rival)
    programs = contenders(given)
    measurements: list[Measurement] = []
    for part in PARTS:
        if part.scenario in said.scenario:
            measurements += _measure(part, programs, said.rounds)
    shown = table(measurements, [one.name for one in programs], FLOOR)
    text = f"{_circumstances(said.rounds)}\n\n{shown}"
    print(text)
    if said.write:
        put(said.write, text)


def _measure(part: Part, programs: Sequence[Contender], rounds: int) -> list[Measurement]:
    """Every figure of a part, each program in turn; one that fails once is not tried again."""
    measured: dict[str, Measurement] = {}
    failed: set[str] = set()
    for _ in range(rounds):
        for program in programs:
            if program.name in failed or part.scenario not in program.plays:
                continue
            print(f"{part.label}: {program.name}", file=sys.stderr)
            with tempfile.TemporaryDirectory() as folder:
                setting = Setting(program, Path(folder), part.cells, part.typing_lines)
                try:
                    figures = SCENARIOS[part.scenario](setting)
                except NotShownError as error:
                    failed.add(program.name)
                    print(f"{program.name} failed: {error}", file=sys.stderr)
                    continue
            for name, value in figures.items():
                one = measured.setdefault(name, Measurement(part.label, name))
                one.values.setdefault(program.name, []).append(value)
    return list(measured.values())


def _circumstances(rounds: int) -> str:
    """On what the figures were taken."""
    memory = psutil.virtual_memory().total / 1e9
    return (
        f"tnb {version('tnb')}, Textual {version('textual')}, Python {platform.python_version()}, "
        f"{platform.system()}, {psutil.cpu_count()} processors, {memory:.0f} GB, "
        f"{time.strftime('%Y-%m-%d')}; medians of {rounds} rounds."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenario", nargs="+", default=list(SCENARIOS), choices=list(SCENARIOS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rival", action="append", default=[], metavar="NAME=COMMAND", help="euporie or netbook"
    )
    parser.add_argument("--write", type=Path, metavar="DOCUMENT", help="where to put the table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
