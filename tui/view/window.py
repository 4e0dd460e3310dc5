"""The rows of the notebook that are in sight, and how they scroll."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tui.view.viewport import Spot, Viewport

if TYPE_CHECKING:
    from tui.document.notebook import CellKey
    from tui.view.cellblock import CellBlock
    from tui.view.cellblocks import CellBlocks
    from tui.view.viewstate import ViewState


class Window:
    """A height of rows, anchored to a cell and a row of it, wherever in the notebook the cell is."""

    def __init__(self, blocks: CellBlocks, state: ViewState) -> None:
        self.blocks = blocks
        self.state = state
        self.height = 1
        self._top = Spot(0, 0)
        self._top_key: CellKey | None = None

    @property
    def top(self) -> Spot:
        """The first row in sight."""
        notebook = self.blocks.notebook
        if self._top_key is not None and self._top_key in notebook:
            return Spot(notebook.index_of(self._top_key), self._top.row)
        return self._top

    def resize(self, width: int, height: int) -> None:
        """Take another size, keeping the text of the first row in sight."""
        self.height = max(1, height)
        if width == self.blocks.width:
            return
        if not self.blocks.width:  # nothing was laid out yet
            self.blocks.set_width(width)
            return
        top = self._view.clamped(self.top)
        before = self.blocks.at(top.index) if self.blocks.notebook.cells else None
        self.blocks.set_width(width)
        if before is not None:
            self._set_top(Spot(top.index, self.blocks.at(top.index).row_like(before, top.row)))

    def settle(self) -> list[Spot]:
        """The rows in sight, from the top, after moving to where there are any."""
        view = self._view
        top = view.clamped(self.top)
        self._set_top(top)
        return list(view.spots(top))

    # -- moving ----

    def scroll(self, rows: int) -> None:
        """Scroll, leaving focus and cursor where they are."""
        self._set_top(self._view.scrolled(self.top, rows))

    def show_focus(self) -> None:
        """Scroll as little as brings the focused cell into sight, or the cursor while it is edited."""
        index = self.blocks.notebook.index_of(self.state.focus)
        block = self.blocks.at(index)
        first, last = Spot(index, 0), _last_row(index, block)
        if self.state.editing and block.source is not None:
            row, _ = block.source.layout.position(self.state.cursor(self.state.focus).head)
            first = last = Spot(index, row)
        elif (answer_row := block.answer_row) is not None:
            first = last = Spot(index, answer_row)
        elif (control_row := block.control_row) is not None:
            first = Spot(index, control_row)
        elif (stopped_row := block.stopped_row) is not None:
            first = last = Spot(index, stopped_row)
        self._set_top(self._view.showing(self.top, first, last))

    def put_place(self, above: int) -> None:
        """Scroll so that so many rows are above the row where a person is at work, if there are as many."""
        self._set_top(self._view.clamped(self._view.step(self._place(), -above)))

    def return_to(self, top: Spot) -> None:
        """Have that row be the first in sight, as far as there are rows below it."""
        self._set_top(self._view.clamped(top))

    def show_row(self, spot: Spot, below: int) -> None:
        """Scroll as little as brings a row into sight, with as many rows below it as there is room for."""
        room = max(0, min(below, self.height - 2))
        self._set_top(self._view.showing(self.top, spot, self._view.step(spot, room)))

    def shows_place(self) -> bool:
        """Whether the row where a person is at work is in sight: the cursor's, or the focused cell's last."""
        place = self._place()
        return place >= self.top and self._view.distance(self.top, place) < self.height

    def show_place(self) -> None:
        """Scroll as little as brings that row into sight."""
        place, (index, block) = self._place(), self._focus()
        last = place if block.control_row is None else _last_row(index, block)
        self._set_top(self._view.showing(self.top, place, last))

    def _place(self) -> Spot:
        index, block = self._focus()
        if self.state.editing and block.source is not None:
            return Spot(index, block.source.layout.position(self.state.cursor(self.state.focus).head)[0])
        row = block.stopped_row if block.control_row is None else block.control_row
        return _last_row(index, block) if row is None else Spot(index, row)

    def _focus(self) -> tuple[int, CellBlock]:
        index = self.blocks.notebook.index_of(self.state.focus)
        return index, self.blocks.at(index)

    def show_end(self) -> None:
        """Bring the notebook's last row into sight."""
        self._set_top(self._view.last_top())

    # -- asking ----

    def rows_beyond(self, *, down: bool) -> int:
        """How many rows of the focused cell lie below (or above) the window; counted up to its height."""
        index = self.blocks.notebook.index_of(self.state.focus)
        top, view = self.top, self._view
        first, last = Spot(index, 0), _last_row(index, self.blocks.at(index))
        if not down:
            return view.distance(first, top) if first < top else 0
        return 0 if last < top else max(0, view.distance(top, last) - (view.height - 1))

    def cell_in_sight(self, *, down: bool) -> CellKey:
        """The last cell (or the first) with its first row in sight, else the one that fills the window."""
        spots = list(self._view.spots(self.top))
        if not spots:
            return self.state.focus
        starts = [spot for spot in spots if spot.row == 0] or spots
        return self.blocks.notebook.cells[(starts[-1] if down else starts[0]).index].key

    def rows_in_sight(self, index: int) -> range:
        """Which rows of a cell's source are in sight."""
        rows = [spot.row for spot in self._view.spots(self.top) if spot.index == index]
        source = self.blocks.at(index).source_height
        return range(rows[0], min(rows[-1] + 1, source)) if rows else range(0)

    def spot_at(self, y: int) -> Spot | None:
        """What is on a line of the window; None below the notebook's end."""
        return next((spot for at, spot in enumerate(self._view.spots(self.top)) if at == y), None)

    @property
    def _view(self) -> Viewport:
        heights = cache(self.blocks.height)  # a move asks for those in sight several times over
        return Viewport(len(self.blocks.notebook.cells), self.height, heights)

    def _set_top(self, top: Spot) -> None:
        self._top = top
        cells = self.blocks.notebook.cells
        self._top_key = cells[top.index].key if top.index < len(cells) else None


def _last_row(index: int, block: CellBlock) -> Spot:
    """The last row of a cell that is not blank."""
    return Spot(index, block.last_row)
