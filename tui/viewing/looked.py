"""A notebook that is only looked at: where it came from, and why it cannot be saved there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tui.files.errors import NotFound, NotWritable
from tui.files.notebookfile import NotebookFile, ReadOnly, given, read
from tui.files.place import Found, FoundHere, Here, Place
from tui.viewing.fetching import Fetched

_KEEPS = "S keeps a copy of it, to be edited and run"


@dataclass(frozen=True, slots=True)
class OnTheWeb:
    """The place of a notebook that was fetched: there is nothing to be written, nor to be watched."""

    name: str
    url: str

    @property
    def path(self) -> Path:
        """What to call it."""
        return Path(self.name)

    @property
    def identity(self) -> str:
        """Its address."""
        return self.url

    def another(self, written: str) -> Place:
        """A path of this machine, seen from where tnb was begun."""
        return Here(Path.cwd() / self.name).another(written)

    def read(self) -> bytes:
        """Never again. Raises NotFound."""
        raise NotFound(self.path, f"it is at {self.url}")

    def is_writable(self) -> bool:
        """It is not."""
        return False

    def look(self) -> Found:
        """There is no file."""
        return FoundHere(None, None)

    def write(self, data: bytes, found: Found, *, anyway: bool) -> str | None:  # noqa: ARG002 - it never is
        """Raises NotWritable."""
        raise NotWritable(self.path, f"not saved, it is at {self.url}", "keep a copy")


def looked_at(fetched: Fetched) -> NotebookFile:
    """The notebook that was fetched. Raises CannotRead."""
    file = given(Path(fetched.name), fetched.data)
    return _to_look_at(replace(file, place=OnTheWeb(fetched.name, fetched.url)), f"it is from {fetched.url}")


def looked_at_here(path: Path) -> NotebookFile:
    """A notebook of this machine. Raises CannotRead."""
    return _to_look_at(read(path), "it was opened to be looked at")


def _to_look_at(file: NotebookFile, why: str) -> NotebookFile:
    if file.read_only is not None:
        return file
    return replace(file, read_only=ReadOnly(f"{why}; {_KEEPS}", is_of_place=True), warning=f"{why}; {_KEEPS}")
