"""A table on the whole screen: what keys do to it, and when lines are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.screens.table.conditions import condition_of, text_of
from tui.screens.table.copying import cell_text, lines_text
from tui.screens.table.source import Arrangement, SourceError
from tui.screens.table.statusrows import title_row, value_row
from tui.screens.table.tablerows import draw_table
from tui.widgets.hintline import Hint, Hints, Message, Severity, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowarea import RowArea
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.screens.table.opentable import OpenTable
    from tui.screens.table.window import TableWindow
    from tui.theme import Palette

_HINTS = Hints(
    (
        Hint("arrows", "move"),
        Hint("s", "sort"),
        Hint("/", "filter"),
        Hint("x", "show all"),
        Hint("< > =", "width"),
        Hint("c", "copy cell"),
        Hint("C", "copy lines"),
        Hint("q", "close"),
        Hint("g G", "first and last"),
    )
)
_LOOK_AGAIN = 0.25
"""Seconds between looks at whether the source is ready, while something is waited for."""
_AROUND = 5
"""Rows of the screen that are no lines of the table."""


class TableScreen(Containing, ModalScreen[None], inherit_bindings=False):
    """Shows a table as large as the terminal is."""

    DEFAULT_CSS: ClassVar[str] = "TableScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, table: OpenTable, palette: Palette, copy: Callable[[str], str]) -> None:
        """`copy` gives text to the clipboard, and says what came of it."""
        super().__init__()
        self._table = table
        self._copy = copy
        self._typed: str | None = None
        """What is typed to filter the column of the cursor; None while nothing is being typed."""
        self._message: Message | None = None
        self._is_asking = False
        self._timer: Timer | None = None
        self._top = RowLine(palette, "surface")
        self._area = RowArea(palette)
        self._value = RowLine(palette, "surface")
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """What it is, the table, the cell under the cursor, and a line of keys."""
        yield self._top
        yield self._area
        yield self._value
        yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """More or less of it is in sight."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - _AROUND)

    # -- what is asked of the source ----

    def _step(self) -> None:
        """Ask for what is missing, one thing after the other; look again later where that must wait."""
        sight = self.size.width, self._height
        if self._is_asking or not self._table.wants(*sight):
            return
        if self._table.can_ask(*sight):
            self._is_asking = True
            self.run_worker(self._ask(), group="ask")
        elif self._timer is None:
            self._timer = self.set_interval(_LOOK_AGAIN, self._look_again)
            self._show_title()

    def _look_again(self) -> None:
        if self._timer is not None and self._table.can_ask(self.size.width, self._height):
            self._timer.stop()
            self._timer = None
            self._step()
            self._show_title()

    async def _ask(self) -> None:
        try:
            await self._table.ask(self.size.width, self._height)
        except SourceError as error:
            self._message = Message(str(error), Severity.WARNING)
        finally:
            self._is_asking = False
        self._show()

    # -- what is shown ----

    def _show(self) -> None:
        width, table = self.size.width, self._table
        if not width or not self.is_attached:
            return
        self._area.show(draw_table(table.window, table.pages, table.arrangement, width, self._height + 2))
        self._show_title()
        self._value.show(value_row(table, width))
        self._show_bottom()
        self._step()

    def _show_title(self) -> None:
        waits_for = "" if self._timer is None else "the kernel is busy: waiting"
        self._top.show(title_row(self._table, waits_for, self.size.width))

    def _show_bottom(self) -> None:
        width = self.size.width
        if self._typed is None:
            self._bottom.show(bottom_row(self._message or _HINTS, width))
        else:
            self._bottom.show(
                query_row(self._typed, width, "a part of the text, or: > 3   <= 3   = x   != x")
            )

    # -- keys ----

    def on_key(self, event: events.Key) -> None:
        """Every key is for the table."""
        event.stop()
        event.prevent_default()
        name = name_of(event.key, event.character)
        self._message = None
        self._table.try_again()
        if self._typed is not None:
            self._type(name, event)
        elif not self._move(self._table.window, name):
            self._do(name)
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Text for the filter."""
        event.stop()
        if self._typed is not None:
            self._typed = pasted(self._typed, event.text)
            self._show_bottom()

    def _type(self, name: str, event: events.Key) -> None:
        if self._typed is None or name in ("escape", "ctrl+c"):
            self._typed = None
        elif name == "enter":
            window = self._table.window
            self._table.filter(condition_of(window.number(window.place), self._typed))
            self._typed = None
        else:
            changed = typed(self._typed, event)
            self._typed = self._typed if changed is None else changed

    def _move(self, window: TableWindow, name: str) -> bool:
        page = max(1, self._height - 1)
        lines = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -page, "pagedown": page}
        lines |= {"ctrl+u": -page, "ctrl+d": page, "space": page, "shift+space": -page}
        columns = {"left": -1, "h": -1, "right": 1, "l": 1, "tab": 1, "shift+tab": -1}
        places = {"home": 0, "end": window.places - 1}
        ends = {"g": 0, "ctrl+home": 0, "G": window.lines - 1, "ctrl+end": window.lines - 1}
        if name in lines:
            window.go(window.line + lines[name], window.place)
        elif name in columns:
            window.go(window.line, window.place + columns[name])
        elif name in places:
            window.go(window.line, places[name])
        elif name in ends:
            window.go(ends[name], window.place)
        else:
            return False
        return True

    def _do(self, name: str) -> None:
        table = self._table
        match name:
            case "escape" | "q" | "ctrl+c":
                self.dismiss(None)
            case "s":
                table.sort()
            case "/":
                condition = table.condition()
                self._typed = "" if condition is None else text_of(condition)
            case "x":
                table.arrange(Arrangement())
            case "<":
                table.window.widen(-2)
            case ">":
                table.window.widen(2)
            case "=":
                table.window.fit_width()
            case "c" | "y":
                self.run_worker(self._copy_text(cell_text(table)), group="copy")
            case "C" | "Y":
                self.run_worker(self._copy_text(lines_text(table, self._height)), group="copy")
            case _:
                pass

    async def _copy_text(self, text: Awaitable[str]) -> None:
        try:
            self._message = Message(self._copy(await text))
        except SourceError as error:
            self._message = Message(str(error), Severity.WARNING)
        self._show_bottom()
