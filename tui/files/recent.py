"""The notebooks that were opened lately, remembered in the user's own folder."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from tui.files.privatefile import write_private
from tui.locations import state_folder

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
    text = json.dumps([{"path": str(each.path), "opened": each.opened} for each in recent], indent=1)
    write_private(state_folder() / _NAME, text)
