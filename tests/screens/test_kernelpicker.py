"""The list of kernels as a person uses it: type, choose, and one is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from kernelbridge.kernelchoices import Choice, choices
from kernelchoosing import ALL
from tui.screens.kernelpicker import KernelPickerScreen
from tui.stylesheets import stylesheet_paths
from tui.theme import DARK, Palette, own_themes

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(40, 10), (80, 24), (200, 60)]
NOT_CLOSED = "not closed"
CHOICES = choices(ALL)


class PickerApp(App[None]):
    """Nothing but the list."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, offered: Sequence[Choice]) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = DARK
        self.offered = offered
        self.chosen: Choice | str | None = NOT_CLOSED

    def on_mount(self) -> None:
        def chosen(choice: Choice | None) -> None:
            self.chosen = choice

        self.push_screen(KernelPickerScreen(self.offered, Palette(self.current_theme)), chosen)


@asynccontextmanager
async def picker(
    size: tuple[int, int] = (80, 24), offered: Sequence[Choice] = CHOICES
) -> AsyncIterator[tuple[PickerApp, Pilot[None]]]:
    app = PickerApp(offered)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def lines(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def marked(app: App[None]) -> str:
    (line,) = [line for line in lines(app) if "▌" in line]
    return line


async def type_text(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))


@pytest.mark.parametrize("size", SIZES)
async def test_at_any_size_it_shows_what_runs_now_marked_and_what_comes_next(size: tuple[int, int]) -> None:
    async with picker(size) as (app, _):
        shown = lines(app)
        assert all(len(line) == size[0] for line in shown)
        assert "● Python 3 " in marked(app)
        assert any("Python 3 (ipykernel)" in line for line in shown)
        assert any("idle · python3" in line for line in shown)


@pytest.mark.parametrize("size", SIZES)
async def test_every_kernel_can_be_reached_and_is_in_sight_then(size: tuple[int, int]) -> None:
    async with picker(size) as (app, pilot):
        for choice in CHOICES:
            assert choice.title[:8] in marked(app)
            await pilot.press("down")


async def test_enter_takes_the_marked_kernel() -> None:
    async with picker() as (app, pilot):
        await pilot.press("down", "down", "enter")
        assert app.chosen == CHOICES[2]


async def test_what_is_typed_finds_kernels_and_can_be_taken_back() -> None:
    async with picker() as (app, pilot):
        await type_text(pilot, "geox")
        assert any("No kernel fits." in line for line in lines(app))
        await pilot.press("enter", "backspace", "enter")
        assert app.chosen == next(choice for choice in CHOICES if "geo" in choice.title)


async def test_the_line_below_follows_the_mark() -> None:
    async with picker((40, 10)) as (app, pilot):
        await pilot.press("down", "down")
        assert any("project · /home/ada/reef/bin/python" in line for line in lines(app))
        await type_text(pilot, "bash")
        assert any(" bash · /usr/bin/bash-kernel" in line for line in lines(app))


async def test_a_kernel_that_cannot_be_started_says_why_and_is_not_taken() -> None:
    async with picker() as (app, pilot):
        await pilot.press("end", "enter")
        assert [line for line in lines(app) if line.startswith("│ its program /gone/julia is not there")]
        assert app.chosen == NOT_CLOSED


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_it_closes_without_a_kernel(key: str) -> None:
    async with picker() as (app, pilot):
        await pilot.press("down", key)
        assert app.chosen is None


async def test_a_click_takes_a_kernel_but_no_heading() -> None:
    async with picker() as (app, pilot):
        shown = lines(app)
        await pilot.click(
            offset=(20, next(row for row, line in enumerate(shown) if "Installed kernels" in line))
        )
        assert app.chosen == NOT_CLOSED
        await pilot.click(offset=(20, next(row for row, line in enumerate(shown) if "  Bash" in line)))
        assert app.chosen == next(choice for choice in CHOICES if choice.title == "Bash")


async def test_pasted_text_is_literal_and_one_line() -> None:
    async with picker() as (app, pilot):
        app.screen.post_message(events.Paste("[red]geo\nall\x1b[2J"))
        await pilot.pause()
        assert any("› [red]geo all" in line for line in lines(app))


async def test_without_any_kernel_it_says_what_to_do_and_enter_waits() -> None:
    async with picker(offered=()) as (app, pilot):
        assert any("pip install ipykernel" in line for line in lines(app))
        await pilot.press("enter", "down", "end")
        assert app.chosen == NOT_CLOSED


async def test_it_follows_a_change_of_size_and_keeps_the_mark() -> None:
    async with picker() as (app, pilot):
        await pilot.press("down", "down")
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert all(len(line) == 40 for line in lines(app))
        assert "Python 3 (reef)" in marked(app)
        await pilot.press("enter")
        assert app.chosen == CHOICES[2]
