"""Files of tnb's own in the user's folders: replaced whole, and readable by this user alone."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from tui.locations import private_folder

if TYPE_CHECKING:
    from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Replace a file by ASCII text: it is the old one or the new one, whole. Raises OSError."""
    folder = private_folder(path.parent)
    spare = folder / f".{path.stem}-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        spare.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise
