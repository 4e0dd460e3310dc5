"""How a command says that it cannot do what was asked: one line on stderr."""

from __future__ import annotations

import os
import sys

from tui.sanitize import clean

FAILED = 1
"""Exit status: it could not be done."""
MISUSED = 2
"""Exit status: it was asked for in a way that cannot work."""


def complain(problem: str, status: int = FAILED) -> int:
    """Write `problem` as one line on stderr, safe to show whatever it quotes; return the exit status."""
    try:
        print(f"tnb: {clean(' '.join(problem.split()))}", file=sys.stderr, flush=True)  # noqa: T201  a command's one line is its output
    except OSError:  # the status tells alone, and the interpreter's last flush must not fail
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return status
