"""A list in a frame of which what is taken is saved: where to is typed in the line below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.screens.dialog import ListDialog
from tui.screens.pathquestion import Named, PathQuestion, Unnamed
from tui.theme import Palette

if TYPE_CHECKING:
    from textual import events

    from tui.render.rows import Row

T = TypeVar("T")


class PathDialog(ListDialog[T], inherit_bindings=False):
    """Ends with what a row stands for at that path, or with None."""

    def __init__(self, folder: Path, palette: Palette) -> None:
        """Relative names are in `folder`."""
        super().__init__(palette)
        self._folder = folder
        self._question: PathQuestion | None = None
        """Asks for the path; None while a row is chosen."""

    def saved(self, index: int, named: Named) -> T:
        """What that row stands for, saved there: a person has agreed where there is a file."""
        raise NotImplementedError

    def ask_where(self, offered: str) -> None:
        """Ask for the path of the marked row; a name is offered."""
        self._question = PathQuestion(offered, self._folder)
        self.show_lines()

    def on_key(self, event: events.Key) -> None:
        """While a path is typed, keys are for that."""
        event.stop()
        if self._question is None:
            super().on_key(event)
            return
        match self._question.take_key(event):
            case Named() as named:
                self.dismiss(self.saved(self.list.marked, named))
                return
            case Unnamed.LEFT:
                self._question = None
            case Unnamed.ASKING:
                pass
        self.show_lines()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed."""
        event.stop()
        if self._question is not None:
            self._question.take_paste(event.text)
            self.show_lines()

    def bottom(self, width: int) -> Row:
        """The keys, the path, or whether a file may be written over."""
        return super().bottom(width) if self._question is None else self._question.row(width)
