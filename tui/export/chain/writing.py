"""What was exported, into files: the export itself, and pictures and the like in a folder beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tui.export.chain.errors import ExportError
from tui.export.chain.exporting import Exported
from tui.files.errors import shown, system_reason
from tui.files.opened import save_new, save_over


def write_export(exported: Exported, path: Path) -> Sequence[Path]:
    """Write it at `path`, with the folder for its files; all that was written, the export first.

    Raises ExportError, also where a picture of the notebook would be outside of that folder.
    """
    folder = path.with_name(f"{path.stem}_files")
    beside = [(_inside(folder, name), data) for name, data in exported.files.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for place, data in beside:
            place.parent.mkdir(parents=True, exist_ok=True)
            put(place, data)
        put(path, exported.data)
    except OSError as error:
        raise ExportError(f"not written, {system_reason(error)}: {shown(path)}") from error
    return [path, *(place for place, _ in beside)]


def put(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all where there was one. Raises OSError."""
    if path.exists():
        save_over(path, data)
    else:
        save_new(path, data)


def _inside(folder: Path, name: str) -> Path:
    place = Path(os.path.normpath(folder.parent / name))
    if place == folder or not place.is_relative_to(folder) or _leads_out(folder, place):
        raise ExportError(
            f"not written: a picture of the notebook would be {shown(Path(name))}, outside of {folder}"
        )
    return place


def _leads_out(folder: Path, place: Path) -> bool:
    """Whether a link would have it elsewhere."""
    return folder.is_symlink() or not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder))
