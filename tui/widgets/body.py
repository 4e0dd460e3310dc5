"""The middle of the screen: the notebook, and at most one pane beside it, or below where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.containing import Containing

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.theme import Palette
    from tui.widgets.pane import Pane

_WIDE = 120
"""Cells from which a pane stands beside the notebook."""
_LOW = 14
"""Rows below which a pane that has the keys takes all of them."""
_LEAST = 3
"""Rows of a pane below the notebook."""


class Body(Containing, Widget):
    """Says where notebook and pane stand, and which of them has the keys."""

    DEFAULT_CSS = "Body { layout: vertical; width: 1fr; height: 1fr; }"

    def __init__(self, view: Widget) -> None:
        super().__init__()
        self._view = view
        self.pane: Pane | None = None

    def compose(self) -> ComposeResult:
        """The notebook alone, at first."""
        yield self._view

    @property
    def reader(self) -> Pane | None:
        """The pane, where it has the keys."""
        return self.pane if self.pane is not None and self.pane.has_keys else None

    def open(self, pane: Pane) -> None:
        """Show a pane, in the place of another."""
        if pane is self.pane:
            return
        self.close()
        self.pane = pane
        self._lay_out()
        self.mount(pane)

    def close(self) -> None:
        """The notebook alone again."""
        if self.pane is None:
            return
        pane, self.pane = self.pane, None
        pane.has_keys = False
        pane.ended()
        pane.remove()
        self._view.display = True

    def give_keys(self) -> None:
        """Keys are for the pane from now on."""
        self._set_keys(has_keys=True)

    def take_keys_back(self) -> None:
        """Keys are for the notebook again."""
        self._set_keys(has_keys=False)

    def heed_runs(self) -> None:
        """Something ran, or the kernel is another."""
        if self.pane is not None and self.pane.is_attached:
            self.pane.heed_runs()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        if self.pane is not None:
            self.pane.set_palette(palette)

    def on_resize(self, _event: events.Resize) -> None:
        """There is more room, or less."""
        self._lay_out()

    def _set_keys(self, *, has_keys: bool) -> None:
        if self.pane is not None and self.pane.has_keys is not has_keys:
            self.pane.has_keys = has_keys
            self._lay_out()
            self.pane.draw()

    def _lay_out(self) -> None:
        pane, (width, height) = self.pane, self.size
        if pane is None or not width:
            return
        pane.is_beside = width >= _WIDE
        self.styles.layout = "horizontal" if pane.is_beside else "vertical"
        takes_all = pane.has_keys and not pane.is_beside and height < _LOW
        self._view.display = not takes_all
        if pane.is_beside:
            pane.styles.width, pane.styles.height = width * 2 // 5, "1fr"
        else:
            share = height if takes_all else max(_LEAST, height * (5 if pane.has_keys else 4) // 10)
            pane.styles.width, pane.styles.height = "1fr", share
