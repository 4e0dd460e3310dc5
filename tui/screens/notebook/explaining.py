"""What the kernel knows of the name at the cursor: its signature and documentation, in a popup or a pager."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kernelbridge.outputs import DisplayData
from tui.document.notebook import CellKind
from tui.render.canvas import Detail
from tui.render.drawing import Pending
from tui.render.outputs import draw_output
from tui.screens.notebook import editing
from tui.view.editor.state import EditorState
from tui.view.popup.page import TextPage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kernelbridge.outputs import MimeBundle
    from tui.document.notebook import CellKey
    from tui.render.canvas import Canvas
    from tui.render.rows import Row
    from tui.screens.notebook.screen import Handler, NotebookScreen

_PATIENCE: Final = 10.0
"""Seconds after which a kernel that does not answer is not waited for any more."""


class Explaining:
    """The popup with help of one screen."""

    def __init__(self, screen: NotebookScreen, changed: Callable[[], None]) -> None:
        self._screen = screen
        self._changed = changed
        self._page: TextPage | None = None
        self._place: tuple[CellKey, int] | None = None
        """The cell and its line that the page is of."""
        self._asking: asyncio.Task[None] | None = None

    @property
    def popup(self) -> TextPage | None:
        """What is to be shown, if anything."""
        return self._page

    def wish(self) -> None:
        """Help for here; where it is shown already, more of it: first a larger popup, then the pager."""
        self.end()
        if self._page is None:
            self._ask(0)
        elif self._page.is_large:
            self._ask(1)
        else:
            self._page.is_large = True
            self._changed()

    def end(self) -> None:
        """Want nothing that is on its way."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def take_key(self, key: str) -> bool:
        """Whether a key was for the popup."""
        page = self._page
        if page is None:
            return False
        match key:
            case "escape":
                self.close()
            case "pagedown":
                page.turn(1)
            case "pageup":
                page.turn(-1)
            case _:
                return False
        self._changed()
        return True

    def scroll(self, rows: int) -> None:
        """The wheel was turned over it."""
        if self._page is not None:
            self._page.scroll(rows)
            self._changed()

    def follow(self) -> None:
        """The cursor may be elsewhere: help stays on the line that it was asked for on."""
        if self._page is not None and self._here() != self._place:
            self.close()

    def close(self) -> None:
        """Show nothing."""
        self._page = None
        self._changed()

    def _here(self) -> tuple[CellKey, int] | None:
        state = self._screen.state
        if not state.editing:
            return None
        head = state.cursor(state.focus).head
        return state.focus, self._screen.focused_cell.source.count("\n", 0, head)

    def _ask(self, detail: int) -> None:
        screen = self._screen
        session, place = screen.controller.session, self._here()
        if place is None:
            return
        if session is None or not session.answers_now:
            busy = "the kernel is busy, and can be asked when it is not"
            screen.say("there is no kernel to ask" if session is None else busy)
            return
        state = EditorState(screen.focused_cell.source, screen.state.cursor(place[0]))

        async def ask() -> None:
            try:
                found = await asyncio.wait_for(
                    session.inspect(state.text, state.selection.head, detail), _PATIENCE
                )
            except TimeoutError:
                found = None
            self._asking = None
            if self._here() == place:
                self._take({} if found is None else found.data, state.selection.head, detail)

        self._asking = asyncio.get_running_loop().create_task(ask())

    def _take(self, data: MimeBundle, head: int, detail: int) -> None:
        if not data:
            self._screen.say("the kernel knows nothing of what is here")
        elif detail:
            self.close()
            self._screen.program.open_page(_in_words(data))
        else:
            self._page, self._place = (
                TextPage(head, lambda width: help_rows(data, self._canvas, width)),
                self._here(),
            )
            self._changed()

    @property
    def _canvas(self) -> Canvas:
        return self._screen.program.canvas


def help_rows(data: MimeBundle, canvas: Canvas, width: int) -> Sequence[Row]:
    """What a kernel says of a name, as rows."""
    drawing = draw_output(_in_words(data), canvas.of_width(width).in_detail(Detail.FULL))
    return drawing.draw() if isinstance(drawing, Pending) else drawing


def _in_words(data: MimeBundle) -> DisplayData:
    """The text of it, where it has one: its pages are made for a browser."""
    text = data.get("text/plain")
    return DisplayData({"text/plain": text} if text else data)


def _explain_or_dedent(screen: NotebookScreen) -> None:
    """Shift+Tab: a level of indentation less where only that can be meant, else help."""
    selection, source = screen.state.cursor(screen.state.focus), screen.view.block(screen.state.focus).source
    if source is None:
        return
    is_open = screen.writing.explaining.popup is not None
    before = source.text[source.text.rfind("\n", 0, selection.head) + 1 : selection.head]
    if screen.focused_cell.kind is CellKind.CODE and selection.is_empty and (is_open or before.strip()):
        screen.writing.explaining.wish()
    else:
        editing.run_command(screen, "editor.dedent")


HANDLERS: Mapping[str, Handler] = {
    "editor.explain-or-dedent": _explain_or_dedent,
    "editor.explain": lambda screen: screen.writing.explaining.wish(),
}
