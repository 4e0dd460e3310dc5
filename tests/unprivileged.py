"""Runs a command as nobody in particular: `unshare --mount python unprivileged.py PROGRAM [ARGUMENT...]`.

Where Python or the project are in a folder that only the superuser may enter, it is laid open: only for this
process and its children, hence the mount namespace.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

NOBODY: Final = 65534


def main() -> None:
    needed = {Path(each).resolve() for each in (sys.base_prefix, sys.prefix, Path(__file__).parents[1])}
    for closed in {outermost for path in needed if (outermost := _closed_above(path)) is not None}:
        _lay_open(closed, sorted(path for path in needed if closed in path.parents))
    if os.isatty(0):
        os.fchown(0, NOBODY, -1)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.execvp(sys.argv[1], sys.argv[1:])


def _closed_above(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not enter."""
    return next((each for each in reversed(path.parents) if not each.stat().st_mode & 0o001), None)


def _lay_open(closed: Path, needed: list[Path]) -> None:
    """Have nothing in a folder but what is needed of it."""
    stashes = [(tempfile.mkdtemp(), path) for path in needed]
    for stash, path in stashes:
        _mount("--bind", path, stash)
    _mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", closed)
    for stash, path in stashes:
        path.mkdir(parents=True, exist_ok=True)
        _mount("--move", stash, path)
        Path(stash).rmdir()


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    main()
