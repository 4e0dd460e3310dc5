"""What was run before, to be searched: type to find, Enter to have it in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.dialog import SearchDialog
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.theme import Palette

_NONE_FITS = text_row(" Nothing that was run holds this.", Style(Role.MUTED))
_NOTE = Style(Role.MUTED)


class HistorySearch(SearchDialog[str], inherit_bindings=False):
    """Ends with the source that was chosen, or with None."""

    HEADING = "History"
    HINTS = Hints((Hint("Enter", "put it in the cell"), Hint("Up Down", "choose"), Hint("Esc", "close")))
    PLACEHOLDER = "type what it holds"

    def __init__(self, entries: Sequence[str], palette: Palette) -> None:
        """`entries` are the newest first, each once."""
        super().__init__(palette)
        self._entries = entries
        self._found: Sequence[str] = ()

    def answer(self, index: int) -> str | None:
        """The source in that row."""
        return self._found[index] if index < len(self._found) else None

    def rows(self, width: int) -> list[Row]:
        """The entries that hold all words of the query, in any case unless it has capitals."""
        query = self.query_text
        has_capitals, words = query != query.lower(), query.split()
        self._found = [
            entry
            for entry in self._entries
            if all(word in (entry if has_capitals else entry.lower()) for word in words)
        ]
        return [_row(entry, width) for entry in self._found] or [_NONE_FITS]


def _row(entry: str, width: int) -> Row:
    """Its first line with code, and how many more there are."""
    lines = entry.strip().split("\n")
    more = text_row(f" +{len(lines) - 1} lines" if len(lines) > 1 else "", _NOTE)
    return (*crop(text_row(clean(lines[0].expandtabs(4))), 0, width - row_width(more)), *more)
