"""Runs of `tnb run` as a script has them, and notebooks for that."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from e2e import notebooks
from programs import tnb_command

_PATIENCE = 60.0
T = TypeVar("T")


@dataclass(frozen=True)
class Done:
    """A run that is over."""

    status: int
    out: bytes
    err: str


def run(*words: str | Path, given: bytes | None = None, **env: str) -> Done:
    """Run it to its end."""
    done = subprocess.run(
        [*tnb_command(), "run", *words],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        check=False,
        env={**os.environ, **env},
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


@contextlib.contextmanager
def started(*words: str | Path, **env: str) -> Generator[subprocess.Popen[str]]:
    """One that goes on meanwhile, with its progress to be read."""
    command = [*tnb_command(), "run", *words]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **env}
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def write(path: Path, *sources: str, tags: dict[int, str] | None = None) -> Path:
    """A notebook of those cells, which have printed `old` before; `tags` by the place of a cell."""
    cells = [notebooks.code(source, printed="old\n", count=7) for source in sources]
    for at, tag in (tags or {}).items():
        cells[at]["metadata"] = {"tags": [tag]}
    return notebooks.write(path, *cells)


def read(path: Path) -> dict[str, Any]:
    """The notebook as it is in its file."""
    return json.loads(path.read_text(encoding="utf-8"))


def texts(content: dict[str, Any]) -> list[str]:
    """What each cell gave, as text."""
    return ["".join(map(_text, cell.get("outputs", []))) for cell in content["cells"]]


def note(path: Path) -> dict[str, Any] | None:
    """What the notebook says of a run that was cut off."""
    return read(path)["metadata"].get("tnb", {}).get("run")


def until(found: Callable[[], T | None]) -> T:
    """What `found` gives, once that is something."""
    deadline = time.monotonic() + _PATIENCE
    while not (value := found()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return value


def _text(output: dict[str, Any]) -> str:
    match output["output_type"]:
        case "stream":
            return "".join(output["text"])
        case "error":
            return str(output["ename"])
        case _:
            return "".join(output["data"].get("text/plain", ""))
