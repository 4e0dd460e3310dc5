"""The environments in folders of notebooks that a person chose once, and that may be used from then on.

A `.venv` comes along with a folder, as a notebook does, and what is in it is run. So it is only used on
opening where a person said so before, and only as long as it is the same: one made anew is asked for anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias, cast

from tui.files.privatefile import write_private
from tui.locations import state_folder

_Mark: TypeAlias = list[int]
"""What tells an environment from another at its place."""


def is_trusted(prefix: Path) -> bool:
    """Whether the environment in that folder is one that was chosen."""
    mark = _mark_of(prefix)
    return mark is not None and _read().get(str(prefix.absolute())) == mark


def trust(prefix: Path) -> None:
    """Remember that the environment in that folder was chosen. Raises OSError."""
    mark = _mark_of(prefix)
    if mark is not None:
        _write({**_read(), str(prefix.absolute()): mark})


def _mark_of(prefix: Path) -> _Mark | None:
    """The folder's device and inode, and those of the file that is written once, when it is made.

    The folder alone would not do: file systems give the inode of what was removed to what comes next.
    """
    try:
        folder = prefix.stat()
    except OSError:
        return None
    try:
        settings = (prefix / "pyvenv.cfg").stat()
    except OSError:
        return [folder.st_dev, folder.st_ino]
    return [folder.st_dev, folder.st_ino, settings.st_ino, settings.st_ctime_ns]


def _file() -> Path:
    return state_folder() / "trusted-environments.json"


def _read() -> dict[str, object]:
    """Marks by path. A file that cannot be read trusts nothing: what it said is asked for anew."""
    try:
        held: object = json.loads(_file().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", held) if isinstance(held, dict) else {}


def _write(marks: dict[str, object]) -> None:
    write_private(_file(), json.dumps(marks, indent=1))
