"""Widgets whose changes are painted at once: Textual gets to them over three messages and a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.widget import Widget

from tui.containing import Containing

if TYPE_CHECKING:
    from textual.geometry import Region


@runtime_checkable
class PaintsAtOnce(Protocol):
    """A screen that does so."""

    @property
    def may_paint(self) -> bool:
        """Whether it is up, and laid out."""
        ...

    def paint_soon(self, widget: Widget) -> None:
        """Send what is dirty of a widget, together with that of others, when what goes on now is done."""


class AtOnce(Containing, Widget):
    """A widget of such a screen."""

    def repaint(self, *regions: Region) -> None:
        """Have these regions painted, at once where the screen does so."""
        screen = self.screen if self.is_attached else None
        if isinstance(screen, PaintsAtOnce) and screen.may_paint:
            self._set_dirty(*regions)
            screen.paint_soon(self)
        else:
            self.refresh(*regions)
