"""Two versions of a notebook, difference by difference; a person says which of them to take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from tui.containing import Containing
from tui.document.comparison import key_of
from tui.keynotation import name_of
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.differencerows import rows_of_differences
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, Question, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.document.comparison import Difference
    from tui.document.notebook import CellKey
    from tui.render.rows import Row
    from tui.screens.differencerows import Sides
    from tui.theme import Palette


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared, and what can be done about it."""

    title: str
    """What is compared; not sanitized, as it holds the name of a file."""
    differences: Sequence[Difference]
    sides: Sides
    taken: frozenset[CellKey]
    """What is marked to begin with."""
    take: str
    """What `enter` does."""
    drop: str
    """What `d` does, which is asked about once more."""


class Decision(Enum):
    """What a person decided."""

    TAKE = "take"
    """What is marked."""
    DROP = "drop"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision, and the cells that are marked."""

    decision: Decision
    taken: frozenset[CellKey] = frozenset()


class DifferencesScreen(Containing, ModalScreen[Answer | None], inherit_bindings=False):
    """Shows the differences on the whole screen."""

    DEFAULT_CSS: ClassVar[str] = "DifferencesScreen { layout: vertical; }"
    AUTO_FOCUS = None

    def __init__(self, subject: Subject, palette: Palette) -> None:
        super().__init__()
        self._subject = subject
        self._keys = [key_of(each) for each in subject.differences]
        self._taken: frozenset[CellKey] = subject.taken
        self._starts: list[int] = []
        self._selected = 0
        self._asks = False
        self._top = RowLine(palette, "surface")
        self._list = RowList(palette, "background", self._rows, marks=True)
        self._bottom = RowLine(palette, "surface")

    def compose(self) -> ComposeResult:
        """What is compared, the differences, and a line of keys."""
        yield self._top
        yield self._list
        yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the screen."""
        heed_newest_size(self, event)
        self._show_lines()
        self.call_after_refresh(self._mark)

    def on_key(self, event: events.Key) -> None:
        """Selects, marks, scrolls, decides."""
        event.stop()
        name = name_of(event.key, event.character)
        if self._asks:
            self._asks = False
            if name == "d":
                self.dismiss(Answer(Decision.DROP))
            self._show_lines()
            return
        page = max(1, self._list.size.height - 1)
        match name:
            case "escape" | "q" | "ctrl+c":
                self.dismiss(Answer(Decision.LATER))
            case "enter":
                self.dismiss(Answer(Decision.TAKE, self._taken))
            case "d":
                self._asks = True
                self._show_lines()
            case "space" | "x":
                self._toggle()
            case "a":
                self._toggle_all()
            case "down" | "j":
                self._select(self._selected + 1)
            case "up" | "k":
                self._select(self._selected - 1)
            case "pagedown" | "ctrl+d":
                self._list.scroll_rows(page)
            case "pageup" | "ctrl+u":
                self._list.scroll_rows(-page)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    def _show_lines(self) -> None:
        width = self.size.width
        if not width:
            return
        self._top.show(
            crop(text_row(f" {clean(self._subject.title)}", Style(Role.STRONG, bold=True)), 0, width)
        )
        if self._asks:
            question = Question(f"{self._subject.drop}: sure?", {"d": "yes"})
            self._bottom.show(bottom_row(question, width))
            return
        hints = Hints(
            (
                Hint("Enter", self._subject.take),
                Hint("Space", "mark"),
                Hint("a", "all, none"),
                Hint("d", self._subject.drop),
                Hint("q", "later"),
                Hint("Up Down", "select"),
            )
        )
        self._bottom.show(bottom_row(hints, width))

    def _toggle(self) -> None:
        if self._keys:
            self._taken ^= {self._keys[self._selected]}
            self._list.remake()

    def _toggle_all(self) -> None:
        every = frozenset(self._keys)
        self._taken = every - self._taken if self._taken == every else every
        self._list.remake()

    def _select(self, index: int) -> None:
        self._selected = index
        self._mark()

    def _mark(self) -> None:
        self._selected = max(0, min(self._selected, len(self._starts) - 1))
        if self._starts:
            self._list.mark(self._starts[self._selected])

    def _rows(self, width: int) -> list[Row]:
        subject = self._subject
        rows, self._starts = rows_of_differences(
            subject.differences, self._keys, self._taken, subject.sides, width
        )
        return rows
