"""What was run before, to be searched: type to find, Enter to have it in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keynotation import name_of
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.theme import Palette

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "put it in the cell"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_PLACEHOLDER = "type what it holds"
_NONE_FITS = text_row(" Nothing that was run holds this.", Style(Role.MUTED))
_NOTE = Style(Role.MUTED)


class HistorySearch(ModalScreen[str | None], inherit_bindings=False):
    """Ends with the source that was chosen, or with None."""

    AUTO_FOCUS = None

    def __init__(self, entries: Sequence[str], palette: Palette) -> None:
        """`entries` are the newest first, each once."""
        super().__init__()
        self._entries = entries
        self._query = ""
        self._found: Sequence[str] = entries
        self._prompt = RowLine(palette, _BACKGROUND)
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, what holds it, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "History"
            yield self._prompt
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """All is as wide as there is room."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, closes, or is typed."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self._choose(self._list.marked)
        elif not self._list.take_key(name) and (query := typed(self._query, event)) is not None:
            self._find(query)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._find(pasted(self._query, event.text))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    def _choose(self, index: int) -> None:
        if index < len(self._found):
            self.dismiss(self._found[index])

    def _find(self, query: str) -> None:
        """Look for all words of the query, in any case unless it has capitals."""
        self._query = query
        has_capitals = query != query.lower()
        words = query.split()
        self._found = [
            entry
            for entry in self._entries
            if all(word in (entry if has_capitals else entry.lower()) for word in words)
        ]
        self._list.rebuild()
        self._show()

    def _show(self) -> None:
        self._prompt.show(query_row(self._query, self._prompt.size.width, _PLACEHOLDER))
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))

    def _rows(self, width: int) -> list[Row]:
        return [_row(entry, width) for entry in self._found] or [_NONE_FITS]


def _row(entry: str, width: int) -> Row:
    """Its first line with code, and how many more there are."""
    lines = entry.strip().split("\n")
    more = text_row(f" +{len(lines) - 1} lines" if len(lines) > 1 else "", _NOTE)
    return (*crop(text_row(clean(lines[0].expandtabs(4))), 0, width - row_width(more)), *more)
