"""A text on the whole screen, to scroll through: what a kernel sends for a pager."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from tui.render.outputs import Pending, draw_output
from tui.view.strips import strip_of
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from kernelbridge.outputs import Output
    from tui.render.rows import Row
    from tui.theme import Palette

_HINTS = Hints((Hint("↑↓ PgUp PgDn", "scroll"), Hint("q", "close")))
_MARGIN = 2


class _Page(Widget):
    """Rows, from the one at the top on."""

    DEFAULT_CSS = "_Page { width: 1fr; height: 1fr; }"

    def __init__(self, output: Output, palette: Palette) -> None:
        super().__init__()
        self._output = output
        self._palette = palette
        self._rows: Sequence[Row] = ()
        self._top = 0

    def on_resize(self) -> None:
        """The rows are made for the width."""
        drawing = draw_output(self._output, max(8, self.size.width - 2 * _MARGIN))
        self._rows = drawing.placeholder if isinstance(drawing, Pending) else drawing
        self.scroll_rows(0)

    def scroll_rows(self, rows: int) -> None:
        """Scroll, as far as there are rows."""
        self._top = max(0, min(self._top + rows, len(self._rows) - self.size.height))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the page."""
        index = self._top + y
        row = self._rows[index] if index < len(self._rows) else ()
        base = self._palette.base
        return Strip.join(
            [
                strip_of((), _MARGIN, self._palette, base),
                strip_of(row, max(0, self.size.width - _MARGIN), self._palette, base),
            ]
        )


class PagerScreen(ModalScreen[None], inherit_bindings=False):
    """Shows one output as large as the terminal is."""

    DEFAULT_CSS: ClassVar[str] = "PagerScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, output: Output, palette: Palette) -> None:
        super().__init__()
        self._page = _Page(output, palette)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """The page, and a line of keys."""
        yield self._page
        yield self._bottom

    def on_resize(self) -> None:
        """The line is as wide as the screen."""
        self._bottom.show(bottom_row(_HINTS, self.size.width))

    def on_key(self, event: events.Key) -> None:
        """Scrolls, or closes."""
        event.stop()
        height = max(1, self._page.size.height - 1)
        steps = {
            "up": -1,
            "k": -1,
            "down": 1,
            "j": 1,
            "pageup": -height,
            "pagedown": height,
            "space": height,
            "home": -(1 << 31),
            "end": 1 << 31,
        }
        if event.key in steps:
            self._page.scroll_rows(steps[event.key])
        elif event.key in ("q", "escape", "enter"):
            self.dismiss(None)
