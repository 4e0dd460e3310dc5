"""Breakpoints on disk: one file for each notebook that has any, in the user's own folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Final, cast

from tui.debugging.keptbreakpoints import DamagedBreakpointsError, KeptCell, read_kept
from tui.files.privatefile import write_private
from tui.locations import state_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kernelbridge.keeper.jsontypes import JsonObject, JsonValue

_NAME: Final = "breakpoints"
_LONGEST: Final = 1 << 22
"""Bytes that are read."""
_MOST: Final = 500
"""Notebooks; the breakpoints that were set longest ago are forgotten first."""


def load(notebook: str) -> tuple[KeptCell, ...]:
    """Those of the notebook of that name. Raises OSError and DamagedBreakpointsError.

    A file that is damaged is removed: what it said is lost, and to be told once.
    """
    path = _path(notebook)
    try:
        with path.open("rb") as file:
            held = cast("JsonValue", json.loads(file.read(_LONGEST)))
        return _cells_in(held)
    except FileNotFoundError:
        return ()
    except (ValueError, RecursionError, DamagedBreakpointsError) as error:
        path.unlink()
        raise DamagedBreakpointsError from error


def _cells_in(held: JsonValue) -> tuple[KeptCell, ...]:
    match held:
        case {"cells": cells}:
            return read_kept(cells)
        case _:
            raise DamagedBreakpointsError


def store(notebook: str, cells: Sequence[KeptCell]) -> None:
    """Keep them in place of those that were kept. Raises OSError."""
    path = _path(notebook)
    if not cells:
        path.unlink(missing_ok=True)
        return
    is_new = not path.exists()
    value: JsonObject = {"notebook": notebook, "cells": [cell.to_json() for cell in cells]}
    write_private(path, json.dumps(value, indent=1))
    if is_new:
        _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    with contextlib.suppress(OSError):  # others may do the same at the same time
        files = sorted(folder.glob("*.json"), key=lambda each: each.stat().st_mtime_ns)
        for each in files[:-_MOST]:
            each.unlink()


def _path(notebook: str) -> Path:
    digest = hashlib.sha256(notebook.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return state_folder() / _NAME / f"{digest}.json"
