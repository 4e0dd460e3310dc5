"""A widget of rows that scroll; one of them may be marked and chosen, headings between them never."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from tui.containing import Containing
from tui.render.rowops import pad, text_row
from tui.render.rows import Role, Row, Style
from tui.theme import Palette
from tui.view.strips import strip_of

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

_MARK = text_row("▌", Style(Role.ACCENT))
_NO_MARK = text_row(" ")
_THUMB = text_row("▐", Style(Role.MUTED))
_WHEEL_ROWS = 3


class RowList(Containing, Widget):
    """Rows below each other, made anew for each width."""

    DEFAULT_CSS = "RowList { width: 1fr; height: 1fr; }"

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(
        self,
        palette: Palette,
        background: str,
        make_rows: Callable[[int], Sequence[Row]],
        *,
        marks: bool = False,
        is_heading: Callable[[int], bool] = lambda _: False,
    ) -> None:
        """`make_rows` gives the rows for a width in cells; with `marks`, one is marked to be chosen.

        The mark passes over rows that `is_heading` names.
        """
        super().__init__()
        self._palette = palette
        self._background = background
        self._make_rows = make_rows
        self._marks = marks
        self._is_heading = is_heading
        self._rows: Sequence[Row] = ()
        self._top = 0
        self._marked = 0

    @property
    def marked(self) -> int:
        """Where the mark is; 0 as well if there are no rows."""
        return self._marked

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.refresh()

    def rebuild(self) -> None:
        """Make the rows anew and go to the first."""
        self._rows = self._make_rows(max(1, self.size.width - 2))
        self._top = self._marked = 0
        self.mark(0)

    def on_resize(self) -> None:
        """The rows are made for the width."""
        self.remake()

    def remake(self) -> None:
        """Make the rows anew; the mark stays where it is."""
        marked = self._marked
        self._rows = self._make_rows(max(1, self.size.width - 2))
        self.mark(marked)
        self.scroll_rows(0)

    def mark(self, index: int) -> None:
        """Mark a row, or the nearest there is, and bring it into sight, with a heading right above it."""
        last = len(self._rows) - 1
        wanted = max(0, min(index, last))
        below, above = range(wanted, last + 1), range(wanted, -1, -1)
        ways = (*below, *above) if index >= self._marked else (*above, *below)
        self._marked = first = next((row for row in ways if not self._is_heading(row)), wanted)
        while first > 0 and self._is_heading(first - 1):
            first -= 1
        height = max(1, self.size.height)
        self._top = max(self._marked - height + 1, min(self._top, first), 0)
        self.refresh()

    def take_key(self, name: str) -> bool:
        """Move the mark where the key of that name is for that; whether it is."""
        page = max(1, self.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if name in steps:
            self.mark(self._marked + steps[name])
        elif name in ("home", "end"):
            self.mark(0 if name == "home" else len(self._rows))
        return name in steps or name in ("home", "end")

    def take_scrolling(self, name: str) -> bool:
        """Scroll, as in a pager, where the key of that name is for that; whether it is."""
        page = max(1, self.size.height - 1)
        match name:
            case "down" | "j":
                self.scroll_rows(1)
            case "up" | "k":
                self.scroll_rows(-1)
            case "pagedown" | "space" | "ctrl+d":
                self.scroll_rows(page)
            case "pageup" | "shift+space" | "ctrl+u":
                self.scroll_rows(-page)
            case "home" | "g":
                self.scroll_rows(-len(self._rows))
            case "end" | "G":
                self.scroll_rows(len(self._rows))
            case _:
                return False
        return True

    def scroll_rows(self, rows: int) -> None:
        """Scroll, as far as there are rows."""
        self._top = max(0, min(self._top + rows, len(self._rows) - self.size.height))
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_rows(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_rows(-_WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        index = self._top + event.y
        if self._marks and index < len(self._rows):
            self.post_message(self.Chosen(index))

    def render_line(self, y: int) -> Strip:
        """A row, with the mark at its left and where in the list this is at its right."""
        index, width = self._top + y, self.size.width
        base = self._palette.base + self._palette.on(self._background)
        row = self._rows[index] if index < len(self._rows) else ()
        is_marked = self._marks and index == self._marked and bool(self._rows)
        if is_marked:
            base += self._palette.selection
        line = pad((*(_MARK if is_marked else _NO_MARK), *row), width - 1)
        return strip_of((*line, *(_THUMB if self._in_thumb(y) else ())), width, self._palette, base)

    def _in_thumb(self, y: int) -> bool:
        """Whether row `y` of the screen stands for what is in sight of the whole list."""
        height, count = self.size.height, len(self._rows)
        if count <= height:
            return False
        size = max(1, height * height // count)
        start = (height - size) * self._top // (count - height)
        return start <= y < start + size
