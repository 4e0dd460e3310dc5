"""A page of text in a popup, to scroll through: what a kernel knows of the name at the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tui.render.rowops import pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.view.popup.layer import Size

_MOST_ROWS: Final = 10
_WIDEST: Final = 84
_THUMB: Final = text_row("▐", Style(Role.MUTED))


class TextPage:
    """Rows made for the width that there is; a few of them in sight, or, once enlarged, as many as fit."""

    def __init__(self, offset: int, draw: Callable[[int], Sequence[Row]]) -> None:
        self._offset = offset
        self._draw = draw
        self._drawn: tuple[int, Sequence[Row]] | None = None
        self._top = 0
        self._height = 1
        self.is_large = False

    @property
    def offset(self) -> int:
        """It stands beside the cursor."""
        return self._offset

    @property
    def prefers_above(self) -> bool:
        """Above, where completions leave it in sight."""
        return True

    def wanted(self, most: Size) -> Size:
        """As much as there is, up to some rows."""
        width = min(most.width, _WIDEST)
        rows = self._rows(width - 3)
        widest = max(map(row_width, rows), default=0) + 3
        most_rows = most.height if self.is_large else min(most.height, _MOST_ROWS)
        return Size(min(width, widest), max(1, min(len(rows), most_rows)))

    def tallest(self, most: Size) -> int:
        """What it wants."""
        return self.wanted(most).height

    def rows(self, size: Size) -> Sequence[Row]:
        """The rows in sight, with where in the page they are at the right."""
        made = self._rows(min(size.width, _WIDEST) - 3)
        self._height = size.height
        self._top = max(0, min(self._top, len(made) - size.height))
        thumb = self._thumb(size.height, len(made))
        shown = made[self._top : self._top + size.height]
        blank = text_row(" ")
        return [
            (*pad((*blank, *row), size.width - 1), *(_THUMB if line in thumb else blank))
            for line, row in enumerate(shown)
        ]

    def scroll(self, rows: int) -> None:
        """Scroll, as far as there is more."""
        self._top = max(0, self._top + rows)

    def turn(self, pages: int) -> None:
        """Scroll by as much as is in sight, less a row."""
        self.scroll(pages * max(1, self._height - 1))

    def _rows(self, width: int) -> Sequence[Row]:
        width = max(2, width)
        if (
            self._drawn is None
            or self._drawn[0] < width
            or max(map(row_width, self._drawn[1]), default=0) > width
        ):
            self._drawn = width, self._draw(width)
        return self._drawn[1]

    def _thumb(self, height: int, count: int) -> range:
        if count <= height:
            return range(0)
        size = max(1, height * height // count)
        start = (height - size) * self._top // (count - height)
        return range(start, start + size)
