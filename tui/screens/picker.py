"""A list in which a person types to find something and takes it: what outline and launcher have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from tui.render.rows import Row
    from tui.theme import Palette

T = TypeVar("T")

_BACKGROUND = "surface"


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A row of the list, and what is taken with it; None for headings and remarks."""

    row: Row
    answer: T | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What such a list is called and says."""

    title: str
    placeholder: str
    """Where nothing is typed."""
    hints: Hints


class PickerScreen(ModalScreen["T | None"], Generic[T], inherit_bindings=False):
    """Ends with what was taken, or with None."""

    AUTO_FOCUS = None

    def __init__(
        self,
        wording: Wording,
        palette: Palette,
        lines: Callable[[str, int], Sequence[Line[T]]],
        first: Callable[[Sequence[Line[T]]], int] = lambda _: 0,
    ) -> None:
        """`lines` gives what fits a query, for a width; `first` which of them is marked on opening."""
        super().__init__()
        self.query_text = ""
        """What was typed."""
        self._wording = wording
        self._make = lines
        self._first = first
        self._is_opened = False
        self._lines: Sequence[Line[T]] = ()
        self._prompt = RowLine(palette, _BACKGROUND)
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True, is_heading=self._is_heading)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, what it finds, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self._wording.title
            yield self._prompt
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_lines)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, takes what is marked, closes, or is typed."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self._take(self._list.marked)
        elif not self._list.take_key(name) and (query := typed(self.query_text, event)) is not None:
            self._find(query)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._find(pasted(self.query_text, event.text))

    def renew(self) -> None:
        """There is other to choose from: the mark stays where it is."""
        self._list.remake()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index)
        self._take(event.index)

    def _take(self, index: int) -> None:
        if index < len(self._lines) and (answer := self._lines[index].answer) is not None:
            self.dismiss(answer)

    def _find(self, query: str) -> None:
        self.query_text = query
        self._list.rebuild()
        self._show_query()

    def _rows(self, width: int) -> list[Row]:
        self._lines = self._make(self.query_text, width)
        return [line.row for line in self._lines]

    def _is_heading(self, index: int) -> bool:
        return index < len(self._lines) and self._lines[index].answer is None

    def _show_lines(self) -> None:
        if not self._is_opened:
            self._is_opened = True
            self._list.mark(self._first(self._lines))
        self._show_query()
        self._bottom.show(bottom_row(self._wording.hints, self._bottom.size.width))

    def _show_query(self) -> None:
        self._prompt.show(query_row(self.query_text, self._list.size.width, self._wording.placeholder))
