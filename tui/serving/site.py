"""What is served: notebooks of this machine, of folders and of the web, and the pictures beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from kernelbridge.keeper.files.wholefile import Signature, signature
from tui.viewing.fetching import Fetched

PICTURES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""Files beside a notebook that its page may show."""
_SUFFIX: Final = ".ipynb"
_MOST: Final = 2000
"""Notebooks of a folder in the index."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Notebooks of a folder, all of them or one."""

    path: Path
    only: str | None = None

    @property
    def title(self) -> str:
        """What the index calls it."""
        return str(self.path if self.only is None else self.path / self.only)

    def notebooks(self) -> Sequence[str]:
        """Their paths in the folder, sorted; hidden ones are left out."""
        return [self.only] if self.only is not None else sorted(_below(self.path))

    def file(self, name: str) -> Path | None:
        """The notebook or the picture of that path; None for what is not served."""
        place = Path(os.path.realpath(self.path / name))
        within = Path(os.path.realpath(self.path))
        if not place.is_relative_to(within) or any(part.startswith(".") for part in Path(name).parts):
            return None
        if place.suffix not in PICTURES and (Path(name).suffix != _SUFFIX or self.only not in (None, name)):
            return None
        return place if place.is_file() else None

    def version(self, name: str) -> Signature:
        """Another one when the notebook has changed."""
        place = self.file(name)
        return None if place is None else signature(place)


@dataclass(frozen=True, slots=True)
class Web:
    """A notebook that was fetched."""

    fetched: Fetched

    @property
    def title(self) -> str:
        """What the index calls it."""
        return self.fetched.url

    def notebooks(self) -> Sequence[str]:
        """Itself."""
        return [self.fetched.name]


Root: TypeAlias = Folder | Web


@dataclass(frozen=True, slots=True)
class Entry:
    """A notebook in the index."""

    key: int
    """Which root it is of."""
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that is served."""

    roots: tuple[Root, ...]

    def entries(self) -> Sequence[tuple[Root, Sequence[Entry]]]:
        """The index: the notebooks of each root."""
        return [
            (root, [Entry(key, name) for name in root.notebooks()]) for key, root in enumerate(self.roots)
        ]

    def root(self, key: str) -> Root | None:
        """The root of that number."""
        return (
            self.roots[int(key)] if key.isdecimal() and key.isascii() and int(key) < len(self.roots) else None
        )


def _below(folder: Path) -> Iterator[str]:
    found = 0
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(_SUFFIX) and not name.startswith("."):
                yield str(Path(parent, name).relative_to(folder))
                found += 1
                if found == _MOST:
                    return
