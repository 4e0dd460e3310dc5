"""A disk for tests that is soon full: a file system in memory, which only the superuser can mount."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from programs import leave_out, require_program


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """The folder, made anew, with room for so much."""
    folder.mkdir(parents=True)
    mount = [require_program("mount"), "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0700", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        leave_out("nothing may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
