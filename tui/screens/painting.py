"""A screen that sends what its widgets changed at once, in one frame."""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from textual.screen import Screen

from tui.containing import Containing
from tui.offers import offers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.view.atonce import AtOnce, PlacedLine


@runtime_checkable
class HoldsFrames(Protocol):
    """An app that does not show every frame."""

    @property
    def may_paint(self) -> bool:
        """Whether it shows what is painted now."""
        ...


@runtime_checkable
class ShowsLines(Protocol):
    """An app with a terminal that takes lines, not only what Textual puts together of all widgets."""

    @property
    def shows_lines(self) -> bool:
        """Whether it does now."""
        ...

    def show_lines(self, lines: Iterable[PlacedLine]) -> None:
        """Show these, as one frame."""


class PaintingScreen(Containing, Screen[None], inherit_bindings=False):
    """Textual paints a screen by a timer, which is asked for by messages; a key would wait for both.

    Nothing in such a screen lies over its widgets that paint at once: their lines are what is seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._unpainted: dict[AtOnce, set[int]] = {}
        """Rows that are painted when what goes on now is done."""

    @property
    def may_paint(self) -> bool:
        """Whether the screen is up, and laid out."""
        return self.is_current and not self._layout_required and not self._repaint_required

    def paint_soon(self, widget: AtOnce, rows: Iterable[int]) -> None:
        """Send rows of a widget, together with those of others, when what goes on now is done."""
        if not self._unpainted:
            asyncio.get_running_loop().call_soon(self._paint)
        self._unpainted.setdefault(widget, set()).update(rows)

    def _paint(self) -> None:
        unpainted, self._unpainted = self._unpainted, {}
        app = cast("object", self.app)  # pyright: ignore[reportUnknownMemberType] - App is bare there
        if not (self.may_paint and offers(app, HoldsFrames) and app.may_paint):
            for widget, rows in unpainted.items():
                widget.refresh(*widget.regions_of(rows))
        elif offers(app, ShowsLines) and app.shows_lines:
            app.show_lines(chain.from_iterable(widget.placed(rows) for widget, rows in unpainted.items()))
        else:
            for widget, rows in unpainted.items():
                widget._set_dirty(*widget.regions_of(rows))  # noqa: SLF001 - what `refresh` does before it waits
            self._compositor.update_widgets({*unpainted})
            self._compositor_refresh()
