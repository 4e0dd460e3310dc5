"""What is in sight, before and after the size of the screen is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.widgets.models import WidgetModels
from tui.document.notebook import Notebook
from tui.render.canvas import Canvas
from tui.render.languages import PYTHON
from tui.runs import RunBook
from tui.view.cellblocks import CellBlocks
from tui.view.celllook import Surroundings
from tui.view.viewstate import ViewState
from tui.view.window import Window
from viewing import cell, stream

if TYPE_CHECKING:
    from tui.render.drawing import Pending


def test_nothing_is_laid_out_until_the_width_is_known() -> None:
    laid_out: list[Pending] = []
    shown = cell("x", stream("a line\n" * 200_000))
    blocks = CellBlocks(
        Notebook((shown,)),
        RunBook(),
        state := ViewState(shown.key),
        Surroundings(Canvas(0), PYTHON, 30, numbered=False),
        WidgetModels(),
        lambda pending, _: laid_out.append(pending),
        lambda: None,
    )
    window = Window(blocks, state)
    window.resize(80, 20)
    assert not laid_out
    window.show_focus()
    assert len(window.settle()) > 10
    assert len(laid_out) == 1
