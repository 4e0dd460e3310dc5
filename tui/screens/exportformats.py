"""The list of formats that a notebook can be exported to, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.export.formats import Format
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.dialog import ListDialog
from tui.screens.pathquestion import Named, PathQuestion, Unnamed
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_ABOUT: Final = Style(Role.MUTED)
_NAMES: Final = 12
"""The columns of the names of formats."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Export it so, to there: a person has agreed where there is a file."""

    format: Format
    path: Path


class ExportFormatsScreen(ListDialog[ExportChoice], inherit_bindings=False):
    """Ends with the format and the path, or with None."""

    HEADING = "Export to"
    HINTS = Hints((Hint("Enter", "say where to"), Hint("Up Down", "choose"), Hint("Esc", "close")))

    def __init__(self, formats: Sequence[Format], stem: str, folder: Path, palette: Palette) -> None:
        """`stem` and the format's suffix are offered for a file; relative names are in `folder`."""
        super().__init__(palette)
        self._formats = formats
        self._stem = stem
        self._folder = folder
        self._question: PathQuestion | None = None
        """Asks for the path; None while a format is chosen."""

    def rows(self, width: int) -> list[Row]:
        """All formats."""
        return [_row(each, width) for each in self._formats]

    def answer(self, index: int) -> None:
        """Nothing yet: where to is still to be said."""
        self._question = PathQuestion(f"{self._stem}{self._formats[index].suffix}", self._folder)
        self.show_lines()

    def on_key(self, event: events.Key) -> None:
        """While a path is typed, keys are for that."""
        event.stop()
        if self._question is None:
            super().on_key(event)
            return
        match self._question.take_key(event):
            case Named(path):
                self.dismiss(ExportChoice(self._formats[self.list.marked], path))
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


def _row(format_: Format, width: int) -> Row:
    name = clean(format_.name).ljust(_NAMES)
    return crop((*text_row(f"{name} "), *text_row(clean(format_.about), _ABOUT)), 0, width)
