"""Where to save something: a path typed in the bottom line of a dialog, and asked again over another file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.keynotation import name_of
from tui.widgets.hintline import Question, bottom_row
from tui.widgets.queryline import pasted, query_row, typed

if TYPE_CHECKING:
    from textual import events

    from tui.render.rows import Row


@dataclass(frozen=True, slots=True)
class Named:
    """Save it there; over another file only if a person said so."""

    path: Path
    over: bool = False


class Unnamed(Enum):
    """There is no path, or not yet."""

    ASKING = "asking"
    LEFT = "left"


Answered: TypeAlias = Named | Unnamed


class PathQuestion:
    """What has been typed so far."""

    def __init__(self, written: str, folder: Path) -> None:
        """`written` is offered; relative names are in `folder`."""
        self._written = written
        self._folder = folder
        self._asks_over = False

    def take_key(self, event: events.Key) -> Answered:
        """A key is typed, answers, or leaves."""
        name = name_of(event.key, event.character)
        leaves = name in ("escape", "ctrl+c")
        if self._asks_over:
            self._asks_over = not (leaves or name == "o")
            return Named(self._full, over=True) if name == "o" else Unnamed.ASKING
        if leaves:
            return Unnamed.LEFT
        if name == "enter":
            return self._taken()
        self._written = self._written if (path := typed(self._written, event)) is None else path
        return Unnamed.ASKING

    def take_paste(self, text: str) -> None:
        """Pasted text counts as typed."""
        if not self._asks_over:
            self._written = pasted(self._written, text)

    def row(self, width: int) -> Row:
        """The line at the bottom."""
        if self._asks_over:
            return bottom_row(Question(f"{self._full.name} exists", {"o": "overwrite it"}), width)
        return query_row(self._written, width, "where to save it")

    def _taken(self) -> Answered:
        if not self._written.strip():
            return Unnamed.ASKING
        self._asks_over = self._full.exists()
        return Unnamed.ASKING if self._asks_over else Named(self._full)

    @property
    def _full(self) -> Path:
        path = Path(self._written.strip())
        with suppress(RuntimeError):  # where there is no such user
            path = path.expanduser()
        return self._folder / path
