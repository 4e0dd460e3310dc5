"""Many lines on standard output: as they come, or in a pager where the screen cannot hold them."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from tui.cli.answering import answer_lines

_LESS: Final = "-R"
"""Before what the user says in LESS: colours and links are passed on, everything else is made visible."""


def print_paged(lines: Iterator[str]) -> int:
    """Print lines on the terminal, or show them in a pager if they are more than the screen has."""
    command = pager(os.environ.get("PAGER"))
    if command is None:
        return answer_lines(lines)
    rows = shutil.get_terminal_size().lines
    first = list(islice(lines, rows))
    if len(first) < rows:
        return answer_lines(first)
    return _paged(chain(first, lines), command)


def pager(asked: str | None) -> str | None:
    """The shell command of the pager, `asked` being what PAGER says; None where none is wanted or there."""
    command = "less" if asked is None else asked.strip()
    try:
        program = next((word for word in shlex.split(command) if "=" not in word), "")
    except ValueError:
        program = ""
    return command if program not in ("", "cat") and shutil.which(program) is not None else None


def _paged(lines: Iterable[str], command: str) -> int:
    less = f"{_LESS} {os.environ.get('LESS', '')}".strip()
    process = subprocess.Popen(
        ["/bin/sh", "-c", command],
        stdin=subprocess.PIPE,
        text=True,
        encoding=sys.stdout.encoding,
        errors="replace",
        env={**os.environ, "LESS": less},
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # is the pager's, which it does not end
    try:
        with process:
            if process.stdin is not None:
                process.stdin.writelines(f"{line}\n" for line in lines)
    except BrokenPipeError:  # it was left before the end
        process.wait()
    return 0
