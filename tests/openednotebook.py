"""The program with a notebook open, without a terminal: keys are pressed and what is shown is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.options import Options

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.kernelreach import Launched

Opened = tuple[TnbApp, "Pilot[None]"]


def shown(app: TnbApp) -> str:
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return "\n".join("".join(segment.text for strip in row for segment in strip) for row in update.strips)


async def see(opened: Opened, *texts: str) -> None:
    """Wait until all of the texts are on the screen."""
    app, pilot = opened
    async with asyncio.timeout(10):
        while not all(text in shown(app) for text in texts):
            await pilot.pause()


@asynccontextmanager
async def notebook(
    path: Path, launched: Launched, config: Config | None = None, *, has_bugs: bool = False
) -> AsyncIterator[Opened]:
    """With `has_bugs` the test has put some in, which the program outlives."""
    options = Options(config=config or Config())
    app = TnbApp(read(path), options, lambda *_: launched, lambda *_: launched)
    async with app.run_test(size=(100, 24)) as pilot:
        yield app, pilot
    assert has_bugs or app.faults == [], app.faults
