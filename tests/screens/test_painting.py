"""What a key changes is painted at once: not by a timer, and in one frame."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import notebook, see
from tui.app import TnbApp

NO_KERNEL = Missing("none", "", is_installed=False)


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is given to the terminal."""
    shown: list[object] = []
    display = TnbApp._display

    def noting(app: TnbApp, screen: Any, renderable: Any) -> None:
        shown.append(renderable)
        display(app, screen, renderable)

    monkeypatch.setattr(TnbApp, "_display", noting)
    return shown


async def test_a_letter_and_what_the_lines_say_of_it_are_one_frame_without_a_message_or_a_timer(
    tmp_path: Path, frames: list[object]
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("cell"))
    async with notebook(path, NO_KERNEL) as (app, pilot):
        await see((app, pilot), "cell")
        await pilot.press("enter")
        await pilot.pause()
        app.screen._update_timer.stop()
        frames.clear()
        assert app.takes_at_once(events.Key("x", "x"))
        for _ in range(3):  # turns of the loop: to draw, to paint
            await asyncio.sleep(0)
        assert len(frames) == 1
        await see((app, pilot), "xcell", "●")


async def test_a_key_waits_for_the_messages_before_it(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("cell"))
    async with notebook(path, NO_KERNEL) as (app, pilot):
        await see((app, pilot), "cell")
        app.post_message(events.AppFocus())
        first = events.Key("j", "j")
        assert not app.takes_at_once(first)
        app.post_message(first)  # as the driver does
        await pilot.pause()
        assert app.takes_at_once(events.Key("j", "j"))
