"""How a notebook is written in its file: as JSON (jsonform.py), or as text with cells in it (textform.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.document.notebook import Notebook


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why a notebook can be looked at but not saved."""

    reason: str
    """One line for a person."""
    is_of_place: bool = False
    """Whether a copy at another place can be edited."""


class Form(Protocol):
    """The bytes of a file, and what is known of how a notebook stands in them. It does not change."""

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        ...

    @property
    def holds_outputs(self) -> bool:
        """Whether outputs and counts are part of it."""
        ...

    def woven(self, path: Path, old: Notebook, new: Notebook) -> Form:
        """The form of `new`, made of this one, which is that of `old`: what did not change stays as it is.

        It has proved to read as `new`. Raises SaveMismatch, for a file at `path`, where it would not, and
        RecursionError where something nests too deeply to be written.
        """
        ...

    def following(self, before: Form) -> Form:
        """This form of a file that was read anew, with what the one before remembers of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Rest:
    """What is behind the first cells of a notebook, known to be cells but not made yet."""

    count: int
    """How many cells there are in all."""
    whole: Callable[[], Notebook]
    """Makes the notebook."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read of a file."""

    notebook: Notebook
    form: Form
    read_only: ReadOnly | None = None
    warning: str | None = None
    rest: Rest | None = None
    """Where `notebook` has only the first cells."""
