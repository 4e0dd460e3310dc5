"""What the mouse does on the view of a notebook, told as messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.document.headings import first_heading
from tui.view.gutter import CONTENT_COLUMN
from tui.view.runbutton import RunButton
from tui.view.sweep import Place, Sweep
from tui.view.swepttext import swept_text

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from kernelbridge.outputs import JsonObject
    from kernelbridge.widgets.model import ModelId
    from tui.document.notebook import CellKey
    from tui.render.widgets.block import ControlId
    from tui.view.cellblock import CellBlock
    from tui.view.window import Window

_MULTIPLE_CLICK = 0.4
"""Seconds between the clicks of a double click, at most."""


class Pressed(Message, namespace="notebook_view"):
    """The mouse was pressed on a cell; `offset` is the place in its source, if it was on that."""

    def __init__(self, key: CellKey, offset: int | None, clicks: int, *, extends: bool) -> None:
        super().__init__()
        self.key = key
        self.offset = offset
        self.clicks = clicks
        self.extends = extends


class Dragged(Message, namespace="notebook_view"):
    """The mouse moved, pressed, over the source of the cell where it was pressed."""

    def __init__(self, key: CellKey, offset: int) -> None:
        super().__init__()
        self.key = key
        self.offset = offset


class Swept(Message, namespace="notebook_view"):
    """Text was selected with the mouse, as it is drawn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class HeadPressed(Message, namespace="notebook_view"):
    """The mouse was pressed beside the first row of a heading."""

    def __init__(self, key: CellKey) -> None:
        super().__init__()
        self.key = key


class RunPressed(Message, namespace="notebook_view"):
    """The mouse was pressed on the button of a cell, which showed that."""

    def __init__(self, key: CellKey, button: RunButton) -> None:
        super().__init__()
        self.key = key
        self.button = button


class FoldPressed(Message, namespace="notebook_view"):
    """The mouse was pressed on what stands for folded rows."""

    def __init__(self, key: CellKey) -> None:
        super().__init__()
        self.key = key


class ControlPressed(Message, namespace="notebook_view"):
    """The mouse was pressed on a control of a widget, or on one of its options, which sets a state."""

    def __init__(
        self, key: CellKey, control: ControlId | None, pick: tuple[ModelId, JsonObject] | None
    ) -> None:
        super().__init__()
        self.key = key
        self.reached = control
        self.pick = pick


@dataclass(frozen=True, slots=True)
class _Click:
    """A press, and the how many-th it is in its place."""

    x: int
    y: int
    time: float
    count: int


class Mouse:
    """Turns what the mouse does on a widget that shows a window's rows into its messages."""

    def __init__(self, widget: Widget, window: Window) -> None:
        self._widget = widget
        self._window = window
        self._held: CellKey | None = None
        self._anchor: Place | None = None
        """Where the mouse was pressed."""
        self._is_in_source = False
        """Whether that was in a source."""
        self._click: _Click | None = None

    def press(self, event: events.MouseDown) -> None:
        """Says which cell, and which place in its source."""
        spot = self._window.spot_at(event.y)
        if spot is None or event.button != 1:
            return
        notebook = self._window.blocks.notebook
        key = notebook.cells[spot.index].key
        block = self._window.blocks.at(spot.index)
        if block.is_fold_row(spot.row):
            self._widget.post_message(FoldPressed(key))
            return
        control, pick = _control_at(block, spot.row, event.x)
        if control is not None or pick is not None:
            self._widget.post_message(ControlPressed(key, control, pick))
            return
        if spot.row == 0 and 0 < event.x < CONTENT_COLUMN and first_heading(notebook.cells[spot.index]):
            self._widget.post_message(HeadPressed(key))
            return
        clicks, button = self._count(event), block.button_at(spot.row, event.x)
        if button is not RunButton.NONE and not event.shift:
            if clicks == 1:  # the second of a double click was not aimed at what the first brought up
                self._widget.post_message(RunPressed(key, button))
            return
        self._held = key
        self._widget.capture_mouse()
        offset = _offset_at(block, spot.row, event.x)
        self._window.state.swept = None
        self._anchor = Place(key, spot.row, event.x)
        self._is_in_source = offset is not None
        self._widget.post_message(Pressed(key, offset, clicks, extends=event.shift))

    def move(self, event: events.MouseMove) -> None:
        """Says how far the mouse was dragged, scrolling at the edges."""
        notebook = self._window.blocks.notebook
        if self._held is None or self._held not in notebook:
            return
        last = self._window.height - 1
        if not 0 <= event.y <= last:
            self._window.scroll(-1 if event.y < 0 else 1)
        if self._anchor is not None and not (self._is_in_source and self._edits(self._held)):
            self._sweep(self._anchor, max(0, min(event.y, last)), event.x)
        index = notebook.index_of(self._held)
        block = self._window.blocks.at(index)
        spot = self._window.spot_at(max(0, min(event.y, last)))
        if spot is None or spot.index > index:
            row = block.source_height - 1
        else:
            row = min(spot.row, block.source_height - 1) if spot.index == index else 0
        offset = _offset_at(block, row, event.x)
        if offset is not None and self._is_in_source:
            self._widget.post_message(Dragged(self._held, offset))

    def release(self) -> None:
        """Ends a drag."""
        swept = self._window.state.swept
        if self._held is not None and self._anchor is not None and swept is not None:
            self._widget.post_message(Swept(swept_text(swept, self._window.blocks)))
        self._held = self._anchor = None
        self._widget.release_mouse()

    def _edits(self, key: CellKey) -> bool:
        return self._window.state.editing and self._window.state.focus == key

    def _sweep(self, anchor: Place, y: int, x: int) -> None:
        """Select from where the mouse was pressed up to where it is."""
        spot = self._window.spot_at(y)
        if spot is None:
            return
        head = Place(self._window.blocks.notebook.cells[spot.index].key, spot.row, max(0, x))
        if head != anchor:
            self._window.state.swept = Sweep(anchor, head)

    def _count(self, event: events.MouseDown) -> int:
        """1 for a click, 2 for a double click, and so on: presses in one place, soon after each other."""
        last, count = self._click, 1
        if last is not None and (last.x, last.y) == (event.x, event.y):
            count = last.count + 1 if event.time - last.time < _MULTIPLE_CLICK else 1
        self._click = _Click(event.x, event.y, event.time, count)
        return count


def _control_at(
    block: CellBlock, row: int, x: int
) -> tuple[ControlId | None, tuple[ModelId, JsonObject] | None]:
    """The control that is drawn at a column of a row, and what a click there sets."""
    column = x - CONTENT_COLUMN
    pick = block.pick_at(row, column)
    for each in block.controls if row >= block.source_height else ():
        is_here = each.row == row and each.start <= column < each.end
        if is_here or (pick is not None and each.id.model == pick[0]):
            return each.id, pick
    return None, pick


def _offset_at(block: CellBlock, row: int, x: int) -> int | None:
    """The place in the source that is drawn at a column of a row; None where the row is not of the source."""
    if block.source is None or row >= block.source_height:
        return None
    return block.source.layout.offset_at(row, max(0, x - block.text_column))
