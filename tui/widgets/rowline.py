"""A widget of one line that shows a row, repainted only when the row is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.view.atonce import AtOnce
from tui.view.strips import strip_of

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.strip import Strip

    from tui.render.rows import Row
    from tui.theme import Palette


class RowLine(AtOnce):
    """One row over the whole width, on one of the theme's backgrounds."""

    DEFAULT_CSS = "RowLine { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette, background: str) -> None:
        super().__init__()
        self._palette = palette
        self._background = background
        self._row: Row = ()

    def show(self, row: Row) -> None:
        """Show this row from now on."""
        if row != self._row:
            self._row = row
            self.repaint((0,))

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row; blank below it."""
        base: RichStyle = self._palette.base + self._palette.on(self._background)
        return strip_of(self._row if y == 0 else (), self.size.width, self._palette, base)
