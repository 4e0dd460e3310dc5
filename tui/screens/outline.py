"""The outline over the notebook: type to find a heading, Enter to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.dialog import SearchDialog
from tui.screens.outlinerows import Entry, entries_that_fit, nearest, outline_rows
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.render.rows import Row
    from tui.theme import Palette


class OutlineScreen(SearchDialog[Entry], inherit_bindings=False):
    """Ends with the entry that was chosen, or with None."""

    HEADING = "Outline"
    HINTS = Hints((Hint("Enter", "go there"), Hint("Up Down", "choose"), Hint("Esc", "close")))
    PLACEHOLDER = "type to find a heading, or what runs or failed"

    def __init__(self, entries: Sequence[Entry], index: int, palette: Palette) -> None:
        """`index` is that of the focused cell, above which the mark begins."""
        super().__init__(palette)
        self._entries = entries
        self._index: int | None = index
        self._shown: Sequence[Entry] = ()

    def rows(self, width: int) -> list[Row]:
        """The entries that fit."""
        self._shown = entries_that_fit(self._entries, self.query_text)
        return outline_rows(self._shown, self.query_text, width)

    def answer(self, index: int) -> Entry | None:
        """The entry in that row."""
        return self._shown[index] if index < len(self._shown) else None

    def on_resize(self, event: events.Resize) -> None:
        """Once there are rows, the mark goes to where one is."""
        super().on_resize(event)
        if self._index is not None:
            self.call_after_refresh(self.list.mark, nearest(self._shown, self._index))
            self._index = None
