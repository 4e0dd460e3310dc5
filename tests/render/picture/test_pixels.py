"""Pictures of pixels: rows of cells that stand for them, and what the terminal is given."""

from __future__ import annotations

import base64
import zlib

import pytest
from PIL import Image

from render.picture.files import encoded, noise
from render.picture.sixeldecoder import drawn
from tui.render.canvas import Canvas, CellSize, Pictures
from tui.render.content import Content
from tui.render.drawing import Pending
from tui.render.picture.draw import draw_image
from tui.render.rowops import plain, row_width
from tui.render.rows import Row
from tui.terminal.graphics.gallery import Gallery, Pixels, Sixels
from tui.terminal.graphics.placeholders import Run, runs
from tui.terminal.graphics.sixel import is_sixel

RED, BLUE = (255, 0, 0), (0, 0, 255)


def hung(
    image: Image.Image, pictures: Pictures, cell: tuple[int, int] = (8, 16), colors: int = 256
) -> tuple[list[Row], Gallery]:
    gallery = Gallery()
    canvas = Canvas(100, pictures=pictures, cell=CellSize(*cell), gallery=gallery, colors=colors)
    drawing = draw_image(Content("image/png", base64.b64encode(encoded(image)).decode()), canvas)
    assert isinstance(drawing, Pending)
    rows = list(drawing.draw())
    assert len(drawing.placeholder) == len(rows)
    return rows, gallery


def runs_of(rows: list[Row]) -> list[Run]:
    return [
        run
        for row in rows
        for run in runs("".join(f"\x1b[38;5;{span.style.fg}m{span.text}\x1b[0m" for span in row))
    ]


@pytest.mark.parametrize("pictures", [Pictures.KITTY, Pictures.SIXEL])
def test_each_row_is_of_cells_that_stand_for_its_part_of_the_picture(pictures: Pictures) -> None:
    rows, gallery = hung(noise(30, 40), pictures)

    found = runs_of(rows)
    assert [(run.row, run.column, run.cells) for run in found] == [(0, 0, 4), (1, 0, 4), (2, 0, 4)]
    assert len({run.picture for run in found}) == 1
    assert gallery.get(found[0].picture) is not None
    assert [row_width(row) for row in rows] == [4, 4, 4]


def test_kitty_gets_the_pixels_as_they_are_and_nothing_around_them() -> None:
    image = noise(30, 40)
    rows, gallery = hung(image, Pictures.KITTY)

    picture = gallery.get(runs_of(rows)[0].picture)
    assert isinstance(picture, Pixels)
    assert (picture.columns, picture.rows, picture.width, picture.height) == (4, 3, 32, 48)
    shown = Image.frombytes("RGBA", (32, 48), zlib.decompress(picture.data))
    assert shown.crop((0, 0, 30, 40)).convert("RGB").tobytes() == image.tobytes()
    assert shown.crop((30, 0, 32, 48)).getextrema()[3] == (0, 0)


@pytest.mark.parametrize("cell", [(8, 16), (9, 17), (10, 20), (7, 13)])
def test_a_strip_of_sixels_is_no_higher_than_a_cell(cell: tuple[int, int]) -> None:
    image = Image.new("RGB", (60, 50), RED)
    image.paste(BLUE, (0, 20, 30, 50))
    rows, gallery = hung(image, Pictures.SIXEL, cell)

    picture = gallery.get(runs_of(rows)[0].picture)
    assert isinstance(picture, Sixels)
    assert len(picture.sequences) == len(rows)
    shown: dict[tuple[int, int], tuple[int, int, int]] = {}
    for row, sequence in enumerate(picture.sequences):
        width, height, pixels = drawn(sequence)
        assert (width, height) == (picture.columns * cell[0], cell[1])
        assert max((y for _, y in pixels), default=0) < cell[1]
        shown |= {(x, y + row * cell[1]): color for (x, y), color in pixels.items()}
    assert shown == {
        (x, y): (0, 0, 100) if x < 30 and y >= 20 else (100, 0, 0) for x in range(60) for y in range(50)
    }


def test_a_photograph_keeps_its_colours_about() -> None:
    image = Image.merge(
        "RGB", [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.new("L", (256, 256))]
    )
    rows, gallery = hung(image, Pictures.SIXEL)

    picture = gallery.get(runs_of(rows)[0].picture)
    assert isinstance(picture, Sixels)
    for x, y in ((10, 10), (128, 128), (250, 100), (40, 200)):
        _, _, pixels = drawn(picture.sequences[y // 16])
        shown = [round(part * 2.55) for part in pixels[x, y % 16]]
        expected = image.getpixel((x, y))
        assert isinstance(expected, tuple)
        assert all(abs(one - other) < 24 for one, other in zip(shown, expected, strict=True))


def test_a_terminal_of_few_colours_gets_no_more() -> None:
    rows, gallery = hung(noise(64, 64), Pictures.SIXEL, colors=16)

    picture = gallery.get(runs_of(rows)[0].picture)
    assert isinstance(picture, Sixels)
    assert len({color for sequence in picture.sequences for color in drawn(sequence)[2].values()}) <= 15


def test_without_a_gallery_pixels_are_symbols() -> None:
    content = Content("image/png", base64.b64encode(encoded(noise(30, 40))).decode())
    drawing = draw_image(content, Canvas(100, pictures=Pictures.KITTY))

    assert isinstance(drawing, Pending)
    assert set("".join(map(plain, drawing.draw()))) <= {" ", "▀"}


@pytest.mark.parametrize(
    "sequence",
    ["", "text", "\x1bP0;1q", "\x1bP0;1q???\x1b\\\x1b]52;c;AAAA\x07", "\x1bP0;1q\x07\x1b\\", "\x1bP$q\x1b\\"],
)
def test_what_is_not_just_sixels_is_not_taken_for_them(sequence: str) -> None:
    assert not is_sixel(sequence)
