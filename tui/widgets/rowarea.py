"""A widget that shows rows which it is given, and paints those that are others than before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget

from tui.containing import Containing
from tui.view.strips import strip_of

if TYPE_CHECKING:
    from textual.strip import Strip

    from tui.render.rows import Row
    from tui.theme import Palette


class RowArea(Containing, Widget):
    """Rows over the whole width, as many as there is room for."""

    DEFAULT_CSS = "RowArea { width: 1fr; height: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these from now on."""
        before, self._rows = self._rows, rows
        regions = [
            Region(0, y, self.size.width, 1)
            for y in range(max(len(before), len(rows)))
            if y >= len(before) or y >= len(rows) or before[y] != rows[y]
        ]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """A row; blank below the last."""
        row = self._rows[y] if y < len(self._rows) else ()
        return strip_of(row, self.size.width, self._palette, self._palette.base)
