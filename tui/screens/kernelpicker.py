"""The list of all kernels that the notebook could run on: type to find one, Enter to take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kernelbridge.kernelchoices import Choice
from tui.screens.dialog import SearchDialog
from tui.screens.kernelrows import KernelRow, detail_row, kernel_rows
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from tui.render.rows import Row


class KernelPickerScreen(SearchDialog[Choice], inherit_bindings=False):
    """Ends with the kernel that was chosen, or with None."""

    HEADING = "Kernels"
    HINTS = Hints((Hint("Enter", "use it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
    PLACEHOLDER = "type to find a kernel"

    def __init__(self, choices: Sequence[Choice], palette: Palette) -> None:
        super().__init__(palette)
        self.choices = choices
        """What there is to choose."""
        self._shown: list[KernelRow] = []
        self._detail = RowLine(palette, "panel")

    def parts(self) -> Iterable[Widget]:
        """Below the list, what the marked one is."""
        return (*super().parts(), self._detail)

    def rows(self, width: int) -> list[Row]:
        """The kernels that fit, under their headings."""
        self._shown = kernel_rows(self.choices, self.query_text, width)
        return [each.row for each in self._shown]

    def is_heading(self, index: int) -> bool:
        """Whether the row is no kernel."""
        return index < len(self._shown) and self._shown[index].is_heading

    def answer(self, index: int) -> Choice | None:
        """The kernel in that row; of one that cannot be had, the line below says why."""
        choice = self._choice_at(index)
        return choice if choice is not None and not choice.problem else None

    def clicked(self, index: int) -> None:
        """Take it, or show why that cannot be."""
        self.show_lines()
        super().clicked(index)

    def show_lines(self) -> None:
        """Draw the lines around the list."""
        super().show_lines()
        self._detail.show(detail_row(self._choice_at(self.list.marked), self._detail.size.width))

    def _choice_at(self, index: int) -> Choice | None:
        return self._shown[index].choice if index < len(self._shown) else None
