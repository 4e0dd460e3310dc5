"""Files beside a target that hold its new text until that has its place, and those that were left behind."""

from __future__ import annotations

import contextlib
import os
import re
import time
import zlib
from pathlib import Path

from kernelbridge.keeper.home.machine import boot, host, started_at

_SUFFIX = ".tmp"
_SWEPT = re.compile(r"\.tnb-(?P<machine>[0-9a-f]{8})-(?P<pid>[0-9]+)-[0-9a-f]{16}\.tmp")
_ABANDONED = 3600.0
"""Seconds after which what was left behind is surely nobody's, whatever container has which process ids."""


def new_spare(folder: Path) -> Path:
    """A name that no other file has, which tells whose it is. The file is not made."""
    return folder / f".tnb-{_machine()}-{os.getpid()}-{os.urandom(8).hex()}{_SUFFIX}"


def lasting(spare: Path) -> Path:
    """The name under which the same file is never swept: it may come to hold the only whole text there is."""
    return spare.with_name(f".tnb-{spare.stem.rpartition('-')[2]}{_SUFFIX}")


def sweep(folder: Path) -> None:
    """Removes what processes of this machine that are gone were about to put in some file's place."""
    machine = _machine()
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            found = _SWEPT.fullmatch(path.name)
            if found is None or found.group("machine") != machine or started_at(int(found.group("pid"))):
                continue
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime > _ABANDONED:
                    path.unlink()


def _machine() -> str:
    """Names this machine since it was started."""
    return f"{zlib.crc32(f'{host()} {boot()}'.encode()):08x}"
