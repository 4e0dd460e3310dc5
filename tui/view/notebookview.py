"""The one widget that draws a notebook: the rows in sight, of which only those that differ are painted anew.

It changes nothing: clicks go up as messages, values come down.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.style import Style as RichStyle
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from tui.document.notebook import CellKey, CellKind, Notebook
from tui.document.selection import TextSelection
from tui.runs import Asking, CellRun, RunBook, Running
from tui.view.cellblock import CellBlock, CellLook, Surroundings
from tui.view.gutter import CONTENT_COLUMN, Bar, bar_row
from tui.view.outputspart import Fold
from tui.view.strips import highlighted, strip_of
from tui.view.viewport import Spot, Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.strip import Strip

    from tui.document.cellselection import CellSelection
    from tui.render.languages import Language
    from tui.render.outputs import Pending
    from tui.render.rows import Row
    from tui.theme import Palette

_KEPT_BLOCKS = 128
"""Cells whose rows are kept beyond those in sight."""
_WHEEL_ROWS = 3
_DOUBLE_CLICK = 0.4
"""Seconds between the clicks of a double click, at most."""


@dataclass(slots=True)
class ViewState:
    """Where a person is in the notebook, and how they look at it."""

    focus: CellKey
    editing: bool = False
    selection: CellSelection | None = None
    """More cells than the focused one."""
    cursors: dict[CellKey, TextSelection] = field(default_factory=dict[CellKey, TextSelection])
    folds: dict[CellKey, Fold] = field(default_factory=dict[CellKey, Fold])
    numbered: bool = False
    answer: str = ""
    """What was typed so far of the answer to `input()`."""

    def cursor(self, key: CellKey) -> TextSelection:
        """Where the cursor of a cell is."""
        return self.cursors.get(key, TextSelection())


@dataclass(frozen=True, slots=True)
class _Click:
    x: int
    y: int
    time: float
    count: int


class NotebookView(Widget):
    """Draws the cells of a notebook that are in sight."""

    DEFAULT_CSS = "NotebookView { width: 1fr; height: 1fr; }"

    class Pressed(Message):
        """The mouse was pressed on a cell; `offset` is the place in its source, if it was on that."""

        def __init__(self, key: CellKey, offset: int | None, clicks: int, *, extends: bool) -> None:
            super().__init__()
            self.key = key
            self.offset = offset
            self.clicks = clicks
            self.extends = extends

    class Dragged(Message):
        """The mouse moved, pressed, over the source of the cell where it was pressed."""

        def __init__(self, key: CellKey, offset: int) -> None:
            super().__init__()
            self.key = key
            self.offset = offset

    class FoldPressed(Message):
        """The mouse was pressed on what stands for folded rows."""

        def __init__(self, key: CellKey) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self,
        notebook: Notebook,
        runs: RunBook,
        state: ViewState,
        language: Language,
        palette: Palette,
        fold_above: int,
    ) -> None:
        super().__init__()
        self.state = state
        self._notebook = notebook
        self._runs = runs
        self._language = language
        self._palette = palette
        self._fold_above = fold_above
        self._surroundings = Surroundings(0, language, fold_above, numbered=False)
        self._blocks: dict[CellKey, CellBlock] = {}
        self._order: Mapping[CellKey, int] = {}
        self._top = Spot(0, 0)
        self._top_key: CellKey | None = None
        self._strips: list[Strip] = []
        self._strip_cache: dict[tuple[int, Bar], tuple[Row, Strip]] = {}
        self._draw_due = False
        self._pressed: CellKey | None = None
        self._click: _Click | None = None
        self._painting: set[asyncio.Task[None]] = set()
        self._reorder()

    # -- values that come down ----

    def show(self, notebook: Notebook, *, structure: bool) -> None:
        """Draw this notebook from now on; `structure`: other cells, or in another order."""
        self._notebook = notebook
        if structure:
            self._reorder()
        self.draw_soon()

    def set_language(self, language: Language) -> None:
        """The language of code cells became known."""
        if language != self._language:
            self._language = language
            self.draw_soon()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._strip_cache.clear()
        self.draw_soon()

    def tick(self) -> None:
        """Time went on: draw the times of what runs."""
        for block in self._blocks.values():
            block.tick()
        self.draw_soon()

    # -- scrolling ----

    def scroll_rows(self, rows: int) -> None:
        """Scroll, leaving focus and cursor where they are."""
        self._set_top(self._viewport().scrolled(self._current_top(), rows))
        self.draw_soon()

    def show_focus(self) -> None:
        """Scroll as little as brings the focused cell into sight, or the cursor while it is edited."""
        index = self._order[self.state.focus]
        block = self._block(index)
        first, last = Spot(index, 0), Spot(index, max(0, block.height - 2))
        if self.state.editing and block.source is not None:
            row, _ = block.source.layout.position(self.state.cursor(self.state.focus).head)
            first = last = Spot(index, row)
        elif (answer_row := block.answer_row) is not None:
            first = last = Spot(index, answer_row)
        self._set_top(self._viewport().showing(self._current_top(), first, last))
        self.draw_soon()

    def scroll_to_end(self) -> None:
        """Bring the notebook's last row into sight."""
        self._set_top(self._viewport().last_top())
        self.draw_soon()

    def rows_beyond(self, *, down: bool) -> int:
        """How many rows of the focused cell lie below (or above) the view; counted up to a view's height."""
        index = self._order[self.state.focus]
        top, view = self._current_top(), self._viewport()
        if not down:
            return view.distance(Spot(index, 0), top) if Spot(index, 0) < top else 0
        last = Spot(index, max(0, self._block(index).height - 2))
        if last < top:
            return 0
        return max(0, view.distance(top, last) - (view.height - 1))

    def cell_in_sight(self, *, down: bool) -> CellKey:
        """The last cell (or the first) with its first row in sight, else the one that fills the view."""
        spots = list(self._viewport().spots(self._current_top()))
        starts = [spot for spot in spots if spot.row == 0]
        if not starts:
            return self._notebook.cells[spots[0].index].key if spots else self.state.focus
        return self._notebook.cells[(starts[-1] if down else starts[0]).index].key

    def block(self, key: CellKey) -> CellBlock:
        """The rows of a cell."""
        return self._block(self._order[key])

    # -- drawing ----

    def draw_soon(self) -> None:
        """Draw once, when what goes on now is done."""
        if not self._draw_due and self.is_attached:
            self._draw_due = True
            asyncio.get_running_loop().call_soon(self.draw)

    def draw(self) -> None:
        """Work out the rows in sight and paint those that differ from what is shown."""
        self._draw_due = False
        if not self.is_attached or not self.size:
            return
        self._refresh_surroundings()
        view = self._viewport()
        top = view.clamped(self._current_top())
        self._set_top(top)
        base = self._palette.base
        used: dict[tuple[int, Bar], tuple[Row, Strip]] = {}
        strips = [self._strip(spot, base, used) for spot in view.spots(top)]
        blank = strip_of((), self.size.width, self._palette, base)
        strips.extend([blank] * (self.size.height - len(strips)))
        self._strip_cache = used
        self._forget_far_blocks()
        self._paint_differences(strips)

    def render_line(self, y: int) -> Strip:
        """A row that `draw` has worked out."""
        if y < len(self._strips) and self._strips[y].cell_length == self.size.width:
            return self._strips[y]
        return strip_of((), self.size.width, self._palette, self._palette.base)

    def on_resize(self) -> None:
        """The size became known, or another."""
        self.draw()

    def _paint_differences(self, strips: Sequence[Strip]) -> None:
        old, self._strips = self._strips, list(strips)
        if len(old) != len(strips):
            self.refresh()
            return
        changed = [y for y, strip in enumerate(strips) if strip is not old[y] and strip != old[y]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _strip(self, spot: Spot, base: RichStyle, used: dict[tuple[int, Bar], tuple[Row, Strip]]) -> Strip:
        key = self._notebook.cells[spot.index].key
        block = self._block(spot.index)
        row = block.row(spot.row)
        bar = Bar.NONE if block.is_blank(spot.row) else self._bar(key, spot.index)
        cache_key = (id(row), bar)
        cached = used.get(cache_key) or self._strip_cache.get(cache_key)
        if cached is None or cached[0] is not row or cached[1].cell_length != self.size.width:
            cached = (row, strip_of((*bar_row(bar), *row), self.size.width, self._palette, base))
        used[cache_key] = cached
        if key != self.state.focus or (not self.state.editing and block.answer_row is None):
            return cached[1]
        return self._with_cursor(cached[1], block, key, spot.row)

    def _bar(self, key: CellKey, index: int) -> Bar:
        if key == self.state.focus:
            return Bar.EDITING if self.state.editing else Bar.FOCUSED
        selection = self.state.selection
        if selection is not None:
            low, high = sorted((self._order[selection.anchor], self._order[selection.head]))
            if low <= index <= high:
                return Bar.SELECTED
        return Bar.NONE

    def _with_cursor(self, strip: Strip, block: CellBlock, key: CellKey, row: int) -> Strip:
        cursor_style = RichStyle(reverse=True)
        if row == block.answer_row:
            column = (
                CONTENT_COLUMN + sum(span.width for span in block.answer_prompt()) + len(self.state.answer)
            )
            return highlighted(strip, column, column + 1, cursor_style)
        if block.source is None or row >= block.source_height or not self.state.editing:
            return strip
        layout, selection = block.source.layout, self.state.cursor(key)
        start, end = layout.row_span(row)
        if not selection.is_empty and selection.start <= end and selection.end > start:
            left = layout.position(selection.start)[1] if selection.start > start else 0
            until = layout.position(selection.end)
            right = until[1] if until[0] == row else _row_width(block, row) + 1
            strip = highlighted(
                strip, block.text_column + left, block.text_column + right, self._palette.selection
            )
        head_row, column = layout.position(min(selection.head, len(layout.text)))
        if head_row == row:
            at = block.text_column + column
            width = max(1, _width_at(block, row, column))
            strip = highlighted(strip, at, at + width, cursor_style)
        return strip

    # -- mouse ----

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; focus stays."""
        event.stop()
        self.scroll_rows(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; focus stays."""
        event.stop()
        self.scroll_rows(-_WHEEL_ROWS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Says which cell, and which place in its source."""
        spot = self._spot_at(event.y)
        if spot is None or event.button != 1:
            return
        event.stop()
        key = self._notebook.cells[spot.index].key
        block = self._block(spot.index)
        if block.is_fold_row(spot.row):
            self.post_message(self.FoldPressed(key))
            return
        self._pressed = key
        self.capture_mouse()
        offset = self._offset_at(block, spot.row, event.x)
        self.post_message(self.Pressed(key, offset, self._count_clicks(event), extends=event.shift))

    def _count_clicks(self, event: events.MouseDown) -> int:
        """1 for a click, 2 for a double click, and so on: presses in one place, soon after each other."""
        last, self._click = self._click, _Click(event.x, event.y, event.time, 1)
        if (
            last is not None
            and (last.x, last.y) == (event.x, event.y)
            and event.time - last.time < _DOUBLE_CLICK
        ):
            self._click = replace(self._click, count=last.count + 1)
        return self._click.count

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says how far the mouse was dragged, scrolling at the edges."""
        if self._pressed is None or self._pressed not in self._order:
            return
        event.stop()
        if event.y < 0 or event.y >= self.size.height:
            self.scroll_rows(-1 if event.y < 0 else 1)
        index = self._order[self._pressed]
        spot = self._spot_at(max(0, min(event.y, self.size.height - 1)))
        block = self._block(index)
        if spot is None or block.source is None:
            return
        row = spot.row if spot.index == index else (block.source_height if spot.index > index else 0)
        offset = self._offset_at(block, min(row, block.source_height - 1), event.x)
        if offset is not None:
            self.post_message(self.Dragged(self._pressed, offset))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Ends a drag."""
        event.stop()
        self._pressed = None
        self.release_mouse()

    def _spot_at(self, y: int) -> Spot | None:
        return next(
            (spot for at, spot in enumerate(self._viewport().spots(self._current_top())) if at == y), None
        )

    def _offset_at(self, block: CellBlock, row: int, x: int) -> int | None:
        if block.source is None or row >= block.source_height:
            return None
        return block.source.layout.offset_at(row, max(0, x - block.text_column))

    # -- cells and their blocks ----

    def _reorder(self) -> None:
        self._order = {cell.key: index for index, cell in enumerate(self._notebook.cells)}

    def _viewport(self) -> Viewport:
        return Viewport(len(self._notebook.cells), max(1, self.size.height), self._height)

    def _height(self, index: int) -> int:
        return self._block(index).height

    def _current_top(self) -> Spot:
        """The top, wherever its cell is now."""
        if self._top_key is not None and self._top_key in self._order:
            return Spot(self._order[self._top_key], self._top.row)
        return self._top

    def _set_top(self, top: Spot) -> None:
        self._top = top
        cells = self._notebook.cells
        self._top_key = cells[top.index].key if top.index < len(cells) else None

    def _refresh_surroundings(self) -> None:
        now = Surroundings(self.size.width, self._language, self._fold_above, numbered=self.state.numbered)
        if now != self._surroundings:
            self._surroundings = now
            self._blocks.clear()

    def _block(self, index: int) -> CellBlock:
        self._refresh_surroundings()
        cell = self._notebook.cells[index]
        block = self._blocks.pop(cell.key, None)
        if block is None:
            block = CellBlock(self._surroundings, self._paint, self.draw_soon)
        self._blocks[cell.key] = block
        run = self._runs.state_of(cell.key)
        editing = self.state.editing and cell.key == self.state.focus
        answer = self._answer(run)
        fold = self.state.folds.get(cell.key, Fold.LONG)
        block.update(cell, CellLook(run, fold, editing or cell.kind is not CellKind.MARKDOWN, answer))
        return block

    def _answer(self, run: CellRun | None) -> str | None:
        if not isinstance(run, Asking):
            return None
        return "•" * len(self.state.answer) if run.password else self.state.answer

    def _forget_far_blocks(self) -> None:
        while len(self._blocks) > _KEPT_BLOCKS:
            del self._blocks[next(iter(self._blocks))]

    def _paint(self, pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
        async def paint() -> None:
            ready(await asyncio.to_thread(pending.draw))
            self.draw_soon()

        task = asyncio.get_running_loop().create_task(paint())
        self._painting.add(task)
        task.add_done_callback(self._painting.discard)

    @property
    def has_running(self) -> bool:
        """Whether anything in the notebook shows a time that goes on."""
        return any(isinstance(run.state, Running) for run in self._runs.active())


def _row_width(block: CellBlock, row: int) -> int:
    return sum(piece.width for piece in block.source.layout.row_text(row)) if block.source is not None else 0


def _width_at(block: CellBlock, row: int, column: int) -> int:
    """The width of what is drawn at a column of the source: the cursor covers all of a wide character."""
    if block.source is None:
        return 1
    layout = block.source.layout
    start = layout.offset_at(row, column)
    behind = layout.border_after(start)
    next_row, next_column = layout.position(behind)
    return next_column - column if next_row == row else 1
