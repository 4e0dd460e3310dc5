"""An output on the whole screen, to scroll through: what a kernel sends for a pager."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.render.canvas import Detail
from tui.render.drawing import Pending
from tui.render.outputs import draw_output
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from kernelbridge.outputs import Output
    from tui.render.canvas import Canvas
    from tui.render.rows import Row
    from tui.theme import Palette

_HINTS = Hints((Hint("Up Down PgUp PgDn", "scroll"), Hint("q", "close")))


class PagerScreen(Containing, ModalScreen[None], inherit_bindings=False):
    """Shows one output as large as the terminal is."""

    DEFAULT_CSS: ClassVar[str] = "PagerScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, output: Output, palette: Palette, canvas: Canvas) -> None:
        """The width of `canvas` is not heeded: it is that of the page."""
        super().__init__()
        self._output = output
        self._canvas = canvas.in_detail(Detail.FULL)
        self._page = RowList(palette, "background", self._rows)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """The page, and a line of keys."""
        yield self._page
        yield self._bottom

    def turn_to(self, output: Output) -> None:
        """Show another output, from its beginning."""
        self._output = output
        if self._page.size:
            self._page.rebuild()

    def set_canvas(self, canvas: Canvas) -> None:
        """Draw it for another terminal or theme."""
        self._canvas = canvas.in_detail(Detail.FULL)
        if self._page.size:
            self._page.remake()

    def on_resize(self, event: events.Resize) -> None:
        """The line is as wide as the screen."""
        heed_newest_size(self, event)
        self._bottom.show(bottom_row(_HINTS, self.size.width))

    def on_key(self, event: events.Key) -> None:
        """Scrolls, or closes."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "q", "enter", "ctrl+c"):
            self.dismiss(None)
        else:
            self._page.take_scrolling(name)

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    def _rows(self, width: int) -> Sequence[Row]:
        drawing = draw_output(self._output, self._canvas.of_width(width))
        return drawing.draw() if isinstance(drawing, Pending) else drawing
