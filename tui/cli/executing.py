"""Running a notebook before it is exported: by `tnb run`, in a process of its own, into a file of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.export.chain.errors import ExportError
from tui.files.errors import shown

_COMMAND: Final = (sys.executable, "-P", "-m", "tui.cli", "run")
"""Nothing is loaded from the current folder."""


@dataclass(frozen=True, slots=True)
class Execution:
    """How it is to be run."""

    kernel: str | None = None
    timeout: float | None = None
    """Seconds for each cell."""
    allows_errors: bool = False


def executed(notebook: Path, execution: Execution) -> str:
    """The text of the notebook with the outputs of a run, of which stderr tells. Its file is left as it is.

    A signal to end is to raise KeyboardInterrupt by now (`ending.py`). Raises ExportError where the run did
    not go well.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, notebook.name)
        status = _run([*_COMMAND, *_words(execution), "-o", str(target), str(notebook)])
        if status:
            raise ExportError(f"{shown(notebook)}: not exported, since running it ended with {status}")
        return target.read_text("utf-8", "replace")


def _run(command: Sequence[str]) -> int:
    """Its exit status. Interrupted, it ends the run in order first."""
    process = subprocess.Popen(command)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def _words(execution: Execution) -> list[str]:
    words: list[str] = [] if sys.stderr.isatty() else ["--quiet"]
    if execution.kernel is not None:
        words += ["--kernel", execution.kernel]
    if execution.timeout is not None:
        words += ["--timeout", f"{execution.timeout:g}"]
    if execution.allows_errors:
        words.append("--allow-errors")
    return words
