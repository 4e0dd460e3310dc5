"""The line in which a person types where the notebook is to be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_BACKGROUND: Final = "surface"
_HINTS: Final = Hints((Hint("Enter", "save"), Hint("^U", "clear"), Hint("Esc", "back")))
_PLACEHOLDER: Final = "a name, or a path"


class SaveAsScreen(Containing, ModalScreen[str | None], inherit_bindings=False):
    """Ends with the path as it was typed, or with None."""

    AUTO_FOCUS = None

    def __init__(self, offered: str, palette: Palette) -> None:
        super().__init__()
        self._path = offered
        self._prompt = RowLine(palette, _BACKGROUND)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Save as"
            yield self._prompt
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Is typed, saves, or goes back."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self.dismiss(self._path.strip() or None)
        elif (path := typed(self._path, event)) is not None:
            self._path = path
            self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._path = pasted(self._path, event.text)
        self._show()

    def _show(self) -> None:
        self._prompt.show(query_row(self._path, self._prompt.size.width, _PLACEHOLDER))
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))
