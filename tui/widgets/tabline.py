"""The line of tabs above a notebook, where there is more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.theme import Palette

_FRONT = Style(Role.HEADING, bold=True, reverse=True)
_OTHER = Style(Role.MUTED)
_MARK = Style(Role.WARNING)
_GAP = text_row(" ")
_LEAST = 8
"""Cells of a name that is cut."""


@dataclass(frozen=True, slots=True)
class TabTitle:
    """What one tab shows."""

    name: str
    is_front: bool
    is_modified: bool = False
    is_running: bool = False


class TabLine(RowLine):
    """One row of tabs; hidden where there is nothing to choose."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette, "panel")
        self.display = False
        self._titles: Sequence[TabTitle] = ()

    def show_tabs(self, titles: Sequence[TabTitle], width: int) -> None:
        """Show these."""
        self._titles = titles
        self.display = bool(titles)
        if titles:
            self.show(tab_row(titles, width))

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        event.stop()
        index = tab_at(self._titles, self.size.width, event.x)
        if index is not None:
            self.post_message(self.Chosen(index))


def tab_row(titles: Sequence[TabTitle], width: int) -> Row:
    """The tabs, those from the one in front on where not all fit."""
    pieces = _pieces(titles, width)
    first = _first(titles, pieces, width)
    spans = tuple(span for piece in pieces[first:] for span in (*_GAP, *piece))
    return crop(spans, 0, width)


def tab_at(titles: Sequence[TabTitle], width: int, column: int) -> int | None:
    """The tab at a column."""
    pieces = _pieces(titles, width)
    start = 0
    for index in range(_first(titles, pieces, width), len(pieces)):
        start += 1
        if start <= column < start + row_width(pieces[index]):
            return index
        start += row_width(pieces[index])
    return None


def _first(titles: Sequence[TabTitle], pieces: Sequence[Row], width: int) -> int:
    """The first tab that is shown: all, unless that leaves the one in front out."""
    front = next((at for at, title in enumerate(titles) if title.is_front), 0)
    first = 0
    while first < front and sum(row_width(piece) + 1 for piece in pieces[first : front + 1]) > width:
        first += 1
    return first


def _pieces(titles: Sequence[TabTitle], width: int) -> list[Row]:
    room = max(_LEAST, width // max(1, len(titles)) - 6)
    return [_piece(title, room) for title in titles]


def _piece(title: TabTitle, room: int) -> Row:
    name = text_row(f" {clean(title.name)} ", _FRONT if title.is_front else _OTHER)
    if row_width(name) > room + 2:
        name = (*crop(name, 0, room), *text_row("… ", name[0].style))
    running = text_row("⠿", Style(Role.ACCENT)) if title.is_running else ()
    return (*name, *running, *(text_row("●", _MARK) if title.is_modified else ()))
