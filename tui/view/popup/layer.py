"""The layer above the notebook's rows: where a popup has room beside the cursor, and what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual.strip import Strip

from tui.view.strips import strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style as RichStyle

    from tui.render.rows import Row
    from tui.theme import Palette


@dataclass(frozen=True, slots=True)
class Size:
    """In cells."""

    width: int
    height: int


class Popup(Protocol):
    """Something that is shown beside a place in the text of the cell that is edited."""

    @property
    def offset(self) -> int:
        """Beside which place."""
        ...

    @property
    def prefers_above(self) -> bool:
        """Whether it is to stand above the text where there is room on both sides."""
        ...

    def wanted(self, most: Size) -> Size:
        """How large it would like to be, at most so large."""
        ...

    def tallest(self, most: Size) -> int:
        """For how many rows there is to be room on its side, where it then stays while it shrinks."""
        ...

    def rows(self, size: Size) -> Sequence[Row]:
        """What it shows in that room."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a popup stands in the view."""

    x: int
    y: int
    size: Size

    def row_at(self, x: int, y: int) -> int | None:
        """Which of its rows is at a cell of the view."""
        is_inside = self.x <= x < self.x + self.size.width and self.y <= y < self.y + self.size.height
        return y - self.y if is_inside else None


def place_beside(x: int, y: int, popup: Popup, view: Size) -> Place | None:
    """Where it stands beside the text at a cell of the view, which stays in sight; None without any room.

    On the side that it prefers, if all of it has room there, else on the one with more room.
    """
    above, below = y, view.height - y - 1
    most = Size(view.width, max(above, below))
    wanted, tallest = popup.wanted(most), popup.tallest(most)
    fits_above, fits_below = tallest <= above, tallest <= below
    if fits_above and fits_below:
        stands_above = popup.prefers_above
    else:
        stands_above = fits_above or (not fits_below and above > below)
    height = min(wanted.height, above if stands_above else below)
    width = min(wanted.width, view.width)
    if height < 1 or width < 1:
        return None
    left = max(0, min(x, view.width - width))
    return Place(left, y - height if stands_above else y + 1, Size(width, height))


def laid_over(
    strips: list[Strip], popup: Popup, place: Place, palette: Palette, ground: RichStyle
) -> list[Strip]:
    """The strips of the view with a popup over them."""
    rows = popup.rows(place.size)
    left, right = place.x, place.x + place.size.width
    over = list(strips)
    for line in range(place.size.height):
        y = place.y + line
        if not 0 <= y < len(over):
            continue
        row = rows[line] if line < len(rows) else ()
        strip, under = strip_of(row, place.size.width, palette, palette.base + ground), over[y]
        over[y] = Strip.join([under.crop(0, left), strip, under.crop(right, under.cell_length)])
    return over
