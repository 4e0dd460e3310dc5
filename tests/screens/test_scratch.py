"""Code that is typed beside the notebook runs on its kernel, and comes into no cell."""

from __future__ import annotations

from pathlib import Path

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import Fail, FakeKernel, Wait, prints
from openednotebook import notebook, see, shown
from tui.kernelreach import Reached
from tui.screens.notebook.screen import NotebookScreen


async def test_it_runs_what_is_typed_and_shows_what_comes_of_it(tmp_path: Path) -> None:
    kernel = FakeKernel({"one": [prints("from \x1b[2Jone\n")], "two": [Wait()], "bad": [Fail()]})
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("cell"))
    async with notebook(path, Reached(FakeWay(kernel), SCRIPTED, ("python3",))) as opened:
        app, pilot = opened
        await see(opened, "idle")
        await pilot.press("g", "c", *"one", "enter")
        await see(opened, "✓ one", "┊ from ")
        await pilot.press(*"bad", "enter")
        await see(opened, "✗ bad", "ValueError")
        await pilot.press(*"two", "enter")
        await see(opened, "… two", "busy")
        await pilot.press("ctrl+c")
        await see(opened, "✗ two", "idle")
        await pilot.press("up", "up", "up")
        await see(opened, "› one")
        screen = app.screen
        assert isinstance(screen, NotebookScreen)
        assert screen.notebook.cells[0].outputs == ()
        assert "other run" not in shown(app)
        await pilot.press("escape", "j")
        await see(opened, "── Scratch")
