"""Where a person is in the notebook and how they look at it: what the view draws besides cells and runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.document.hiding import hides_outputs, hides_source
from tui.document.selection import TextSelection
from tui.view.cursorlook import CursorLook
from tui.view.outputspart import Fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.document.cellselection import CellSelection
    from tui.document.notebook import Cell, CellKey
    from tui.render.widgets.surface import Focus
    from tui.view.editor.rectangle import Rectangle
    from tui.view.highlights import Highlights
    from tui.view.linemarks import LineMarks
    from tui.view.popup.layer import Popup
    from tui.view.sweep import Sweep


@dataclass(frozen=True, slots=True)
class MoreCursors:
    """Further cursors in a cell; once its text is another than they are of, they count no more."""

    key: CellKey
    text: str
    selections: tuple[TextSelection, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found in the edited text, and where one is about to be."""

    spans: Sequence[tuple[int, int]] = ()
    """In order."""
    current: tuple[int, int] | None = None


@dataclass(slots=True)
class ViewState:
    """Changed by the screen, read by the view."""

    focus: CellKey
    editing: bool = False
    selection: CellSelection | None = None
    """More cells than the focused one."""
    cursors: dict[CellKey, TextSelection] = field(default_factory=dict["CellKey", TextSelection])
    folds: dict[CellKey, Fold] = field(default_factory=dict["CellKey", Fold])
    """How much of a cell's outputs is shown, where it is not as the file says."""
    hidden_sources: dict[CellKey, bool] = field(default_factory=dict["CellKey", bool])
    """Whether a cell's source is hidden, where it is not as the file says."""
    folded: Mapping[CellKey, int] = field(default_factory=dict["CellKey", int])
    """The cells whose sections are folded, and how many cells each hides."""
    marks: set[CellKey] = field(default_factory=set["CellKey"])
    """Cells that a person marked, to come back to."""
    trail: list[CellKey] = field(default_factory=list["CellKey"])
    """Where a person was before each jump."""
    uses_mouse: bool = False
    """Whether the mouse was used here: what is only for it is not sent to the terminal before."""
    swept: Sweep | None = None
    """Text that was selected with the mouse as it is drawn."""
    found: Highlights | None = None
    """What was looked for, and where it is."""
    turns: dict[CellKey, int] = field(default_factory=dict["CellKey", int])
    """How often the next type of a cell's outputs was asked for."""
    columns: dict[CellKey, int | None] = field(default_factory=dict["CellKey", "int | None"])
    """Where it is not as `wraps` says: the first column in sight of whole lines; None for wrapped ones."""
    wraps: bool = True
    """Whether printed lines that are too long are wrapped."""
    numbered: bool = False
    answer: str = ""
    """What was typed so far of the answer to `input()`."""
    more: MoreCursors | None = None
    """Where else in the focused cell typed text goes."""
    popups: tuple[Popup, ...] = ()
    """What stands over the notebook beside the cursor, the uppermost last."""
    marked: TextSelection | Rectangle | None = None
    """What of the edited text is shown as selected, where it is not what the cursor's selection says."""
    sought: Sought = field(default_factory=Sought)
    """What of the edited text is shown as found."""
    cursor_look: CursorLook = CursorLook.BLOCK
    """How the cursor in the edited text is drawn."""
    line_marks: Mapping[CellKey, LineMarks] = field(default_factory=dict["CellKey", "LineMarks"])
    """Lines of cells that a debugger has to do with."""
    control: Focus | None = None
    """The control of a widget in the focused cell that keys go to."""

    def cursor(self, key: CellKey) -> TextSelection:
        """Where the cursor of a cell is."""
        return self.cursors.get(key, TextSelection())

    def more_cursors(self, text: str) -> tuple[TextSelection, ...]:
        """The cursors of the focused cell, whose source is `text`, besides the one in `cursors`."""
        more = self.more
        is_here = more is not None and self.editing and more.key == self.focus and more.text == text
        return more.selections if more is not None and is_here else ()

    def fold(self, cell: Cell) -> Fold:
        """How much of a cell's outputs is shown: as it was asked for, else as the file says."""
        return self.folds.get(cell.key) or (Fold.HIDDEN if hides_outputs(cell.metadata) else Fold.LONG)

    def is_source_hidden(self, cell: Cell) -> bool:
        """Whether a cell's source is hidden: as it was asked for, else as the file says."""
        return self.hidden_sources.get(cell.key, hides_source(cell.metadata))

    def shown_selection(self, key: CellKey) -> TextSelection | Rectangle:
        """What is drawn as selected in the cell that is edited."""
        return self.cursor(key) if self.marked is None else self.marked

    def column(self, key: CellKey) -> int | None:
        """The first column in sight of a cell's printed lines; None where they are wrapped."""
        return self.columns.get(key, None if self.wraps else 0)
