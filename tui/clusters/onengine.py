"""What an engine does for `tnb run`: a notebook is run by a process of its own, and how it goes is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

_COMMAND: Final = ("-P", "-m", "tui.cli.underengine", "--json")
"""Nothing is loaded from the folder; it ends with the engine, whatever becomes of that."""
_LAST: Final = 8192
"""Bytes of its complaints that are looked at."""


def run_notebook(path: str, words: Sequence[str], folder: str) -> tuple[int, str]:
    """Run it to its end; the exit status of `tnb run`, and what it complained of last."""
    tell = import_module("ipyparallel.engine.datapub").publish_data
    tell({"pid": os.getpid()})
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, *_COMMAND, *words, path],
            stdin=subprocess.PIPE,  # which closes when this process is gone
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=folder if Path(folder).is_dir() else None,
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                progress = _progress(line)
                if progress:
                    tell(progress)
            status = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise
        return status, _last_line(complaints).removeprefix(f"{path}: ")


def _progress(line: bytes) -> Mapping[str, Any]:
    """What of it a table of many notebooks shows."""
    event = json.loads(line)
    match event.get("event"):
        case "begin":
            return {"cells": event["cells"]}
        case "start":
            return {"cell": event["cell"]}
        case "end":
            return {"done": event["cell"]}
        case _:
            return {}


def _last_line(file: IO[bytes]) -> str:
    file.seek(max(0, file.seek(0, 2) - _LAST))
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("tnb: ") if lines else ""
