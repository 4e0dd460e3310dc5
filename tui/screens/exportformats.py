"""The list of formats that a notebook can be exported to, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keynotation import name_of
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.screens.pathquestion import Named, PathQuestion, Unnamed
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.export.formats import Format
    from tui.theme import Palette

_BACKGROUND: Final = "surface"
_HINTS: Final = Hints((Hint("Enter", "say where to"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_ABOUT: Final = Style(Role.MUTED)
_NAMES: Final = 12
"""The columns of the names of formats."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Export it so, to there; over another file only if a person said so."""

    format: Format
    path: Path


class ExportFormatsScreen(ModalScreen[ExportChoice | None], inherit_bindings=False):
    """Ends with the format and the path, or with None."""

    AUTO_FOCUS = None

    def __init__(self, formats: Sequence[Format], stem: str, folder: Path, palette: Palette) -> None:
        """`stem` and the format's suffix are offered for a file; relative names are in `folder`."""
        super().__init__()
        self._formats = formats
        self._stem = stem
        self._folder = folder
        self._question: PathQuestion | None = None
        """Asks for the path; None while a format is chosen."""
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The formats, and the keys or the path."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Export to"
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_bottom)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, is typed, answers, or closes."""
        event.stop()
        if self._question is None:
            self._choose(name_of(event.key, event.character))
        else:
            self._ask(self._question, event)
        if self.is_attached:
            self._show_bottom()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed."""
        event.stop()
        if self._question is not None:
            self._question.take_paste(event.text)
            self._show_bottom()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index)

    def _choose(self, key: str) -> None:
        match key:
            case "escape" | "q" | "ctrl+c":
                self.dismiss(None)
            case "enter":
                chosen = self._formats[self._list.marked]
                self._question = PathQuestion(f"{self._stem}{chosen.suffix}", self._folder)
            case _:
                self._list.take_key({"j": "down", "k": "up"}.get(key, key))

    def _ask(self, question: PathQuestion, event: events.Key) -> None:
        match question.take_key(event):
            case Named(path):
                self.dismiss(ExportChoice(self._formats[self._list.marked], path))
            case Unnamed.LEFT:
                self._question = None
            case Unnamed.ASKING:
                pass

    def _show_bottom(self) -> None:
        width = self._bottom.size.width
        self._bottom.show(self._question.row(width) if self._question else bottom_row(_HINTS, width))

    def _rows(self, width: int) -> list[Row]:
        return [_row(each, width) for each in self._formats]


def _row(format_: Format, width: int) -> Row:
    name = clean(format_.name).ljust(_NAMES)
    return crop((*text_row(f"{name} "), *text_row(clean(format_.about), _ABOUT)), 0, width)
