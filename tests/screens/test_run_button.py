"""The button of a cell, pressed with the mouse: runs it, interrupts it, or takes it out of the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from e2e import notebooks
from kernelbridge.fakekernel import Step, Wait, prints
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see
from scriptedlaunch import scripted
from tui.screens.notebook.screen import NotebookScreen

_ROWS_ABOVE = 1
"""The line at the top of the screen."""
WAITS: Mapping[str, Sequence[Step]] = {
    "long": [prints("begun\n"), Wait()],
    "short": [prints("told\n")],
    "other": [prints("too\n")],
}


async def click(opened: Opened, row: int, column: int = 1) -> None:
    await opened[1].click(offset=(column, row + _ROWS_ABOVE))


async def test_a_click_on_the_button_runs_the_cell_and_stays(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("short"), notebooks.code("other"))
    async with notebook(path, scripted(WAITS)) as opened:
        await see(opened, "idle")
        await click(opened, 2, 20)
        await see(opened, "▌►[ ] other")
        await click(opened, 2)
        await see(opened, "┊ too", "2/2")


async def test_the_button_of_the_cell_that_runs_interrupts_it(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("long"))
    async with notebook(path, scripted(WAITS)) as opened:
        await see(opened, "idle")
        await click(opened, 0, 20)
        await see(opened, "▐►[ ] long")
        await click(opened, 0)
        await see(opened, "▌■", "┊ begun")
        await click(opened, 0, 2)
        await see(opened, "▌►", "interrupted", "idle")


async def test_the_button_of_a_cell_that_waits_takes_it_alone_out_of_the_queue(tmp_path: Path) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.code("long"), notebooks.code("short"), notebooks.code("other")
    )
    async with notebook(path, scripted(WAITS)) as opened:
        await see(opened, "idle")
        await opened[1].press("ctrl+r", "ctrl+r", "ctrl+e")
        await see(opened, "┊ begun", "queued 1", "queued 2")
        await click(opened, 3, 20)
        await see(opened, "▌■· * short")
        await click(opened, 3)
        await see(opened, "▌►[ ] short", "· not run", "queued 1", "┊ begun")


async def test_without_a_mouse_the_same_is_a_command(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("long"), notebooks.code("short"))
    async with notebook(path, scripted(WAITS)) as opened:
        await see(opened, "idle")
        await opened[1].press("ctrl+r", "ctrl+e")
        await see(opened, "┊ begun", "queued 1")
        assert isinstance(opened[0].screen, NotebookScreen)
        opened[0].screen.perform("run.withdraw")
        await see(opened, "· not run", "┊ begun")


async def test_where_there_is_no_kernel_the_button_says_so(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("short"))
    async with notebook(path, Missing("none", "", is_installed=False)) as opened:
        await click(opened, 0, 20)
        await see(opened, "▐►[ ] short")
        await click(opened, 0)
        await see(opened, "none")
