"""The first frame of an opened notebook, drawn without Textual, which takes longer to load than all else.

It shows the same text as the frame that follows; code has its colours only from then on.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kernelbridge.widgets.known import KnownModels
from tui.actions import Mode
from tui.document.notebook import Notebook
from tui.keymap import Keymap
from tui.owntheme import OwnTheme, own_theme, theme_name
from tui.render.canvas import Canvas, Ground
from tui.render.languages import PLAIN
from tui.runs import RunBook
from tui.screens.notebook.status import hints_on_opening, status_on_opening
from tui.terminal.display.abilities import abilities_here
from tui.terminal.display.difference import draw_all
from tui.terminal.display.painted import rows_painted
from tui.terminal.display.pen import Pen
from tui.terminal.graphics.cellsize import cell_size
from tui.terminal.takeover import take_over
from tui.view.cellblocks import CellBlocks
from tui.view.celllook import Room, Surroundings
from tui.view.gutter import Bar, bar_row
from tui.view.openingcanvas import opening_canvas
from tui.view.rowpainter import RowPainter, color_depth
from tui.view.viewstate import ViewState
from tui.view.window import Window
from tui.widgets.hintline import bottom_row
from tui.widgets.topline import top_row

if TYPE_CHECKING:
    from tui.files.notebookfile import Beginning
    from tui.options import Options
    from tui.render.rows import Row

_SMALLEST = (20, 4)


def show_first_frame(beginning: Beginning, options: Options, descriptor: int) -> None:
    """Show what is in sight of a notebook that is being opened, where the theme is ours and there is room."""
    width, height = os.get_terminal_size(descriptor)
    theme = own_theme(theme_name(options.config.theme), options.config.themes)
    if theme is None or width < _SMALLEST[0] or height < _SMALLEST[1] or not beginning.count:
        return
    ground = Ground.DARK if theme.dark else Ground.LIGHT
    canvas = opening_canvas(options.config.pictures, ground, cell_size(descriptor), height).of_width(width)
    rows = rows_painted(first_frame(beginning, options, theme, canvas, height), width)
    pen = Pen(width, abilities_here())
    draw_all(rows, pen)
    take_over(descriptor, pen.take(), rows)


def first_frame(beginning: Beginning, options: Options, theme: OwnTheme, canvas: Canvas, height: int) -> str:
    """What to paint on a terminal of that size, row by row."""
    width = canvas.width
    painter = RowPainter(theme, color_depth())
    keymap = Keymap(own={choice.action: choice.keys for choice in options.config.keys})
    canvas = replace(canvas, table_key=keymap.first_label("output.view-table", Mode.COMMAND))
    rows = _rows(beginning.file.notebook, options, canvas, height - 2)
    if beginning.rest is not None and len(rows) < height - 2:  # most of the first cells are folded away
        rows = _rows(beginning.whole().notebook, options, canvas, height - 2)
    rows.extend([()] * (height - 2 - len(rows)))
    status = status_on_opening(beginning.file, beginning.count, options)
    lines = [
        painter.painted(top_row(status, width), width, "surface"),
        *(painter.painted(row, width, "background") for row in rows),
        painter.painted(bottom_row(hints_on_opening(keymap), width), width, "surface"),
    ]
    return "".join(f"\x1b[{line};1H{text}" for line, text in enumerate(lines, start=1))


def _rows(notebook: Notebook, options: Options, canvas: Canvas, height: int) -> list[Row]:
    """The rows of the notebook in sight."""
    state = ViewState(
        notebook.cells[0].key, wraps=options.config.wrap_outputs, numbered=options.config.line_numbers
    )
    room = Room(options.config.cell_spacing, options.config.max_width)
    around = Surroundings(canvas, PLAIN, options.config.output_rows, numbered=state.numbered, room=room)
    models = KnownModels()
    models.store(notebook.metadata)
    blocks = CellBlocks(
        notebook, RunBook(), state, around, models, lambda _pending, _ready: None, lambda: None
    )
    window = Window(blocks, state)
    window.resize(canvas.width, height)
    rows: list[Row] = []
    for spot in window.settle():
        block = blocks.at(spot.index)
        is_focus = notebook.cells[spot.index].key == state.focus and not block.is_blank(spot.row)
        rows.append((*bar_row(Bar.FOCUSED if is_focus else Bar.NONE), *block.row(spot.row)))
    return rows
