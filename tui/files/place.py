"""Where a notebook's file is, as opening and saving need it: on this machine, or (farplace.py) on another."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from kernelbridge.keeper.files.wholefile import Signature, signature, special_kind
from tui.files.errors import CannotRead, ChangedOutside, NotFound, OutsideChange
from tui.files.regularfile import not_regular, read_bytes


class Found(Protocol):
    """What is there at one moment."""

    @property
    def exists(self) -> bool:
        """Whether there is anything of that name."""
        ...

    def holds(self, data: bytes) -> bool:
        """Whether it is a file of just these bytes."""
        ...


class Place(Protocol):
    """A file's place. What a method does may take long, and may be done on any thread."""

    @property
    def path(self) -> Path:
        """What to call it in a message; its last part is the file's name."""
        ...

    @property
    def identity(self) -> str:
        """What the keeper of the notebook there knows it by: its real path there."""
        ...

    def another(self, written: str) -> Place:
        """The place on the same machine that a person wrote, as seen from this one. Raises CannotRead."""
        ...

    def read(self) -> bytes:
        """All of the file. Raises CannotRead."""
        ...

    def is_writable(self) -> bool:
        """Whether the file may be written, as far as can be known without doing so."""
        ...

    def look(self) -> Found:
        """What is there now. Raises CannotSave where that cannot be found out."""
        ...

    def write(self, data: bytes, found: Found, *, anyway: bool) -> str | None:
        """Write the file whole; returns a warning where that may not last. Raises CannotSave.

        Unless `anyway`, nothing is written where it is no longer as it was found.
        """
        ...


def with_suffix(written: str) -> str:
    """A path that a person wrote, as that of a notebook."""
    return written if PurePath(written).suffix or written.endswith("/") else f"{written}.ipynb"


@dataclass(frozen=True, slots=True)
class FoundHere:
    """What is on this machine's disk at one moment."""

    data: bytes | None
    """None where there is no file, or none that can be read."""
    signature: Signature
    """None where there is no file."""

    @property
    def exists(self) -> bool:
        """Whether there is anything of that name."""
        return self.signature is not None

    def holds(self, data: bytes) -> bool:
        """Whether it is a file of just these bytes."""
        return self.data == data


@dataclass(frozen=True, slots=True)
class Here:
    """A path on this machine."""

    path: Path

    @property
    def identity(self) -> str:
        """Its real path."""
        return str(self.path.resolve())

    def another(self, written: str) -> Here:
        """A path that is seen from the file's folder. Raises CannotRead for a device and the like."""
        for each in (written, with_suffix(written)):
            path = Path(each)
            with suppress(RuntimeError):  # where there is no such user
                path = path.expanduser()
            path = self.path.parent / path
            if kind := special_kind(path):
                raise not_regular(path, kind)
        return Here(path)

    def read(self) -> bytes:
        """All of the file. Raises CannotRead."""
        return read_bytes(self.path)

    def is_writable(self) -> bool:
        """Whether the file may be written."""
        return os.access(self.path, os.W_OK)

    def look(self) -> FoundHere:
        """What is there now."""
        seen = signature(self.path)
        try:
            return FoundHere(read_bytes(self.path), seen)
        except NotFound:
            return FoundHere(None, None)
        except CannotRead:
            return FoundHere(None, seen)

    def write(self, data: bytes, found: Found, *, anyway: bool) -> str | None:
        """Write the file whole; its status is compared once more right before the old text goes."""
        from tui.files import atomic  # late: reading a file does without what writing takes

        def check() -> None:
            if not anyway and isinstance(found, FoundHere) and signature(self.path) != found.signature:
                raise ChangedOutside(self.path, OutsideChange.MODIFIED)

        return atomic.write(self.path, data, new=not found.exists, check=check)
