"""All keys at a glance, to scroll through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import Keymap
from tui.keynotation import name_of
from tui.screens.dialog import ListDialog
from tui.screens.helprows import help_rows
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.render.rows import Row


class HelpScreen(ListDialog[None], inherit_bindings=False):
    """Shows every action that there is and its keys."""

    HEADING = "Keys"
    HINTS = Hints((Hint("Esc", "close"), Hint("j k PgDn PgUp", "scroll")))
    CLOSING = ("escape", "q", "?", "h", "f1", "enter", "ctrl+c")
    MARKS = False

    def __init__(self, keymap: Keymap, palette: Palette) -> None:
        super().__init__(palette)
        self._keymap = keymap

    def rows(self, width: int) -> Sequence[Row]:
        """All keys."""
        return help_rows(self._keymap, width)

    def answer(self, index: int) -> None:
        """There is nothing to take."""

    def take_other_key(self, event: events.Key) -> None:
        """Scroll."""
        self.list.take_scrolling(name_of(event.key, event.character))
