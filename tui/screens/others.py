"""The pane of runs that belong to no cell: what others run on the kernel, and runs whose cell is gone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.screens.othersrows import rows_of_runs
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from tui.otherruns import OtherRun, OtherRuns
    from tui.render.rows import Row
    from tui.theme import Palette

_HINTS = Hints(
    (
        Hint("Up Down", "select"),
        Hint("Enter", "make it a cell"),
        Hint("x", "discard"),
        Hint("PgUp PgDn", "scroll"),
        Hint("q", "close"),
    )
)
_LOOK_AGAIN = 0.5
"""Seconds between looks at what was printed meanwhile."""


class OthersAnswer(Enum):
    """What is to be done with a run."""

    INSERT = "insert"
    """Its code and outputs as a new cell."""
    DISCARD = "discard"


class OthersScreen(Containing, ModalScreen[None], inherit_bindings=False):
    """Shows the runs on the whole screen, as they go on."""

    DEFAULT_CSS: ClassVar[str] = "OthersScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(
        self, others: OtherRuns, palette: Palette, answered: Callable[[OtherRun, OthersAnswer], None]
    ) -> None:
        super().__init__()
        self._others = others
        self._answered = answered
        self._shown: list[OtherRun] = []
        self._starts: list[int] = []
        self._selected = 0
        self._list = RowList(palette, "background", self._rows, marks=True)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """The runs, and a line of keys."""
        yield self._list
        yield self._bottom

    def on_mount(self) -> None:
        """What is printed is looked at now and then."""
        self.set_interval(_LOOK_AGAIN, self._look_again)

    def on_resize(self, event: events.Resize) -> None:
        """The line is as wide as the screen."""
        heed_newest_size(self, event)
        self._bottom.show(bottom_row(_HINTS, self.size.width))
        self.call_after_refresh(self._mark)

    def on_key(self, event: events.Key) -> None:
        """Selects, scrolls, does something with the selected run, or closes."""
        event.stop()
        page = max(1, self._list.size.height - 1)
        match name_of(event.key, event.character):
            case "escape" | "q" | "O" | "ctrl+c":
                self.dismiss(None)
            case "down" | "j":
                self._select(self._selected + 1)
            case "up" | "k":
                self._select(self._selected - 1)
            case "pagedown" | "space" | "ctrl+d":
                self._list.scroll_rows(page)
            case "pageup" | "shift+space" | "ctrl+u":
                self._list.scroll_rows(-page)
            case "enter":
                self._answer(OthersAnswer.INSERT)
            case "x":
                self._answer(OthersAnswer.DISCARD)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    def _answer(self, answer: OthersAnswer) -> None:
        if self._selected < len(self._shown):
            self._answered(self._shown[self._selected], answer)
            self._look_again()

    def _look_again(self) -> None:
        if self._others.all() != self._shown:
            self._others.unseen = 0
            self._list.remake()
            self._mark()

    def _select(self, index: int) -> None:
        self._selected = index
        self._mark()

    def _mark(self) -> None:
        self._selected = max(0, min(self._selected, len(self._starts) - 1))
        if self._starts:
            self._list.mark(self._starts[self._selected])

    def _rows(self, width: int) -> list[Row]:
        self._shown = self._others.all()
        rows, self._starts = rows_of_runs(self._shown, width)
        return rows
