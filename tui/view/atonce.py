"""Widgets whose changes are painted at once: Textual gets to them over three messages and a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from textual.geometry import Region
from textual.widget import Widget

from tui.containing import Containing
from tui.offers import offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.strip import Strip


class PlacedLine(NamedTuple):
    """A line of a widget, and where on the screen it begins."""

    row: int
    column: int
    strip: Strip


@runtime_checkable
class PaintsAtOnce(Protocol):
    """A screen that does so."""

    @property
    def may_paint(self) -> bool:
        """Whether it is up, and laid out."""
        ...

    def paint_soon(self, widget: AtOnce, rows: Iterable[int]) -> None:
        """Send rows of a widget, together with those of others, when what goes on now is done."""


class AtOnce(Containing, Widget):
    """A widget of such a screen, without border and padding: it is what `render_line` says."""

    def repaint(self, rows: Iterable[int]) -> None:
        """Have these rows painted, at once where the screen does so."""
        screen = self.screen if self.is_attached else None
        if offers(screen, PaintsAtOnce) and screen.may_paint:
            screen.paint_soon(self, rows)
        else:
            self.refresh(*self.regions_of(rows))

    def regions_of(self, rows: Iterable[int]) -> list[Region]:
        """What rows take, as Textual wants it."""
        width = self.size.width
        return [Region(0, row, width, 1) for row in rows]

    def placed(self, rows: Iterable[int]) -> Iterator[PlacedLine]:
        """Rows as they are on the screen now; those that it has no room for are left out."""
        region = self.region
        seen = [row for row in rows if 0 <= row < region.height]
        for row, strip in zip(seen, self._filtered(seen), strict=True):
            yield PlacedLine(region.y + row, region.x, strip)

    def _filtered(self, rows: Iterable[int]) -> list[Strip]:
        strips = [self.render_line(row) for row in rows]
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of it, with nothing worked out that stands around them in other widgets."""
        strips = self._filtered(crop.line_range)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
