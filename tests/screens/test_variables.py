"""The pane of variables as a person uses it, with a kernel that tells what a script says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Wait
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from openednotebook import shown
from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options, WithoutKernel
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot


class Used:
    """An open notebook, and a kernel whose variables are written down here."""

    def __init__(self, path: Path, features: tuple[str, ...]) -> None:
        self.asked = 0
        self.variables: list[JsonValue] = [
            ["small", "data", "int", "", 28, "7", False],
            ["evil\x1b[2J", "data", "str\x07", "3", 52, "'\u202e'", False],
            ["frame", "data", "DataFrame", "9 × 2", 9000, "a, b", True],
            ["run", "function", "function", "", None, "(x)", False],
        ]
        info: JsonObject = {
            "status": "ok",
            "implementation": "ipython",
            "banner": "",
            "supported_features": list(features),
            "language_info": {"name": "python"},
        }
        answers = {
            "kernel_info_request": info,
            "create_subshell_request": {"status": "ok", "subshell_id": "s"},
            "execute_request": self.answer,
        }
        self.kernel = FakeKernel({"wait": [Wait()]}, answers)
        notebooks.write(path, notebooks.code("wait"), notebooks.code("more"))
        launched = Reached(FakeWay(self.kernel), SCRIPTED, ("python3",))
        self.app = TnbApp(read(path), Options(config=Config(), kernel=WithoutKernel()), lambda *_: launched)
        self.pilot: Pilot[None]

    def answer(self, _request: JsonObject) -> JsonObject:
        self.asked += 1
        told: JsonObject = {"variables": list(self.variables), "left_out": 0}
        data: JsonObject = {"status": "ok", "data": {"application/json": told}, "metadata": {}}
        return {"status": "ok", "user_expressions": {"told": data}}

    async def see(self, *texts: str, gone: str = "\0") -> None:
        async with asyncio.timeout(10):
            while gone in shown(self.app) or not all(text in shown(self.app) for text in texts):
                await self.pilot.pause()


@asynccontextmanager
async def used(path: Path, *features: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Used]:
    opened = Used(path, features)
    async with opened.app.run_test(size=size) as pilot:
        opened.pilot = pilot
        screen = opened.app.screen
        assert isinstance(screen, NotebookScreen)
        screen.kernel.start()
        await opened.see("idle")
        yield opened


async def test_what_the_kernel_tells_is_shown_sanitized(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.pilot.press("g", "v")
        await opened.see("Variables 3", "small", "DataFrame  9 × 2", "9.0 kB", "a, b")
        assert not any(sign in shown(opened.app) for sign in "\x1b\x07\u202e")


async def test_it_is_sorted_filtered_and_shows_functions_by_keys(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.pilot.press("g", "v")
        await opened.see("name ↓", "frame")
        await opened.pilot.press("s", "s", "s")
        await opened.see("size ↓")
        await opened.pilot.press("slash", "s", "m")
        await opened.see("1 of 3", gone="DataFrame")
        await opened.pilot.press("escape", "m")
        await opened.see("Variables 4", "(x)")


async def test_it_is_as_new_as_the_last_run(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.pilot.press("g", "v")
        await opened.see("small")
        opened.variables.append(["fresh", "data", "int", "", 28, "8", False])
        await opened.pilot.press("escape", "j", "ctrl+e")
        await opened.see("fresh", "── Variables 4")


async def test_without_subshells_nothing_is_asked_while_something_runs(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.pilot.press("g", "v")
        await opened.see("small")
        await opened.pilot.press("escape", "ctrl+e")
        await opened.see("busy")
        asked = opened.asked
        await opened.pilot.press("g", "v", "r")
        await opened.see("busy", "small")
        assert opened.asked == asked
        opened.kernel.go_on()
        await opened.see("idle")
        async with asyncio.timeout(10):
            while opened.asked == asked:
                await opened.pilot.pause()


async def test_with_subshells_it_is_asked_beside_what_runs(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb", "kernel subshells") as opened:
        await opened.pilot.press("ctrl+e")
        await opened.see("busy")
        await opened.pilot.press("g", "v")
        await opened.see("busy", "small", "frame")
        opened.kernel.go_on()
        await opened.see("idle")


async def test_what_is_no_table_says_so_and_the_pane_closes(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb", size=(130, 20)) as opened:
        await opened.pilot.press("g", "v")
        await opened.see("small")
        await opened.pilot.press("end", "enter")
        await opened.see("this is no table", "│")
        await opened.pilot.press("q")
        await opened.see("1/2", gone="Variables")
