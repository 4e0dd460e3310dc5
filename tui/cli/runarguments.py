"""The command line of `tnb run`: what may be said, what its help tells, and what was said, as a value."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kernelbridge.outputs import JsonValue
from kernelbridge.sshaddress import SshAddress
from tui.cli.arguments import add_kernel_options, chosen_kernel, notebook_place
from tui.cli.cellranges import cell_ranges
from tui.cli.existing import without_ambiguity
from tui.cli.parser import OptionGroup, Parser
from tui.headless.parameters import ParameterError, raw, read_parameters, typed
from tui.options import DefaultKernel, KernelChoice

_DESCRIPTION = """\
Runs a notebook without a screen and writes the outputs into it, or into another file, as they come. How it
goes is told on standard error. The kernel is a fresh one, and ends with the run."""

_EPILOG = """\
A run that is cut off leaves a whole file that says where (metadata.tnb.run); cells that it did not reach are
empty.

exit status: 0 it ran, 1 a cell failed (or, with --check, gave something else), 2 the command line was not
understood, 3 no kernel, 4 timed out, 5 the notebook cannot be read or written, 130 interrupted (129 hung up,
143 terminated), 141 whoever read the notebook had enough

examples:
  tnb run analysis.ipynb                          in place
  tnb run analysis.ipynb -o out.ipynb -p alpha=0.1 -p name=Ada
  tnb run --cells 3-7,9 --timeout 5m analysis.ipynb
  tnb run -q nb.ipynb -o - | tnb show -           the notebook with its outputs, into a pipe
  tnb run --check --report junit.xml nb.ipynb     are the outputs still the same?
  tnb run --detach long.ipynb                     prints an id; tnb attach ID shows it
  tnb run --kernel ssh://gpu train.ipynb          on another machine
  tnb run --engines 4 reports/*.ipynb             many, on four engines at a time
"""
STDIO: Final = "-"
_DURATION: Final = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,9})?)(?P<unit>[smh]?)")
_UNITS: Final[Mapping[str, int]] = {"": 1, "s": 1, "m": 60, "h": 3600}
_REPORTS: Final = (".xml", ".json")


@dataclass(frozen=True, slots=True)
class RunArguments:
    """What the command line said."""

    notebook: Path | SshAddress | None
    """None for what comes on standard input."""
    kernel: KernelChoice = field(default_factory=DefaultKernel)
    output: str = ""
    """A path; empty for the notebook itself, STDIO for standard output."""
    parameters: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    cells: tuple[range, ...] = ()
    """Positions, from 0."""
    tags: tuple[str, ...] = ()
    until: str = ""
    allow_errors: bool = False
    timeout: float | None = None
    total_timeout: float | None = None
    start_timeout: float = 60.0
    detach: bool = False
    check: bool = False
    ignore: tuple[str, ...] = ()
    sanitize_with: Path | None = None
    report: Path | None = None
    quiet: bool = False
    json: bool = False


def parse_run(argv: Sequence[str]) -> RunArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    reader = parser()
    said = reader.parse_args(without_ambiguity(argv))
    _refuse_contradictions(reader, said)
    notebook: Path | SshAddress | None = None if said.notebook == Path(STDIO) else said.notebook
    try:
        parameters = {} if said.params is None else read_parameters(said.params)
    except ParameterError as error:
        reader.error(str(error))
    return RunArguments(
        notebook=notebook,
        kernel=chosen_kernel(said, said.notebook, reader.prog, DefaultKernel()),
        output=said.output or "",
        parameters={**parameters, **dict(said.parameters or ())},
        cells=said.cells,
        tags=tuple(said.tag or ()),
        until=said.until or "",
        allow_errors=said.allow_errors,
        timeout=said.timeout,
        total_timeout=said.total_timeout,
        start_timeout=said.start_timeout,
        detach=said.detach,
        check=said.check,
        ignore=tuple(said.ignore or ()),
        sanitize_with=said.sanitize_with,
        report=said.report,
        quiet=said.quiet,
        json=said.json,
    )


def is_spread(argv: Sequence[str]) -> bool:
    """Whether notebooks are to be spread over engines, which `tui.cli.spreadarguments` reads."""
    return any(word.partition("=")[0] in ("--engines", "--cluster") for word in argv)


def parser() -> Parser:
    """What may be said to it."""
    parser = Parser(
        prog="tnb run",
        usage="tnb run [options] notebook.ipynb | -\n"
        "       tnb run --engines N | --cluster NAME [options] notebook.ipynb...",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("notebook", type=notebook_place, metavar="notebook.ipynb", help=argparse.SUPPRESS)
    parser.add_argument("more", nargs="*", type=notebook_place, metavar="...", help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", metavar="FILE", help="write there, not in place; - is stdout")
    _add_parameters(parser)
    which = parser.add_argument_group("which cells")
    which.add_argument(
        "--cells", type=cell_ranges, default=(), metavar="LIST", help="only these, from 1: 3-7,12 or 20-"
    )
    which.add_argument("--tag", action="append", metavar="TAG", help="only those with this tag, or another")
    which.add_argument("--until", metavar="CELL", help="up to this one: a number, an id or a tag")
    _add_limits(parser.add_argument_group("when it ends"))
    kernel = parser.add_argument_group("where it runs")
    kernel.add_argument("--detach", action="store_true", help="leave it running, and print its id")
    add_kernel_options(parser)
    checking = parser.add_argument_group("comparing")
    checking.add_argument(
        "--check", action="store_true", help="compare the outputs with the stored ones, and write nothing"
    )
    checking.add_argument(
        "--ignore", action="append", metavar="REGEX", help="what matches may differ (with --check)"
    )
    checking.add_argument("--sanitize-with", type=Path, metavar="FILE", help="rules as nbval reads them")
    _add_spreading(parser.add_argument_group("many notebooks, side by side (ipyparallel)"))
    telling = parser.add_argument_group("what it tells")
    telling.add_argument("-q", "--quiet", action="store_true", help="only what goes wrong")
    telling.add_argument("--json", action="store_true", help="progress on stdout, a JSON object a line")
    telling.add_argument(
        "--report", type=_report, metavar="FILE", help="a report: JUnit in FILE.xml, or FILE.json"
    )
    return parser


def _add_parameters(parser: Parser) -> None:
    group = parser.add_argument_group("parameters, as papermill has them")
    group.add_argument(
        "-p",
        dest="parameters",
        type=_typed,
        action="append",
        metavar="NAME=VALUE",
        help="a number, True, None, a list in JSON, else a text",
    )
    group.add_argument(
        "-r", dest="parameters", type=_raw, action="append", metavar="NAME=VALUE", help="always a text"
    )
    group.add_argument("--params", type=Path, metavar="FILE", help="from a JSON, TOML or YAML file")


def _add_limits(group: OptionGroup) -> None:
    group.add_argument("--allow-errors", action="store_true", help="go on behind a cell that fails")
    group.add_argument("--timeout", type=_duration, metavar="TIME", help="for each cell: 90, 5m or 2h")
    group.add_argument("--total-timeout", type=_duration, metavar="TIME", help="for all of it")
    group.add_argument(
        "--start-timeout", type=_duration, default=60.0, metavar="TIME", help="for the kernel (60 s)"
    )


def _add_spreading(group: OptionGroup) -> None:
    group.add_argument(
        "--engines", type=engine_count, metavar="N", help="on so many engines, started for this"
    )
    group.add_argument("--cluster", metavar="NAME", help="on the engines of a cluster (tnb cluster list)")
    group.add_argument(
        "--retries", type=_retries, metavar="N", help="how often again where an engine is lost (2)"
    )


def _refuse_contradictions(parser: Parser, said: argparse.Namespace) -> None:
    """Refuse what cannot be meant together. Raises SystemExit."""
    writes_out = said.output == STDIO
    is_stdin = said.notebook == Path(STDIO)
    watched = (said.timeout, said.total_timeout, said.report)
    for is_wrong, problem in (
        (said.check and said.output, "--check writes nothing: it goes without -o"),
        (said.check and said.detach, "--check goes without --detach"),
        (said.detach and writes_out, "--detach leaves a notebook to come back to: it goes without -o -"),
        (said.detach and is_stdin and not said.output, "a notebook from a pipe needs -o"),
        (is_stdin and not said.output and not said.check, "a notebook from a pipe needs -o"),
        (
            said.detach and any(each is not None for each in watched),
            "--detach leaves nobody to watch",
        ),
        (said.detach and said.existing is not None, "--detach goes without --existing"),
        (said.json and writes_out, "--json and -o - cannot both have standard output"),
        (said.ignore and not said.check, "--ignore goes with --check"),
        (said.more, "several notebooks go with --engines N or --cluster NAME"),
        (said.retries is not None, "--retries goes with --engines N or --cluster NAME"),
        (said.sanitize_with and not said.check, "--sanitize-with goes with --check"),
    ):
        if is_wrong:
            parser.error(problem)


def _typed(text: str) -> tuple[str, JsonValue]:
    try:
        return typed(text)
    except ParameterError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _raw(text: str) -> tuple[str, str]:
    try:
        return raw(text)
    except ParameterError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _duration(text: str) -> float:
    found = _DURATION.fullmatch(text)
    seconds = float(found["number"]) * _UNITS[found["unit"]] if found is not None else 0.0
    if not seconds:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 90, 5m or 2h")
    return seconds


def engine_count(text: str) -> int:
    """How many engines. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 0 < int(text) < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of engines")
    return int(text)


def _retries(text: str) -> int:
    if not text.isdecimal() or int(text) > 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not how often")
    return int(text)


def _report(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _REPORTS:
        raise argparse.ArgumentTypeError("ends in .xml (JUnit) or .json")
    return path
