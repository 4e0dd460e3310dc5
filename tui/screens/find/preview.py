"""The list of lines that replacing would change: each can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keynotation import name_of
from tui.screens.find.previewrows import ROWS_EACH, PreviewRows
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.document.notebook import Notebook
    from tui.document.replacing import LineChange
    from tui.render.rows import Row
    from tui.theme import Palette

_BACKGROUND = "surface"


class ReplacePreviewScreen(ModalScreen["list[LineChange] | None"], inherit_bindings=False):
    """Ends with the changes to make, or with None."""

    AUTO_FOCUS = None

    def __init__(self, changes: Sequence[LineChange], notebook: Notebook, palette: Palette) -> None:
        super().__init__()
        self._changes = changes
        self._notebook = notebook
        self._left_out: set[int] = set()
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True, is_heading=self._is_detail)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The lines, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Replace"
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_bottom)

    def on_key(self, event: events.Key) -> None:
        """Moves, leaves out or takes, replaces, or closes."""
        event.stop()
        name = name_of(event.key, event.character)
        steps = {"down": ROWS_EACH, "j": ROWS_EACH, "up": -ROWS_EACH, "k": -ROWS_EACH}
        match name:
            case "escape" | "ctrl+c" | "q":
                self.dismiss(None)
            case "enter":
                self._replace()
            case "space" | "x":
                self._toggle(self._list.marked)
            case "a":
                taken = len(self._left_out) < len(self._changes)
                self._left_out = set(range(len(self._changes))) if taken else set()
            case _ if name in steps:
                self._list.mark(self._list.marked + steps[name])
            case _:
                self._list.take_key(name)
        self._list.remake()
        self._show_bottom()

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index - event.index % ROWS_EACH)
        self._toggle(event.index)
        self._list.remake()
        self._show_bottom()

    def _toggle(self, row: int) -> None:
        self._left_out ^= {row // ROWS_EACH}

    def _replace(self) -> None:
        taken = [each for at, each in enumerate(self._changes) if at not in self._left_out]
        if taken:
            self.dismiss(taken)

    def _rows(self, width: int) -> Sequence[Row]:
        return PreviewRows(self._changes, self._notebook, self._left_out, width)

    def _is_detail(self, index: int) -> bool:
        return index % ROWS_EACH != 0

    def _show_bottom(self) -> None:
        count = len(self._changes) - len(self._left_out)
        lines = "1 line" if count == 1 else f"{count:,} lines"
        hints = Hints(
            (
                Hint("Enter", f"replace in {lines}"),
                Hint("Space", "leave out"),
                Hint("a", "all or none"),
                Hint("Esc", "back"),
            )
        )
        self._bottom.show(bottom_row(hints, self._bottom.size.width))
