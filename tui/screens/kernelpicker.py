"""The list of all kernels that the notebook could run on: type to find one, Enter to take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from kernelbridge.kernelchoices import Choice
from tui.keynotation import name_of
from tui.screens.kernelrows import KernelRow, detail_row, kernel_rows
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.render.rows import Row

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "use it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_PLACEHOLDER = "type to find a kernel"


class KernelPickerScreen(ModalScreen[Choice | None], inherit_bindings=False):
    """Ends with the kernel that was chosen, or with None."""

    AUTO_FOCUS = None

    def __init__(self, choices: Sequence[Choice], palette: Palette) -> None:
        super().__init__()
        self.choices = choices
        """What there is to choose."""
        self._query = ""
        self._shown: list[KernelRow] = []
        self._prompt = RowLine(palette, _BACKGROUND)
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True, is_heading=self._is_heading)
        self._detail = RowLine(palette, "panel")
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, what it finds, what the marked one is, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Kernels"
            yield self._prompt
            yield self._list
            yield self._detail
            yield self._bottom

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self._show_query()

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_lines)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, closes, or is typed."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self._choose(self._list.marked)
        elif self._list.take_key(name):
            self._show_detail()
        elif (query := typed(self._query, event)) is not None:
            self._find(query)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._find(pasted(self._query, event.text))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index)
        self._show_detail()
        self._choose(event.index)

    def _choose(self, index: int) -> None:
        """Take the kernel in that row; for one that cannot be had, the line below says why."""
        choice = self._choice_at(index)
        if choice is not None and not choice.problem:
            self.dismiss(choice)

    def _find(self, query: str) -> None:
        self._query = query
        self._list.rebuild()
        self._show_query()
        self._show_detail()

    def _rows(self, width: int) -> list[Row]:
        self._shown = kernel_rows(self.choices, self._query, width)
        return [each.row for each in self._shown]

    def _is_heading(self, index: int) -> bool:
        return index < len(self._shown) and self._shown[index].is_heading

    def _choice_at(self, index: int) -> Choice | None:
        return self._shown[index].choice if index < len(self._shown) else None

    def _show_lines(self) -> None:
        self._show_query()
        self._show_detail()
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))

    def _show_query(self) -> None:
        self._prompt.show(query_row(self._query, self._list.size.width, _PLACEHOLDER))

    def _show_detail(self) -> None:
        self._detail.show(detail_row(self._choice_at(self._list.marked), self._detail.size.width))
