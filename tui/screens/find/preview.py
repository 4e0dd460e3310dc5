"""The list of lines that replacing would change: each can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keynotation import name_of
from tui.screens.dialog import ListDialog
from tui.screens.find.previewrows import ROWS_EACH, PreviewRows
from tui.widgets.hintline import Hint, Hints, bottom_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.document.notebook import Notebook
    from tui.document.replacing import LineChange
    from tui.render.rows import Row
    from tui.theme import Palette


class ReplacePreviewScreen(ListDialog["list[LineChange]"], inherit_bindings=False):
    """Ends with the changes to make, or with None."""

    HEADING = "Replace"

    def __init__(self, changes: Sequence[LineChange], notebook: Notebook, palette: Palette) -> None:
        super().__init__(palette)
        self._changes = changes
        self._notebook = notebook
        self._left_out: set[int] = set()

    def rows(self, width: int) -> Sequence[Row]:
        """Three rows for each change."""
        return PreviewRows(self._changes, self._notebook, self._left_out, width)

    def is_heading(self, index: int) -> bool:
        """Whether the row is one of before or after."""
        return index % ROWS_EACH != 0

    def answer(self, index: int) -> list[LineChange] | None:  # noqa: ARG002  all that are taken, from any row
        """What is not left out."""
        taken = [each for at, each in enumerate(self._changes) if at not in self._left_out]
        return taken or None

    def clicked(self, index: int) -> None:
        """Leave the change out, or take it."""
        self._toggle(index // ROWS_EACH)

    def take_other_key(self, event: events.Key) -> None:
        """Leave a change out or take it, or move the mark from one to another."""
        name = name_of(event.key, event.character)
        steps = {"down": ROWS_EACH, "j": ROWS_EACH, "up": -ROWS_EACH, "k": -ROWS_EACH}
        if name in ("space", "x"):
            self._toggle(self.list.marked // ROWS_EACH)
        elif name == "a":
            self._toggle_all()
        elif name in steps:
            self.list.mark(self.list.marked + steps[name])
        else:
            self.list.take_key(name)

    def _toggle(self, which: int) -> None:
        self._left_out ^= {which}
        self.list.remake()
        self.show_lines()

    def _toggle_all(self) -> None:
        self._left_out = set() if self._left_out else set(range(len(self._changes)))
        self.list.remake()
        self.show_lines()

    def bottom(self, width: int) -> Row:
        """How many lines are to be changed, and the keys."""
        count = len(self._changes) - len(self._left_out)
        lines = "1 line" if count == 1 else f"{count:,} lines"
        keys = (Hint("Space", "leave out"), Hint("a", "all or none"), Hint("Esc", "back"))
        return bottom_row(Hints((Hint("Enter", f"replace in {lines}"), *keys)), width)
