"""A cell's pictures on the whole screen."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from textual.app import App

from kernelbridge.outputs import DisplayData, ExecuteResult, Stream
from kernelbridge.streamtext import StreamText
from render.picture.files import encoded
from tui.document.notebook import Cell, CellKind, new_key
from tui.render.canvas import Canvas, Pictures
from tui.render.content import Content
from tui.screens.notebook.pictures import pictures_of
from tui.screens.pictures import PicturesScreen
from tui.stylesheets import stylesheet_paths
from tui.theme import DARK, Palette, own_themes

if TYPE_CHECKING:
    from textual.pilot import Pilot

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(color: tuple[int, int, int], width: int = 20, height: int = 10) -> Content:
    return Content("image/png", base64.b64encode(encoded(Image.new("RGB", (width, height), color))).decode())


class PicturesApp(App[None]):
    """Nothing but pictures."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *pictures: Content) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        self.pictures = pictures
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = DARK

    def on_mount(self) -> None:
        canvas = Canvas(0, pictures=Pictures.HALF_BLOCKS)
        self.push_screen(PicturesScreen(self.pictures, Palette(self.current_theme), canvas))

    def area(self, color: tuple[int, int, int]) -> tuple[int, int]:
        """Columns and rows of the cells of that colour."""
        rows = [
            sum(
                segment.cell_length
                for segment in strip
                if segment.style and segment.style.bgcolor and segment.style.bgcolor.triplet == color
            )
            for strip in self.screen._compositor.render_strips()
        ]
        return max(rows), sum(row > 0 for row in rows)

    def text(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())


@asynccontextmanager
async def opened(*pictures: Content) -> AsyncIterator[tuple[PicturesApp, Pilot[None]]]:
    app = PicturesApp(*pictures)
    async with app.run_test(size=(80, 24)) as pilot:
        yield app, pilot


async def wait_for_area(app: PicturesApp, pilot: Pilot[None], color: tuple[int, int, int]) -> tuple[int, int]:
    async with asyncio.timeout(20):
        while app.area(color) == (0, 0):
            await pilot.pause(0.02)
    return app.area(color)


async def test_a_picture_is_as_large_as_the_screen_allows():
    async with opened(picture(RED)) as (app, pilot):
        assert await wait_for_area(app, pilot, RED) == (78, 20)
    async with opened(picture(RED, 10, 100)) as (app, pilot):
        assert await wait_for_area(app, pilot, RED) == (5, 23)


async def test_arrows_go_to_the_others_and_q_leaves():
    async with opened(picture(RED), picture(BLUE)) as (app, pilot):
        await wait_for_area(app, pilot, RED)
        assert "1 of 2" in app.text()
        await pilot.press("right")
        await wait_for_area(app, pilot, BLUE)
        await pilot.press("right")
        assert "2 of 2" in app.text()
        await pilot.press("left")
        await wait_for_area(app, pilot, RED)
        await pilot.press("q")
        assert not isinstance(app.screen, PicturesScreen)


async def test_one_that_cannot_be_drawn_says_why():
    async with opened(Content("image/png", "AAAA")) as (app, pilot):
        async with asyncio.timeout(20):
            while "not a PNG" not in app.text():
                await pilot.pause(0.02)


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        (
            Cell(
                new_key(),
                CellKind.CODE,
                "",
                (
                    Stream("stdout", StreamText.of("text")),
                    DisplayData({"text/plain": "x", "image/png": "A", "image/svg+xml": "<svg/>"}),
                    ExecuteResult({"image/jpeg": "B"}),
                    DisplayData({"image/bmp": "C"}),
                ),
            ),
            ["image/svg+xml", "image/jpeg"],
        ),
        (
            Cell(
                new_key(),
                CellKind.MARKDOWN,
                "![](attachment:x)\n\n![](https://a.b/c.png)",
                attachments={"x": {"image/gif": "D"}},
            ),
            ["image/gif"],
        ),
        (Cell(new_key(), CellKind.RAW, "![](attachment:x)"), []),
    ],
)
def test_the_pictures_of_a_cell_are_the_richest_of_each_output_and_its_attachments(
    cell: Cell, types: list[str]
) -> None:
    assert [content.mime for content in pictures_of(cell)] == types
