"""The list of commands as a person uses it: type, choose, and something is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from tui.actions import ACTIONS
from tui.keymap import Keymap
from tui.screens.palette import PaletteScreen
from tui.stylesheets import stylesheet_paths
from tui.theme import DARK, Palette, own_themes

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(40, 10), (80, 24), (200, 60)]
NOT_CLOSED = "not closed"


class PaletteApp(App[None]):
    """Nothing but the palette."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = DARK
        self.chosen: str | None = NOT_CLOSED

    def on_mount(self) -> None:
        def chosen(action_id: str | None) -> None:
            self.chosen = action_id

        self.push_screen(PaletteScreen(Keymap.default(), Palette(self.current_theme)), chosen)


@asynccontextmanager
async def palette(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[PaletteApp, Pilot[None]]]:
    app = PaletteApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def lines(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def type_text(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_commands_and_their_keys_at_any_size(size: tuple[int, int]):
    async with palette(size) as (app, _):
        shown = lines(app)
        assert all(len(line) == size[0] for line in shown)
        (line,) = [line for line in shown if "Go to the next cell" in line]
        assert "j  Down" in line
        assert "▌" in line


async def test_enter_does_the_marked_command():
    async with palette() as (app, pilot):
        await type_text(pilot, "interrupt")
        await pilot.press("enter")
        assert app.chosen == "kernel.interrupt"


async def test_the_arrows_move_the_mark():
    async with palette() as (app, pilot):
        await pilot.press("down", "down", "up", "enter")
        assert app.chosen == ACTIONS[1].id


@pytest.mark.parametrize(
    ("keys", "index"), [(["up"], 0), (["end"], -1), (["pagedown", "end", "down"], -1), (["end", "home"], 0)]
)
async def test_the_mark_stays_in_the_list(keys: list[str], index: int):
    async with palette() as (app, pilot):
        await pilot.press(*keys, "enter")
        assert app.chosen == ACTIONS[index].id


@pytest.mark.parametrize("key", ["escape", "ctrl+p"])
async def test_it_closes_without_doing_anything(key: str):
    async with palette() as (app, pilot):
        await pilot.press("down", key)
        assert app.chosen is None


async def test_what_is_typed_can_be_taken_back():
    async with palette() as (app, pilot):
        await type_text(pilot, "restart kernelx")
        await pilot.press("backspace")
        assert any("› restart kernel " in line for line in lines(app))
        await pilot.press("ctrl+w")
        await pilot.press("ctrl+u")
        await type_text(pilot, "undo")
        await pilot.press("enter")
        assert app.chosen == "edit.undo"


async def test_when_nothing_fits_it_says_so_and_enter_waits():
    async with palette() as (app, pilot):
        await type_text(pilot, "xyzzy")
        await pilot.press("enter")
        assert any("No command fits." in line for line in lines(app))
        assert app.chosen == NOT_CLOSED


async def test_pasted_text_is_literal_and_one_line():
    async with palette() as (app, pilot):
        app.screen.post_message(events.Paste("[red]clear\nall\x1b[2J"))
        await pilot.pause()
        assert any("[red]clear all" in line for line in lines(app))
        assert not any("\x1b" in line for line in lines(app))


async def test_a_long_query_shows_its_end():
    async with palette((40, 10)) as (app, pilot):
        app.screen.post_message(events.Paste("a" * 50 + "z"))
        await pilot.pause()
        assert any("aaaz " in line for line in lines(app))


async def test_a_click_does_the_command():
    async with palette() as (app, pilot):
        row = next(number for number, line in enumerate(lines(app)) if "Go to the last cell" in line)
        await pilot.click(offset=(20, row))
        assert app.chosen == "cell.last"


async def test_the_wheel_scrolls_without_moving_the_mark():
    async with palette((40, 10)) as (app, pilot):
        before = lines(app)
        await pilot._post_mouse_events([events.MouseScrollDown], widget=None, offset=(10, 3))
        await pilot.pause()
        assert lines(app) != before
        await pilot.press("enter")
        assert app.chosen == ACTIONS[0].id


async def test_it_follows_a_change_of_size():
    async with palette() as (app, pilot):
        await pilot.press("down")
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert all(len(line) == 40 for line in lines(app))
        await pilot.press("enter")
        assert app.chosen == ACTIONS[1].id
