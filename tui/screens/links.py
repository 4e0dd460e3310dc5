"""The list of a cell's links: one of them is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keynotation import name_of
from tui.render.links import Link
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.render.rows import Row

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "follow it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_TARGET = Style(Role.MUTED)


class LinksScreen(ModalScreen[Link | None], inherit_bindings=False):
    """Ends with the link that was chosen, or with None."""

    AUTO_FOCUS = None

    def __init__(self, links: Sequence[Link], palette: Palette) -> None:
        super().__init__()
        self._links = links
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The links, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Links"
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(lambda: self._bottom.show(bottom_row(_HINTS, self._bottom.size.width)))

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, or closes."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c", "q"):
            self.dismiss(None)
        elif name == "enter":
            self.dismiss(self._links[self._list.marked])
        else:
            self._list.take_key({"j": "down", "k": "up"}.get(name, name))

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self.dismiss(self._links[event.index])

    def _rows(self, width: int) -> list[Row]:
        return [link_row(link, width) for link in self._links]


def link_row(link: Link, width: int) -> Row:
    """A link's text, and where it leads if that is not the same."""
    text = text_row(clean(link.text), Style(Role.LINK)) if link.text.strip() else ()
    target = text_row(clean(link.target), _TARGET)
    if not text or link.text == link.target:
        return crop(text or target, 0, width)
    shown = crop(text, 0, max(width // 2, width - row_width(target) - 2))
    return crop((*shown, *text_row("  "), *target), 0, width)
