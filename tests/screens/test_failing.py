"""The keys that lead from an error to the line where it happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see
from tracebacks import CHAINED
from tui.screens.notebook.screen import NotebookScreen

NO_KERNEL = Missing("none", "", is_installed=False)
DEFINED = "import x\n\ndef load():\n    raise ValueError('bad') from e"


def failed(source: str, count: int) -> dict[str, Any]:
    output = {
        "output_type": "error",
        "ename": CHAINED.ename,
        "evalue": CHAINED.evalue,
        "traceback": [*CHAINED.traceback],
    }
    return {**notebooks.code(source, count=count), "outputs": [output]}


def line_edited(opened: Opened) -> str:
    """The text of the line that the cursor is in, from the cursor on."""
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    assert screen.state.editing
    return screen.focused_cell.source[screen.state.cursor(screen.state.focus).head :].partition("\n")[0]


async def test_it_is_edited_in_whichever_cell_it_is(tmp_path: Path) -> None:
    cells = notebooks.code(DEFINED, count=2), failed("load()", 3)
    async with notebook(notebooks.write(tmp_path / "a.ipynb", *cells), NO_KERNEL) as opened:
        await see(opened, "ValueError: bad")
        await opened[1].press("j", "g", "e")
        assert line_edited(opened) == "raise ValueError('bad') from e"


async def test_where_it_was_changed_the_line_that_led_to_it_is_edited(tmp_path: Path) -> None:
    cells = notebooks.code("def load():\n    pass", count=2), failed("load()", 3)
    async with notebook(notebooks.write(tmp_path / "a.ipynb", *cells), NO_KERNEL) as opened:
        await see(opened, "ValueError: bad")
        await opened[1].press("j", "g", "e")
        assert line_edited(opened) == "load()"
        await see(opened, "it failed in line 4 of the cell that ran as 2, which is not there any more")


async def test_a_cell_without_an_error_says_so(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("all_well", count=2))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "all_well")
        await opened[1].press("g", "e")
        await see(opened, "no error here")
