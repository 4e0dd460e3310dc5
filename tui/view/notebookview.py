"""The one widget that draws a notebook: the rows in sight, of which only those that differ are painted anew.

It changes nothing: clicks go up as messages, values come down.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual.message import Message

from tui.render.faultrows import fault_rows
from tui.render.rowops import row_width
from tui.runs import Running
from tui.view import mouse
from tui.view.atonce import AtOnce
from tui.view.cellblocks import CellBlocks
from tui.view.celllook import Room, Surroundings
from tui.view.cursor import Marks, with_cursor
from tui.view.editor.brackets import matching
from tui.view.gutter import Bar, bar_row
from tui.view.highlights import with_ranges
from tui.view.popup.layer import Popup, Size
from tui.view.popup.overlay import Overlay, PopupTouched
from tui.view.strips import highlighted, strip_of
from tui.view.viewport import Spot
from tui.view.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from kernelbridge.widgets.models import WidgetModels
    from tui.document.notebook import CellKey, Notebook
    from tui.render.canvas import Canvas
    from tui.render.languages import Language
    from tui.render.outputs import Pending
    from tui.render.rows import Row
    from tui.runs import RunBook
    from tui.theme import Palette
    from tui.view.cellblock import CellBlock
    from tui.view.viewstate import ViewState

_WHEEL_ROWS = 3
_PAINTERS = 4
"""Drawings that are made at a time."""
_FRAME = 1 / 60
"""Seconds between two draws that the mouse asks for."""

_StripCache: TypeAlias = "dict[int, tuple[Row, Bar, Strip]]"
"""By the row's identity, which holds as long as the row is kept beside its strip."""


class _InSight(NamedTuple):
    """A cell of which rows are drawn."""

    place: int
    """In the notebook."""
    key: CellKey
    block: CellBlock
    first_bar: Bar
    """Beside its first row."""
    bar: Bar
    """Beside the others."""
    last_row: int
    """All below it are blank."""


class NotebookView(AtOnce):
    """Draws the cells of a notebook that are in sight."""

    DEFAULT_CSS = "NotebookView { width: 1fr; height: 1fr; }"

    class FirstDrawn(Message):
        """There is something to show."""

    Pressed = mouse.Pressed
    Dragged = mouse.Dragged
    FoldPressed = mouse.FoldPressed
    Swept = mouse.Swept
    HeadPressed = mouse.HeadPressed
    RunPressed = mouse.RunPressed
    ControlPressed = mouse.ControlPressed
    PopupTouched = PopupTouched

    def __init__(
        self,
        notebook: Notebook,
        runs: RunBook,
        state: ViewState,
        language: Language,
        palette: Palette,
        canvas: Canvas,
        fold_above: int,
        models: WidgetModels,
        room: Room | None = None,
    ) -> None:
        """The width of `canvas` is not heeded: it is that of the widget."""
        super().__init__()
        self.state = state
        self._runs = runs
        self._palette = palette
        surroundings = Surroundings(
            canvas, language, fold_above, numbered=state.numbered, room=room or Room()
        )
        self._blocks = CellBlocks(notebook, runs, state, surroundings, models, self._paint, self.draw_soon)
        self._window = Window(self._blocks, state)
        self._mouse = mouse.Mouse(self, self._window)
        self._overlay = Overlay(self._blocks, state)
        self._strips: list[Strip] = []
        self._strip_cache: _StripCache = {}
        self._draw_due = False
        self._frame_due = False
        self._drawn_at = 0.0
        self._marks: Marks | None = None
        self._marked_rows: tuple[range, ...] = ()
        self._painting: set[asyncio.Task[None]] = set()
        # Threads of its own: others, as that which saves, never wait for a picture.
        self._painters = ThreadPoolExecutor(_PAINTERS, "painting")

    # -- values that come down ----

    def show(self, notebook: Notebook) -> None:
        """Draw this notebook from now on; output that grows pushes the place where one is at work nowhere."""
        with self._blocks.unchanged():
            follows = self.state.focus in self._blocks.notebook and self._window.shows_place()
        self._blocks.notebook = notebook
        if follows and self.state.focus in notebook:
            with self._blocks.unchanged():
                self._window.show_place()
        self.draw_soon()

    def set_room(self, room: Room, fold_above: int) -> None:
        """Give cells another room."""
        self._blocks.set_room(room, fold_above)
        self.draw_soon()

    def set_language(self, language: Language) -> None:
        """The language of code cells became known."""
        self._blocks.set_language(language)
        self.draw_soon()

    @property
    def language(self) -> Language:
        """The language of code cells."""
        return self._blocks.language

    def set_canvas(self, canvas: Canvas) -> None:
        """The terminal turned out to do more, or the theme has another ground."""
        self._blocks.set_canvas(canvas.of_width(self._blocks.width))
        self.draw_soon()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._strip_cache.clear()
        self.draw_soon()

    def tick(self) -> None:
        """Time went on: draw the times of what runs."""
        self._blocks.tick()
        self.draw_soon()

    @property
    def has_running(self) -> bool:
        """Whether anything in the notebook shows a time that goes on."""
        return any(isinstance(run.state, Running) for run in self._runs.active())

    @property
    def notebook(self) -> Notebook:
        """What is drawn: the notebook without the cells of folded sections."""
        return self._blocks.notebook

    def block(self, key: CellKey) -> CellBlock:
        """The rows of a cell."""
        return self._blocks.at(self._blocks.notebook.index_of(key))

    def height_of(self, popup: Popup) -> int:
        """The rows that a popup has, or would have, beside the cursor."""
        return self._overlay.height_of(popup)

    # -- scrolling ----

    def scroll_rows(self, rows: int) -> None:
        """Scroll, leaving focus and cursor where they are."""
        self._take_size()
        self._window.scroll(rows)
        self._draw_in_frame()

    @property
    def top(self) -> Spot:
        """The first row in sight."""
        return self._window.top

    def return_to(self, top: Spot) -> None:
        """Have that row be the first in sight again, as far as there are rows below it."""
        self._take_size()
        self._window.return_to(top)
        self.draw_soon()

    def show_row(self, key: CellKey, row: int, below: int) -> None:
        """Scroll as little as brings a row of a cell into sight, with so many rows below it."""
        self._take_size()
        self._window.show_row(Spot(self._blocks.notebook.index_of(key), row), below)
        self.draw_soon()

    def show_focus(self) -> None:
        """Scroll as little as brings the focused cell into sight, or the cursor while it is edited."""
        self._take_size()
        with self._blocks.unchanged():
            self._window.show_focus()
        self.draw_soon()

    def put_place(self, above: int) -> None:
        """Scroll so that so many rows are above the cursor, or what else a person is at work at."""
        self._window.put_place(above)
        self.draw_soon()

    def scroll_to_end(self) -> None:
        """Bring the notebook's last row into sight."""
        self._take_size()
        self._window.show_end()
        self.draw_soon()

    def rows_beyond(self, *, down: bool) -> int:
        """How many rows of the focused cell lie below (or above) the view; counted up to a view's height."""
        return self._window.rows_beyond(down=down)

    def rows_in_sight(self, key: CellKey) -> range:
        """Which rows of a cell's source are in sight."""
        return self._window.rows_in_sight(self._blocks.notebook.index_of(key))

    def cell_in_sight(self, *, down: bool) -> CellKey:
        """The last cell (or the first) with its first row in sight, else the one that fills the view."""
        return self._window.cell_in_sight(down=down)

    # -- drawing ----

    def draw_soon(self) -> None:
        """Draw once, when what goes on now is done."""
        if not self._draw_due and self.is_attached:
            self._draw_due = True
            asyncio.get_running_loop().call_soon(self.draw)

    def _draw_in_frame(self) -> None:
        """Draw soon, but no sooner than a frame after the last: the wheel turns faster than a line sends."""
        if not self._frame_due and self.is_attached:
            self._frame_due = True
            since = time.monotonic() - self._drawn_at
            asyncio.get_running_loop().call_later(max(0.0, _FRAME - since), self.draw)

    def draw(self) -> None:
        """Work out the rows in sight and paint those that differ from what is shown."""
        self._draw_due = self._frame_due = False
        self._drawn_at = time.monotonic()
        width, height = self._take_size() if self.is_attached else (0, 0)
        if not width or not height:
            return
        kept: _StripCache = {}
        strips: list[Strip] = []
        with self._blocks.unchanged():
            self._marks = self._marks_of_source()
            self._marked_rows = () if self._marks is None else self._marks.rows
            spots = self._window.settle()
            cell: _InSight | None = None
            for spot in spots:
                if cell is None or spot.index != cell.place:
                    cell = self._in_sight(spot.index)
                strips.append(self._strip(cell, spot.row, width, kept))
        strips.extend([strip_of((), width, self._palette, self._palette.base)] * (height - len(strips)))
        self._strip_cache = kept
        strips = self._overlay.laid_over(strips, spots, Size(width, height), self._palette)
        self._blocks.forget_old()
        is_first = not self._strips
        self._paint_differences(strips)
        if is_first:
            self.post_message(self.FirstDrawn())

    def _take_size(self) -> tuple[int, int]:
        """Have the window as large as the widget, so that nothing is laid out at a width that it has not.

        Returns columns and rows; before the first layout there are none.
        """
        size = self.size
        if size:
            self._window.resize(*size)
        return size

    def _marks_of_source(self) -> Marks | None:
        """What is marked in the source of the focused cell, where that is edited."""
        state = self.state
        is_edited = state.editing and state.focus in self._blocks.notebook
        source = self.block(state.focus).source if is_edited else None
        if source is None:
            return None
        cursor, text = state.cursor(state.focus), source.text
        pair = matching(text, cursor.head) if cursor.is_empty else None
        shown = state.shown_selection(state.focus)
        more = state.more_cursors(text)
        look = (cursor.head, state.cursor_look)
        return Marks(source.layout, shown, look, more, pair or (), state.sought)

    def render_line(self, y: int) -> Strip:
        """A row that `draw` has worked out."""
        if y < len(self._strips) and self._strips[y].cell_length == self.size.width:
            return self._strips[y]
        return strip_of((), self.size.width, self._palette, self._palette.base)

    def on_unmount(self) -> None:
        """Nobody waits for drawings any more."""
        self._painters.shutdown(wait=False, cancel_futures=True)

    def on_resize(self) -> None:
        """The size became known, or another."""
        self.draw()

    def _paint_differences(self, strips: list[Strip]) -> None:
        old, self._strips = self._strips, strips
        if len(old) != len(strips):
            self.refresh()
            return
        changed = [y for y, strip in enumerate(strips) if strip is not old[y] and strip != old[y]]
        if changed:
            self.repaint(changed)

    def _in_sight(self, index: int) -> _InSight:
        key = self._blocks.notebook.cells[index].key
        bar, is_marked = self._bar(key, index), key in self.state.marks
        first = Bar.MARKED if is_marked and bar is Bar.NONE else bar
        block = self._blocks.at(index)
        return _InSight(index, key, block, first, bar, block.last_row)

    def _strip(self, cell: _InSight, at: int, width: int, kept: _StripCache) -> Strip:
        """The strip of a row; `kept` gets it as it is without a cursor."""
        key, block = cell.key, cell.block
        row = block.row(at)
        bar = Bar.NONE if at > cell.last_row else cell.bar if at else cell.first_bar
        known = kept.get(id(row)) or self._strip_cache.get(id(row))
        if known is None or known[0] is not row or known[1] is not bar or known[2].cell_length != width:
            known = (row, bar, strip_of((*bar_row(bar), *row), width, self._palette, self._palette.base))
        kept[id(row)] = known
        strip = known[2]
        if self.state.found is not None:
            ranges = self.state.found.ranges(block, key, at, row)
            strip = with_ranges(strip, ranges, self._palette.selection)
        if self.state.swept is not None:
            swept = self.state.swept.columns(self._blocks.notebook, cell.place, at, width)
            strip = highlighted(strip, *swept, self._palette.selection)
        if key != self.state.focus:
            return strip
        if self.state.editing:
            if self._marks is None or not any(at in rows for rows in self._marked_rows):
                return strip
            return self._marks.drawn(strip, at, block.text_column, self._palette.selection)
        return with_cursor(strip, 1 + row_width(row)) if at == block.answer_row else strip

    def _bar(self, key: CellKey, index: int) -> Bar:
        if key == self.state.focus:
            return Bar.EDITING if self.state.editing else Bar.FOCUSED
        selection, notebook = self.state.selection, self._blocks.notebook
        if selection is not None and index in selection.indices(notebook):
            return Bar.SELECTED
        return Bar.NONE

    def _paint(self, pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
        async def paint() -> None:
            try:
                rows = await loop.run_in_executor(self._painters, pending.draw)
            except Exception as error:  # noqa: BLE001 - a bug costs this drawing
                rows = fault_rows(error, "drawing on a thread", self.size.width)
            ready(rows)

        loop = asyncio.get_running_loop()
        task = loop.create_task(paint())
        self._painting.add(task)
        task.add_done_callback(self._painting.discard)

    # -- mouse ----

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; focus stays."""
        event.stop()
        self._turn_wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; focus stays."""
        event.stop()
        self._turn_wheel(event, -_WHEEL_ROWS)

    def _turn_wheel(self, event: events.MouseEvent, rows: int) -> None:
        touched = self._overlay.touch(event.x, event.y, rows)
        if touched is None:
            self.scroll_rows(rows)
        else:
            self.post_message(touched)
        self._note_mouse()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press on a cell, or on what stands over it."""
        event.stop()
        touched = self._overlay.touch(event.x, event.y)
        if touched is None:
            self._mouse.press(event)
        else:
            self.post_message(touched)
        self._note_mouse()

    def _note_mouse(self) -> None:
        """From now on draw what is for the mouse; no sooner, so that nobody presses what is not in sight."""
        if not self.state.uses_mouse:
            self.state.uses_mouse = True
            self.draw_soon()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag over a source."""
        event.stop()
        self._mouse.move(event)
        self._draw_in_frame()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The end of a drag."""
        event.stop()
        self._mouse.release()
