"""What was run before, brought back into the cell: step by step, or by a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.document.edits import ChangeText
from tui.document.history import Place
from tui.document.notebook import CellKey
from tui.document.pastinputs import Browsing, History
from tui.document.selection import TextSelection
from tui.document.textchange import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen

_NOTHING_OLDER: Final = "nothing older in the kernel's history begins like this cell"
_MOST: Final = 1_000
"""Inputs that the kernel is asked for."""


class Recalling:
    """Going through the kernel's history from one cell of a screen."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._history = History()
        self._browsing: Browsing | None = None
        self._key: CellKey | None = None
        """The cell that the history is brought into."""

    def step(self, *, older: bool) -> None:
        """The input before or after, of those that begin as the cell did when this began."""
        screen = self._screen
        if not screen.is_editable():
            return
        browsing = self._browsing
        is_on = self._key == screen.state.focus and browsing is not None
        if is_on and browsing is not None and browsing.text(self._history) == screen.focused_cell.source:
            self._move(browsing, older=older)
        elif older:
            self._fetch(self._begin)

    def search(self) -> None:
        """Have a person choose from all of it."""
        if self._screen.is_editable():
            self._fetch(self._choose)

    def _begin(self) -> None:
        self._key = self._screen.state.focus
        self._move(Browsing.begun(self._history, self._screen.focused_cell.source), older=True)

    def _move(self, browsing: Browsing, *, older: bool) -> None:
        moved = browsing.older(self._history) if older else browsing.newer(self._history)
        if moved is None:
            self._screen.say(_NOTHING_OLDER if older else "that was the newest")
            return
        self._browsing = moved
        self._put(moved.text(self._history))

    def _choose(self) -> None:
        from tui.screens.historysearch import HistorySearch

        entries = tuple(dict.fromkeys(reversed(self._history.entries)))
        self._screen.program.lay_over(HistorySearch(entries, self._screen.palette), self._put)

    def _put(self, source: str) -> None:
        screen, key = self._screen, self._screen.state.focus
        before, text = screen.state.cursor(key), screen.focused_cell.source
        after = TextSelection.at(len(source))
        if source != text:
            edit = ChangeText(key, difference(text, source))
            screen.controller.perform([edit], Place(key, before), Place(key, after))
        screen.state.cursors[key] = after
        screen.view.show_focus()

    def _fetch(self, then: Callable[[], None]) -> None:
        """Ask the kernel anew, as others may have run something since, and go on once it answered."""
        screen = self._screen
        session, key = screen.controller.session, screen.state.focus
        if session is None or not session.answers_now:
            busy = "the kernel is busy, and tells its history when it is not"
            screen.say("there is no kernel that has a history" if session is None else busy)
            return

        async def fetch() -> None:
            answer = await session.past_inputs(_MOST)
            self._history = History(() if answer is None else answer.sources)
            if not self._history.entries:
                screen.say("the kernel's history is empty")
            elif screen.state.focus == key:
                then()

        screen.run_worker(fetch(), exclusive=True, group="history")


HANDLERS: Mapping[str, Handler] = {
    "editor.history-older": lambda screen: screen.writing.recalling.step(older=True),
    "editor.history-newer": lambda screen: screen.writing.recalling.step(older=False),
    "editor.history-search": lambda screen: screen.writing.recalling.search(),
}
