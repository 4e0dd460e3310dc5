"""What a command answers on standard output."""

from __future__ import annotations

import io
import os
import sys


def answer(text: str) -> None:
    """Print lines; what the terminal's encoding lacks is replaced, and whoever reads may leave early."""
    out: object = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    try:
        print(text, flush=True)  # noqa: T201  a command's answer
    except BrokenPipeError:
        # The interpreter's own flush at its end must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
