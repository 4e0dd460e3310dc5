"""What a command answers on standard output, and the exit status where that cannot be written."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import Final

from tui.cli.complaints import FAILED, complain

NOBODY_READS: Final = 141
"""Exit status: whoever read what was printed left, as a shell tells it of a program that SIGPIPE ended."""


def answer(text: str) -> int:
    """Print it and the end of its line; the exit status.

    What was done does not depend on who reads of it: a command that did something has a status of its own.
    """
    return answer_lines((text,))


def answer_lines(lines: Iterable[str], unwritten: int = FAILED) -> int:
    """Print lines, each as soon as it is there; the exit status, `unwritten` where they cannot be written.

    What the encoding of standard output lacks is replaced.
    """
    out: object = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace", line_buffering=sys.stdout.isatty())
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError as error:
        return _given_up(error, unwritten)
    return 0


def answer_bytes(data: bytes, unwritten: int = FAILED) -> int:
    """Print a file; the exit status, `unwritten` where it cannot be written."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        return _given_up(error, unwritten)
    return 0


def _given_up(error: OSError, unwritten: int) -> int:
    # The interpreter's own flush at its end must not fail once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return NOBODY_READS
    return complain(f"standard output: {error.strerror or error}", unwritten)
