"""The notebooks in a folder and in those below it, found within bounds: folders may be huge, or slow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

MOST_FOUND: Final = 1_000
MOST_LOOKED_AT: Final = 20_000
"""Entries of folders."""
_DEEPEST: Final = 6
_PASSED_OVER: Final = frozenset(("node_modules", "__pycache__", "site-packages"))


def notebooks_below(folder: Path) -> list[Path]:
    """Those that are not hidden, of the nearest folders first, by name; links to folders are not followed."""
    found: list[Path] = []
    looked_at = 0
    level = [folder]
    for _ in range(_DEEPEST):
        below: list[Path] = []
        for each in level:
            entries = _entries(each, MOST_LOOKED_AT - looked_at)
            looked_at += len(entries)
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.name.endswith(".ipynb"):
                    found.append(each / entry.name)
                elif _is_folder(entry) and entry.name not in _PASSED_OVER:
                    below.append(each / entry.name)
            if len(found) >= MOST_FOUND or looked_at >= MOST_LOOKED_AT:
                return found[:MOST_FOUND]
        level = below
    return found


def _entries(folder: Path, most: int) -> list[os.DirEntry[str]]:
    """Its first entries, by name; none of a folder that cannot be read."""
    try:
        with os.scandir(folder) as entries:
            taken = [entry for entry, _ in zip(entries, range(most), strict=False)]
    except OSError:
        return []
    return sorted(taken, key=lambda entry: entry.name.casefold())


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def free_name(folder: Path) -> Path:
    """A name for a new notebook, as Jupyter gives it: Untitled.ipynb, Untitled1.ipynb, ..."""
    number = 0
    while os.path.lexists(path := folder / f"Untitled{number or ''}.ipynb"):
        number += 1
    return path
