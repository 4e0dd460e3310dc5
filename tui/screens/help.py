"""All keys at a glance, to scroll through."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keymap import Keymap
from tui.keynotation import name_of
from tui.screens.helprows import help_rows
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Esc", "close"), Hint("j k PgDn PgUp", "scroll")))
_ALL = 1 << 31


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """Shows every action that there is and its keys."""

    AUTO_FOCUS = None

    def __init__(self, keymap: Keymap, palette: Palette) -> None:
        super().__init__()
        self._list = RowList(palette, _BACKGROUND, partial(help_rows, keymap))
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The keys, and how to get away."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Keys"
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The hints are those that fit."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_bottom)

    def on_key(self, event: events.Key) -> None:
        """Scrolls, or closes."""
        event.stop()
        page = max(1, self._list.size.height - 1)
        match name_of(event.key, event.character):
            case "escape" | "q" | "?" | "h" | "f1" | "enter" | "ctrl+c":
                self.dismiss(None)
            case "down" | "j":
                self._list.scroll_rows(1)
            case "up" | "k":
                self._list.scroll_rows(-1)
            case "pagedown" | "space" | "ctrl+d":
                self._list.scroll_rows(page)
            case "pageup" | "shift+space" | "ctrl+u":
                self._list.scroll_rows(-page)
            case "home" | "g":
                self._list.scroll_rows(-_ALL)
            case "end" | "G":
                self._list.scroll_rows(_ALL)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    def _show_bottom(self) -> None:
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))
