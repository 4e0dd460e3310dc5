"""A line to type an answer into, above everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.theme import Palette

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "do it"), Hint("^U", "clear"), Hint("Esc", "close")))


class LinePrompt(Containing, ModalScreen[str | None], inherit_bindings=False):
    """Ends with what was typed, or with None."""

    AUTO_FOCUS = None

    def __init__(self, title: str, palette: Palette, offered: str = "", placeholder: str = "") -> None:
        """`offered` stands there to be changed; `placeholder` says what can be typed where nothing is."""
        super().__init__()
        self._title = title
        self._typed = offered
        self._placeholder = placeholder
        self._prompt = RowLine(palette, _BACKGROUND)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self._title
            yield self._prompt
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """Both lines are as wide as there is room."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Is typed, ends, or closes."""
        event.stop()
        match name_of(event.key, event.character):
            case "escape" | "ctrl+c" | "ctrl+g":
                self.dismiss(None)
            case "enter":
                self.dismiss(self._typed.strip() or None)
            case _:
                text = typed(self._typed, event)
                self._typed = self._typed if text is None else text
                self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._typed = pasted(self._typed, event.text)
        self._show()

    def _show(self) -> None:
        self._prompt.show(query_row(self._typed, self._prompt.size.width, self._placeholder))
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))
