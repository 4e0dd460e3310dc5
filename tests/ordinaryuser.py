"""Being nobody in particular for a while, so that what permissions forbid is forbidden in tests too."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from programs import leave_out, require_program
from unprivileged import NOBODY

_PROGRAM: Final = Path(__file__).with_name("unprivileged.py")


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Without the superuser's powers, where the tests run with them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def as_ordinary_user() -> tuple[str, ...]:
    """What goes before a command to run it as an ordinary user; nothing where the tests do so already."""
    if os.geteuid() != 0:
        return ()
    command = (require_program("unshare"), "--mount", sys.executable, str(_PROGRAM))
    if trouble := _trouble_with(command):
        leave_out(f"tnb cannot be run as an ordinary user here: {trouble}")
    return command


@cache
def _trouble_with(command: tuple[str, ...]) -> str:
    tried = [*command, sys.executable, "-c", "import tui.cli, textual"]
    done = subprocess.run(tried, capture_output=True, text=True, cwd="/")
    return "" if done.returncode == 0 else done.stderr.strip().rpartition("\n")[2] or "it says nothing"


@contextmanager
def ordinary_folder() -> Iterator[Path]:
    """A folder of the ordinary user's, in which nothing outlives it, whatever may be written there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        give(folder)
        yield folder
        for each in (folder, *folder.rglob("*")):
            if each.is_dir() and not each.is_symlink():
                each.chmod(0o755)


def give(*paths: Path) -> None:
    """Make files the ordinary user's, and leave their modes as they are."""
    for path in paths:
        if os.geteuid() == 0:
            mode = path.lstat().st_mode
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            if path.lstat().st_mode != mode:
                path.chmod(mode)
