"""Pictures on the whole screen, one at a time, as large as the terminal allows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.render.drawing import CannotDrawError, Pending
from tui.render.picture.draw import draw_picture
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.render.canvas import Canvas
    from tui.render.content import Content
    from tui.render.rows import Row
    from tui.theme import Palette

_AS_LARGE_AS_FITS: Final = {"width": 100_000}
_MUTED: Final = Style(Role.MUTED)


class PicturesScreen(Containing, ModalScreen[None], inherit_bindings=False):
    """Shows one of some pictures; arrows go to the others."""

    DEFAULT_CSS: ClassVar[str] = "PicturesScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, pictures: Sequence[Content], palette: Palette, canvas: Canvas) -> None:
        """The size of `canvas` is not heeded: it is that of the screen."""
        super().__init__()
        self._pictures = [replace(picture, metadata=_AS_LARGE_AS_FITS) for picture in pictures]
        self._canvas = canvas
        self._at = 0
        self._rows: Sequence[Row] = ()
        self._drawing: asyncio.Task[None] | None = None
        self._page = RowList(palette, "background", self._rows_in_the_middle)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """The picture, and a line of keys."""
        yield self._page
        yield self._bottom

    def set_canvas(self, canvas: Canvas) -> None:
        """Draw for another terminal or theme."""
        self._canvas = canvas
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """The picture is as large as the screen."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._draw)

    def on_key(self, event: events.Key) -> None:
        """Goes to another picture, or closes."""
        event.stop()
        match name_of(event.key, event.character):
            case "escape" | "q" | "p" | "enter" | "ctrl+c":
                self.dismiss(None)
            case "right" | "down" | "j" | "space" | "pagedown":
                self._go(self._at + 1)
            case "left" | "up" | "k" | "shift+space" | "pageup":
                self._go(self._at - 1)
            case "home" | "g":
                self._go(0)
            case "end" | "G":
                self._go(len(self._pictures) - 1)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._pictures) and at != self._at:
            self._at = at
            self._draw()

    def _draw(self) -> None:
        """Draw the picture that is shown; until that is done, what there was goes."""
        if not self._page.size:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        self._show(())
        hints = (Hint("Left Right", "other pictures"),) if len(self._pictures) > 1 else ()
        note = text_row(f" {self._at + 1} of {len(self._pictures)} · {self._picture.mime}  ", _MUTED)
        self._bottom.show((*note, *bottom_row(Hints((*hints, Hint("q", "close"))), self.size.width)))
        self._drawing = asyncio.get_running_loop().create_task(self._drawn())

    @property
    def _picture(self) -> Content:
        return self._pictures[self._at]

    async def _drawn(self) -> None:
        width, height = self._page.size
        canvas = replace(self._canvas, width=max(1, width - 2), picture_rows=height)
        try:
            drawing = draw_picture(self._picture, canvas)
            if isinstance(drawing, Pending):
                self._show(drawing.placeholder[:1])
                drawing = await asyncio.to_thread(drawing.draw)
            self._show(drawing)
        except CannotDrawError as error:
            self._show([text_row(clean(f"{self._picture.mime} · {error}"), _MUTED)])

    def _show(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._page.rebuild()

    def _rows_in_the_middle(self, width: int) -> Sequence[Row]:
        above = max(0, self._page.size.height - len(self._rows)) // 2
        return [*[()] * above, *(_in_the_middle(row, width) for row in self._rows)]


def _in_the_middle(row: Row, width: int) -> Row:
    return (*text_row(" " * max(0, (width - row_width(row)) // 2)), *row)
