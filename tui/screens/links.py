"""The list of a cell's links: one of them is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.links import Link
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.dialog import ListDialog
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.rows import Row

_TARGET = Style(Role.MUTED)


class LinksScreen(ListDialog[Link], inherit_bindings=False):
    """Ends with the link that was chosen, or with None."""

    HEADING = "Links"
    HINTS = Hints((Hint("Enter", "follow it"), Hint("Up Down", "choose"), Hint("Esc", "close")))

    def __init__(self, links: Sequence[Link], palette: Palette) -> None:
        super().__init__(palette)
        self._links = links

    def answer(self, index: int) -> Link:
        """The link in that row."""
        return self._links[index]

    def rows(self, width: int) -> list[Row]:
        """All links."""
        return [link_row(link, width) for link in self._links]


def link_row(link: Link, width: int) -> Row:
    """A link's text, and where it leads if that is not the same."""
    text = text_row(clean(link.text), Style(Role.LINK)) if link.text.strip() else ()
    target = text_row(clean(link.target), _TARGET)
    if not text or link.text == link.target:
        return crop(text or target, 0, width)
    shown = crop(text, 0, max(width // 2, width - row_width(target) - 2))
    return crop((*shown, *text_row("  "), *target), 0, width)
