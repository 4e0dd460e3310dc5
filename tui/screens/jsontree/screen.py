"""The screen on which a person walks through a JSON value."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.jsontree.opentree import MOST_OPENED, OpenTree
from tui.screens.jsontree.treerows import TreeRows, path_text
from tui.screens.jsontree.treesearch import Search
from tui.screens.newestsize import heed_newest_size
from tui.terminal.clipboard import LIMIT
from tui.widgets.hintline import BottomLine, Hint, Hints, Message, Severity, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from kernelbridge.outputs import JsonValue
    from tui.render.rows import Row
    from tui.theme import Palette

_HINTS: Final = Hints(
    (
        Hint("Up Down", "move"),
        Hint("Right Left", "open, fold"),
        Hint("/", "find"),
        Hint("n N", "next, previous"),
        Hint("c", "copy"),
        Hint("p", "copy the path"),
        Hint("e", "open all in it"),
        Hint("q", "close"),
    )
)
_ALSO: Final = {"g": "home", "G": "end", "ctrl+d": "pagedown", "ctrl+u": "pageup"}
_TITLE: Final = Style(Role.STRONG)
_PATH: Final = Style(Role.MUTED)


class JsonTreeScreen(Containing, ModalScreen[None], inherit_bindings=False):
    """A value on the whole screen, to be opened and folded."""

    DEFAULT_CSS: ClassVar[str] = "JsonTreeScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, value: JsonValue, title: str, palette: Palette, copy: Callable[[str], None]) -> None:
        """`copy` takes a text to the clipboard."""
        super().__init__()
        self._value = value
        self._title = title
        self._copy = copy
        self._tree = OpenTree(value)
        self._search: Search | None = None
        self._query: str | None = None
        """What is typed; None while nothing is asked."""
        self._message: Message | None = None
        self._top = RowLine(palette, "surface")
        self._list = RowList(palette, "background", self._rows, marks=True)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """Where this is, the tree, and a line of keys."""
        yield self._top
        yield self._list
        yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the screen."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_lines)

    def on_key(self, event: events.Key) -> None:
        """Moves, opens, folds, searches, copies, closes; or is typed."""
        event.stop()
        if self._query is not None:
            self._type(self._query, event)
        else:
            self._message = None
            self._do(name_of(event.key, event.character))
        if self.is_attached:
            self._show_lines()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed where something is asked."""
        event.stop()
        if self._query is not None:
            self._query = pasted(self._query, event.text)
            self._show_lines()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index)
        self._toggle()
        self._show_lines()

    def _do(self, key: str) -> None:
        at = self._list.marked
        match key:
            case "escape" | "q" | "ctrl+c":
                self.dismiss(None)
            case "down" | "j":
                self._list.mark(at + 1)
            case "up" | "k":
                self._list.mark(at - 1)
            case "right" | "l":
                self._step_in()
            case "left" | "h":
                self._step_out()
            case "enter" | "space":
                self._toggle()
            case "e":
                self._open_all()
            case "slash" | "/":
                self._query = ""
            case "n":
                self._go_on(1)
            case "N":
                self._go_on(-1)
            case "c":
                self._copy_value()
            case "p":
                self._copy_path()
            case _:
                self._list.take_key(
                    {"g": "home", "G": "end", "ctrl+d": "pagedown", "ctrl+u": "pageup"}.get(key, key)
                )

    def _type(self, query: str, event: events.Key) -> None:
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self._query = None
        elif name == "enter":
            self._query = None
            if query:
                self._search = Search(self._value, query)
                self._go_on(1)
        elif (changed := typed(query, event)) is not None:
            self._query = changed

    # -- opening and folding ----

    def _toggle(self) -> None:
        at = self._list.marked
        if self._tree.lines[at].is_open:
            self._tree.close(at)
        else:
            self._tree.open(at)
        self._list.remake()

    def _step_in(self) -> None:
        at = self._list.marked
        node = self._tree.lines[at]
        if node.container is not None and node.is_open:
            self._list.mark(at + 1)
        else:
            self._tree.open(at)
            self._list.remake()

    def _step_out(self) -> None:
        at = self._list.marked
        if self._tree.lines[at].is_open:
            self._tree.close(at)
            self._list.remake()
        else:
            self._list.mark(self._tree.parent_of(at))

    def _open_all(self) -> None:
        if not self._tree.open_all(self._list.marked):
            self._say(f"opened the first {MOST_OPENED:,} lines")
        self._list.remake()

    # -- searching ----

    def _go_on(self, step: int) -> None:
        """Show the next or previous place where the query is, once that is known."""
        search = self._search
        if search is None:
            self._say("nothing is searched for: / asks")
        elif (
            search.is_done or (step < 0 and search.at > 0) or (step > 0 and search.at < len(search.found) - 1)
        ):
            self._show_found(search, step)
        else:
            self._say("searching …")
            self.run_worker(self._look(search, step), exclusive=True)

    async def _look(self, search: Search, step: int) -> None:
        """Look on until something is found, or backwards, to the end, without holding up keys."""
        found = False
        while not search.is_done and not (found and step > 0):
            found = search.look()
            await asyncio.sleep(0)
        self._message = None
        self._show_found(search, step)
        self._show_lines()

    def _show_found(self, search: Search, step: int) -> None:
        path = search.turn(step)
        if path is None:
            self._say(f"{search.query} is not there", Severity.WARNING)
            return
        index = self._tree.reveal(path)
        self._list.remake()
        self._list.mark(index)
        of = f" of {len(search.found):,}" if search.is_done else ""
        self._say(f"{search.query}: {search.at + 1:,}{of}")

    # -- copying ----

    def _copy_value(self) -> None:
        value = self._tree.lines[self._list.marked].value
        text = value if isinstance(value, str) else _written(value)
        if text is None or len(text) > LIMIT:
            self._say("too much for a terminal's clipboard", Severity.WARNING)
            return
        self._copy(text)
        self._say(f"copied {len(text):,} characters")

    def _copy_path(self) -> None:
        text = path_text(self._tree.lines[self._list.marked].path)
        self._copy(text)
        self._say(f"copied {text}" if text else "this is the outermost value")

    # -- drawing ----

    def _rows(self, width: int) -> TreeRows:
        return TreeRows(self._tree.lines, width)

    def _say(self, text: str, severity: Severity = Severity.INFORMATION) -> None:
        self._message = Message(text, severity)

    def _show_lines(self) -> None:
        width = self.size.width
        path = clean(path_text(self._tree.lines[self._list.marked].path))
        title: Row = (*text_row(f" {clean(self._title)} ", _TITLE), *text_row(path, _PATH))
        self._top.show(crop(title, 0, width))
        if self._query is not None:
            self._bottom.show(query_row(self._query, width, "a key or a value to find"))
            return
        line: BottomLine = self._message or _HINTS
        self._bottom.show(bottom_row(line, width))


def _written(value: JsonValue) -> str | None:
    """The value as JSON; None where it is longer than a clipboard takes."""
    pieces: list[str] = []
    length = 0
    try:
        for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value):
            pieces.append(piece)
            length += len(piece)
            if length > LIMIT:
                return None
    except (RecursionError, ValueError):
        return None
    return "".join(pieces)
