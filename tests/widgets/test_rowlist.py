"""A list of rows with headings: the mark never rests on one, and what it marks is in sight."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult

from tui.render.rowops import text_row
from tui.theme import Palette, own_themes
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from textual.pilot import Pilot

ROWS = ["# one", "a", "b", "# two", "# three", "c", "d", "e", "# four"]


class ListApp(App[None]):
    def compose(self) -> ComposeResult:
        self.rows = list(ROWS)
        self.list = RowList(
            Palette(own_themes()[0]),
            "surface",
            lambda _: [text_row(row) for row in self.rows],
            marks=True,
            is_heading=lambda index: index < len(self.rows) and self.rows[index].startswith("#"),
        )
        yield self.list

    @property
    def marked(self) -> str:
        return self.rows[self.list.marked]


@asynccontextmanager
async def listed(height: int = 20) -> AsyncIterator[tuple[ListApp, Pilot[None]]]:
    app = ListApp()
    async with app.run_test(size=(20, height)) as pilot:
        await pilot.pause()
        yield app, pilot


def in_sight(app: ListApp) -> list[str]:
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return [line.strip(" ▌▐") for line in lines if line.strip(" ▌▐")]


async def test_the_first_row_that_is_no_heading_is_marked() -> None:
    async with listed() as (app, _):
        assert app.marked == "a"


@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        (["down"], "b"),
        (["down", "down"], "c"),
        (["down", "down", "up"], "b"),
        (["up"], "a"),
        (["end"], "e"),
        (["end", "down"], "e"),
        (["end", "home"], "a"),
        (["end", "pageup"], "a"),
    ],
)
async def test_the_mark_passes_over_headings(keys: list[str], marked: str) -> None:
    async with listed() as (app, _):
        assert all(app.list.take_key(key) for key in keys)
        assert app.marked == marked


async def test_a_key_that_moves_nothing_is_not_taken() -> None:
    async with listed() as (app, _):
        assert not app.list.take_key("left")


async def test_headings_right_above_the_mark_come_into_sight_with_it() -> None:
    async with listed(4) as (app, pilot):
        for key in ("end", "up", "up"):
            app.list.take_key(key)
        await pilot.pause()
        assert in_sight(app) == ["# two", "# three", "c", "d"]
        app.list.take_key("home")
        await pilot.pause()
        assert in_sight(app)[:2] == ["# one", "a"]


async def test_the_mark_itself_is_in_sight_however_many_headings_are_above_it() -> None:
    async with listed(2) as (app, pilot):
        for key in ("end", "up", "up"):
            app.list.take_key(key)
        await pilot.pause()
        assert in_sight(app) == ["# three", "c"]


async def test_rows_made_anew_are_marked_at_the_first_that_is_no_heading() -> None:
    async with listed() as (app, _):
        app.list.take_key("end")
        app.rows = ["# six", "f"]
        app.list.rebuild()
        assert app.marked == "f"


@pytest.mark.parametrize("rows", [[], ["# only"]])
async def test_without_a_row_to_mark_nothing_breaks(rows: list[str]) -> None:
    async with listed() as (app, _):
        app.rows = rows
        app.list.rebuild()
        for key in ("down", "up", "home", "end", "pagedown"):
            app.list.take_key(key)
        assert app.list.marked == 0
