"""A line at the bottom that asks where to save something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.screens.newestsize import heed_newest_size
from tui.screens.pathquestion import Named, PathQuestion, Unnamed
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.theme import Palette

_BACKGROUND: Final = "surface"


class AskPathScreen(Containing, ModalScreen[Named | None], inherit_bindings=False):
    """Ends with the path, or with None."""

    AUTO_FOCUS = None

    def __init__(self, written: str, folder: Path, palette: Palette) -> None:
        """`written` is offered; relative names are in `folder`."""
        super().__init__()
        self._question = PathQuestion(written, folder)
        self._line = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The line."""
        yield self._line

    def on_resize(self, event: events.Resize) -> None:
        """The line is as wide as the screen."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Is typed, answers, or closes."""
        event.stop()
        match self._question.take_key(event):
            case Named() as named:
                self.dismiss(named)
            case Unnamed.LEFT:
                self.dismiss(None)
            case Unnamed.ASKING:
                self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed."""
        event.stop()
        self._question.take_paste(event.text)
        self._show()

    def _show(self) -> None:
        self._line.show(self._question.row(self._line.size.width))
