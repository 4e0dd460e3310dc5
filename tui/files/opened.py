"""Files that tnb writes for other programs to open, and outputs that a person saves."""

from __future__ import annotations

import os
import re
import tempfile
import time
from pathlib import Path
from typing import Final

from tui.locations import cache_folder, private_folder

_KEPT: Final = 24 * 3600
"""Seconds that a file is kept for the program that opened it."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME: Final = 40


def safe_name(text: str) -> str:
    """A text as part of a file's name: letters, digits, dots inside, underscores and hyphens."""
    return _UNSAFE.sub("-", text)[:_LONGEST_NAME].strip(".-") or "output"


def write_to_open(name: str, suffix: str, data: bytes) -> Path:
    """Write a file that only the user can read, in a folder that only they can enter. Raises OSError.

    Those of the days before are removed.
    """
    folder = private_folder(cache_folder() / "opened")
    _clear(folder)
    descriptor, path = tempfile.mkstemp(suffix, f"{safe_name(name)}-", folder)  # of mode 0600
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return Path(path)


def save_new(path: Path, data: bytes) -> None:
    """Write a file where none is. Raises FileExistsError where one is, and OSError."""
    with path.open("xb") as file:
        file.write(data)


def save_over(path: Path, data: bytes) -> None:
    """Write a file in the place of another, which is there whole until the new one is. Raises OSError."""
    descriptor, spare = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(spare).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
        Path(spare).replace(path)
    except OSError:
        Path(spare).unlink(missing_ok=True)
        raise


def _clear(folder: Path) -> None:
    now = time.time()
    for entry in folder.iterdir():
        try:
            if entry.is_file() and now - entry.lstat().st_mtime > _KEPT:
                entry.unlink()
        except OSError:  # another tnb was faster
            continue
