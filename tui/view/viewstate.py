"""Where a person is in the notebook and how they look at it: what the view draws besides cells and runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from tui.document.selection import TextSelection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.document.cellselection import CellSelection
    from tui.document.notebook import CellKey
    from tui.render.widgets.surface import Focus
    from tui.view.linemarks import LineMarks
    from tui.view.outputspart import Fold


class CursorLook(Enum):
    """How the cursor is drawn; a bar between two cells cannot be."""

    BLOCK = "block"
    UNDERLINE = "underline"
    """Where vim's keys put text in, so that it differs from where they are commands."""


@dataclass(slots=True)
class ViewState:
    """Changed by the screen, read by the view."""

    focus: CellKey
    editing: bool = False
    selection: CellSelection | None = None
    """More cells than the focused one."""
    cursors: dict[CellKey, TextSelection] = field(default_factory=dict["CellKey", TextSelection])
    folds: dict[CellKey, Fold] = field(default_factory=dict["CellKey", "Fold"])
    turns: dict[CellKey, int] = field(default_factory=dict["CellKey", int])
    """How often the next type of a cell's outputs was asked for."""
    columns: dict[CellKey, int | None] = field(default_factory=dict["CellKey", "int | None"])
    """Where it is not as `wraps` says: the first column in sight of whole lines; None for wrapped ones."""
    wraps: bool = True
    """Whether printed lines that are too long are wrapped."""
    numbered: bool = False
    answer: str = ""
    """What was typed so far of the answer to `input()`."""
    marked: tuple[int, int] | None = None
    """What of the edited text is shown as selected, where it is not what the cursor's selection says."""
    cursor_look: CursorLook = CursorLook.BLOCK
    """How the cursor in the edited text is drawn."""
    marks: Mapping[CellKey, LineMarks] = field(default_factory=dict["CellKey", "LineMarks"])
    """Lines of cells that a debugger has to do with."""
    control: Focus | None = None
    """The control of a widget in the focused cell that keys go to."""

    def cursor(self, key: CellKey) -> TextSelection:
        """Where the cursor of a cell is."""
        return self.cursors.get(key, TextSelection())

    def shown_selection(self, key: CellKey) -> TextSelection:
        """What is drawn as selected in the cell that is edited."""
        return self.cursor(key) if self.marked is None else TextSelection(*self.marked)

    def column(self, key: CellKey) -> int | None:
        """The first column in sight of a cell's printed lines; None where they are wrapped."""
        return self.columns.get(key, None if self.wraps else 0)
