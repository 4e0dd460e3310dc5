"""`tnb ps`: which kernels run, and what they are doing."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.cli.answering import answer
from tui.cli.complaints import FAILED, complain
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from kernelbridge.running import RunningKernel

_DESCRIPTION = """\
Lists the kernels that run, whether a terminal shows them or not, and those that ended and left output that no
notebook has yet."""

_EPILOG = """\
columns:
  ID        how tnb attach, tnb stop and --existing call it; as much of it as is unique will do
  STATE     starting, idle, busy
            input   its code waits for an answer
            dead    it is gone; attach, to have the output that it left in the notebook
            lost    it runs, but its keeper was killed or does not answer; attach, and it has one again
  FOR       how long it has been in that state
  PID       its process
  ATTACHED  who shows it

examples:
  tnb ps
  tnb ps --json | jq -r '.[] | select(.state == "busy") | .notebook'
  jupyter console --existing "$(tnb ps --connection-file f1)"    join one with another frontend

With --json: a list of objects with id, notebook (path or null), kernelspec, state, pid (the kernel's),
keeper_pid, host, started (UTC) and connection_file. What there is none of is null.
"""


@dataclass(frozen=True, slots=True)
class PsArguments:
    """What `tnb ps` is to tell."""

    as_json: bool = False
    connection_file_of: str | None = None
    """Of which kernel to tell nothing but the connection file."""


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb ps",
        usage="tnb ps [--json | --connection-file ID]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--connection-file", metavar="ID", help="print the path of a kernel's connection file")
    return parser


def parse_ps(argv: Sequence[str]) -> PsArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    said = parser().parse_args(argv)
    return PsArguments(said.json, said.connection_file)


def ps(argv: Sequence[str]) -> int:
    """Tell which kernels run; the exit status."""
    arguments = parse_ps(argv)
    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.running import running_kernels

    try:
        if arguments.connection_file_of is not None:
            return _tell_connection_file(arguments.connection_file_of)
        kernels = running_kernels(report=complain)
    except HomeError as error:
        return complain(str(error))
    for each in kernels:
        if each.is_mute:
            who = f"its keeper (process {each.keeper_pid})" if each.keeper_pid else "its keeper"
            complain(f"{each.home.id}: {who} does not answer: tnb stop {each.home.id} ends it and its kernel")
    if arguments.as_json:
        return answer(json.dumps([as_json(each) for each in kernels], indent=2))
    return answer(_table(kernels))


def as_json(kernel: RunningKernel) -> dict[str, str | int | None]:
    """The object that `--json` has for a kernel."""
    meta = kernel.home.meta
    return {
        "id": kernel.home.id,
        "notebook": meta.notebook,
        "kernelspec": kernel.kernelspec or None,
        "state": kernel.word.value,
        "pid": kernel.pid,
        "keeper_pid": kernel.keeper_pid,
        "host": meta.host,
        "started": _iso(meta.started),
        "connection_file": kernel.connection_file,
    }


def _iso(seconds: float) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return None


def _table(kernels: list[RunningKernel]) -> str:
    if not kernels:
        return "no kernel is running"
    import shutil
    import time
    from pathlib import Path

    from tui.cli.pstable import table

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    return "\n".join(table(kernels, Path.home(), time.time(), width))


def _tell_connection_file(said: str) -> int:
    from kernelbridge.keeper.home.homes import by_id
    from kernelbridge.running import look_at

    home = by_id(said)
    kernel = look_at(home)
    file = None if kernel is None else kernel.connection_file
    if file is None:
        return complain(f"the kernel {home.id} has no connection file: it has ended, or is not up yet")
    if not file.isprintable():
        return complain(f"{file}: a path that cannot be printed", FAILED)
    return answer(file)
