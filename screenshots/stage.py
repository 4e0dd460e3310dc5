"""Plays a scene in the program itself, with a scripted kernel and no terminal, and draws the screen."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from kernelbridge.fakekeeper import FakeWay
from kernelbridge.fakekernel import FakeKernel
from screenshots.machine import machine
from screenshots.scenes import Scene
from screenshots.svg import svg_of
from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options
from tui.runs import Running
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.segment import Segment
    from textual.pilot import Pilot

SCRIPTED = {"kind": "scripted", "name": "python3", "environment": "analysis", "debugger": True}
_PATIENCE = 30
"""Seconds for an act to take effect."""


class SceneError(Exception):
    """What a scene waits for does not come."""


async def draw(scene: Scene) -> str:
    """The scene as SVG. Raises SceneError."""
    with machine(scene) as path:
        kernel = FakeKernel(scene.script, scene.answers)
        options = Options(config=Config(theme=scene.theme))
        launched = Reached(FakeWay(kernel), SCRIPTED, ())
        app = TnbApp(read(path), options, lambda *_: launched, folder=path.parent)
        async with app.run_test(size=scene.size) as pilot:
            await _see(pilot, "idle")
            for act in scene.acts:
                await pilot.press(*act.keys)
                if act.kernel_goes_on:
                    kernel.go_on()
                await _see(pilot, *act.until)
            colors = app.theme_variables
            return svg_of(
                _rows(app, scene.running_for),
                scene.size[0],
                colors["foreground"],
                colors["background"],
                scene.shows,
            )


async def _see(pilot: Pilot[None], *texts: str) -> None:
    """Wait until all of the texts are on the screen. Raises SceneError."""
    shown = ""
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                await pilot.pause()
                shown = "\n".join("".join(segment.text for segment in row) for row in _rows(pilot.app))
                if all(text in shown for text in texts):
                    return
    except TimeoutError:
        raise SceneError(f"{texts} did not come into sight; what did:\n{shown}") from None


def _rows(app: TnbApp, running_for: float = 0) -> Sequence[Sequence[Segment]]:
    """The rows of the screen as they are painted; Textual has no public way to them."""
    if running_for:
        _let_run(app, running_for)
    compositor = app.screen._compositor  # noqa: SLF001
    update = compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)  # noqa: SLF001
    return [[segment for strip in row for segment in strip] for row in update.strips]


def _let_run(app: TnbApp, seconds: float) -> None:
    """Draw what runs as if it had begun so long ago, and half a second more, far from either full second."""
    for screen in app.screen_stack:
        if isinstance(screen, NotebookScreen):
            for run in screen.controller.runs.active():
                if isinstance(run.state, Running):
                    screen.controller.runs.update(run, state=Running(time.monotonic() - seconds - 0.5))
            screen.view.draw()
