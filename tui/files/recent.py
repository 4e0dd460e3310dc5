"""The notebooks that were opened lately, remembered in the user's own folder."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from tui.locations import private_folder, state_folder

MOST_KEPT: Final = 100
_NAME: Final = "recent-notebooks.json"
_LONGEST: Final = 1 << 20
"""Bytes of the list that are read."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A notebook of this machine, and when it was opened last."""

    path: Path
    opened: float
    """Seconds since the epoch."""


def recent_notebooks() -> list[Recent]:
    """The last first. A list that cannot be read is an empty one."""
    try:
        with (state_folder() / _NAME).open("rb") as file:
            held: object = json.loads(file.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return []
    return _read(cast("list[object]", held)) if isinstance(held, list) else []


def _read(held: list[object]) -> list[Recent]:
    found: list[Recent] = []
    for each in held[:MOST_KEPT]:
        match each:
            case {"path": str(path), "opened": int() | float() as opened} if path.startswith("/"):
                found.append(Recent(Path(path), float(opened)))
            case _:
                continue
    return found


def note_opened(path: Path) -> None:
    """Put a notebook at the top of the list. Raises OSError."""
    now = Recent(path.absolute(), time.time())
    others = [each for each in recent_notebooks() if each.path != now.path]
    _write([now, *others][:MOST_KEPT])


def forget(path: Path) -> None:
    """Take a notebook off the list. Raises OSError."""
    _write([each for each in recent_notebooks() if each.path != path])


def _write(recent: list[Recent]) -> None:
    """Replace the list: it is the old one or the new one, whole, and only the user can read it."""
    folder = private_folder(state_folder())
    spare = folder / f".recent-{os.urandom(8).hex()}.tmp"
    text = json.dumps([{"path": str(each.path), "opened": each.opened} for each in recent], indent=1)
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        spare.replace(folder / _NAME)
    except OSError:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise
