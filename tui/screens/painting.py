"""A screen that sends what its widgets changed at once, in one frame."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from textual.screen import Screen

from tui.containing import Containing

if TYPE_CHECKING:
    from textual.widget import Widget


@runtime_checkable
class HoldsFrames(Protocol):
    """An app that does not show every frame."""

    @property
    def may_paint(self) -> bool:
        """Whether it shows what is painted now."""
        ...


class PaintingScreen(Containing, Screen[None], inherit_bindings=False):
    """Textual paints a screen by a timer, which is asked for by messages; a key would wait for both."""

    def __init__(self) -> None:
        super().__init__()
        self._unpainted: set[Widget] = set()
        """What is painted when what goes on now is done."""

    @property
    def may_paint(self) -> bool:
        """Whether the screen is up, and laid out."""
        return self.is_current and not self._layout_required and not self._repaint_required

    def paint_soon(self, widget: Widget) -> None:
        """Send what is dirty of a widget, together with that of others, when what goes on now is done."""
        if not self._unpainted:
            asyncio.get_running_loop().call_soon(self._paint)
        self._unpainted.add(widget)

    def _paint(self) -> None:
        widgets, self._unpainted = self._unpainted, set()
        app = cast("object", self.app)  # pyright: ignore[reportUnknownMemberType] - App is bare there
        if self.may_paint and isinstance(app, HoldsFrames) and app.may_paint:
            self._compositor.update_widgets(widgets)
            self._compositor_refresh()
        else:
            for widget in widgets:
                widget.refresh()
