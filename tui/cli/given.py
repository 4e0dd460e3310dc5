"""The notebook that a command is given: a file, or what comes on standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.files.notebookfile import NotebookFile

STDIN: Final = "-"
"""How standard input, or output, is said."""


def path_or_stdin(word: str) -> Path | None:
    """The path that a word names; None for what comes on standard input."""
    return None if word == STDIN else Path(word)


def read_given(path: Path | None, called: Path = Path("standard input")) -> NotebookFile:
    """The notebook that is asked for; what comes on standard input is `called` so. Raises CannotRead."""
    from tui.files.notebookfile import given, read
    from tui.files.regularfile import read_stream

    return read(path) if path is not None else given(called, read_stream(called, sys.stdin.buffer))
