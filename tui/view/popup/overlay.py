"""The popups that are open over the view of a notebook: where they stand, and which the mouse is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui.view.popup.layer import Place, Popup, Size, laid_over, place_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from tui.theme import Palette
    from tui.view.cellblocks import CellBlocks
    from tui.view.viewport import Spot
    from tui.view.viewstate import ViewState


class PopupTouched(Message, namespace="notebook_view"):
    """The mouse was pressed on a row of a popup, or the wheel was turned by some rows over it."""

    def __init__(self, popup: Popup, row: int, wheel: int) -> None:
        super().__init__()
        self.popup = popup
        self.row = row
        self.wheel = wheel
        """0 for a press."""


class _Placed(NamedTuple):
    popup: Popup
    place: Place


class Overlay:
    """Lays the popups of the view's state over what is drawn, as long as the cursor is in sight."""

    def __init__(self, blocks: CellBlocks, state: ViewState) -> None:
        self._blocks = blocks
        self._state = state
        self._placed: list[_Placed] = []
        self._cells: dict[Spot, int] = {}
        self._size = Size(1, 1)

    def laid_over(
        self, strips: list[Strip], spots: Sequence[Spot], size: Size, palette: Palette
    ) -> list[Strip]:
        """The strips of the rows in sight with the popups over them."""
        self._size = size
        self._cells = {spot: y for y, spot in enumerate(spots)} if self._state.popups else {}
        self._placed = []
        for popup in self._state.popups:
            place = self._place(popup)
            if place is not None:
                self._placed.append(_Placed(popup, place))
                strips = laid_over(strips, popup, place, palette, palette.on("panel"))
        return strips

    def height_of(self, popup: Popup) -> int:
        """The rows that a popup has in the view as it was drawn last; at least one."""
        place = self._place(popup)
        return popup.wanted(self._size).height if place is None else place.size.height

    def touch(self, x: int, y: int, wheel: int = 0) -> PopupTouched | None:
        """What the mouse does at a cell of the view, where that is in a popup."""
        for popup, place in reversed(self._placed):
            row = place.row_at(x, y)
            if row is not None:
                return PopupTouched(popup, row, wheel)
        return None

    def _place(self, popup: Popup) -> Place | None:
        notebook, state = self._blocks.notebook, self._state
        if not state.editing or state.focus not in notebook:
            return None
        index = notebook.index_of(state.focus)
        block = self._blocks.at(index)
        if block.source is None or popup.offset > len(block.source.text):
            return None
        row, column = block.source.layout.position(popup.offset)
        head_row = block.source.layout.position(state.cursor(state.focus).head)[0]
        y = next((y for spot, y in self._cells.items() if spot.index == index and spot.row == head_row), None)
        if y is None:
            return None
        left = block.text_column + column if row == head_row else block.text_column
        return place_beside(max(0, left - 1), y, popup, self._size)
