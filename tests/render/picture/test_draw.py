import base64
import struct
import zlib

import pytest
from PIL import Image

from render.picture.files import encoded, png
from tui.render.canvas import Canvas, Ground, Pictures
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Pending
from tui.render.picture.draw import draw_image
from tui.render.picture.imagesize import ImageSize, image_size
from tui.render.rowops import plain, row_width
from tui.render.rows import Rgb, Row

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
DARK_GROUND, LIGHT_GROUND = (0x15, 0x17, 0x1C), (0xFB, 0xFA, 0xF7)


def pending(data: bytes, width: int = 72, ground: Ground = Ground.DARK) -> Pending:
    canvas = Canvas(width, pictures=Pictures.HALF_BLOCKS, ground=ground)
    drawing = draw_image(Content("image/png", base64.b64encode(data).decode()), canvas)
    assert isinstance(drawing, Pending)
    return drawing


def drawn(data: bytes, width: int = 72, ground: Ground = Ground.DARK) -> list[Row]:
    return list(pending(data, width, ground).draw())


def test_a_cell_shows_two_pixels_one_above_the_other() -> None:
    image = Image.new("RGB", (3, 2), RED)
    image.paste(BLUE, (0, 1, 2, 2))

    ((left, right),) = drawn(encoded(image))
    assert (left.text, left.style.fg, left.style.bg) == ("▀▀", RED, BLUE)
    assert (right.text, right.style.bg) == (" ", RED)


@pytest.mark.parametrize(
    ("size", "width", "cells"),
    [
        ((640, 480), 72, (72, 27)),
        ((640, 480), 200, (80, 30)),
        ((100, 1000), 72, (6, 30)),
        ((1000, 100), 72, (72, 4)),
        ((16, 16), 72, (16, 8)),
        ((1, 1), 72, (1, 1)),
        ((5000, 1), 72, (72, 1)),
        ((1, 5000), 72, (1, 30)),
    ],
)
def test_a_picture_fits_the_width_and_thirty_rows_and_is_never_enlarged(
    size: tuple[int, int], width: int, cells: tuple[int, int]
) -> None:
    drawing = pending(encoded(Image.new("L", size)), width)
    rows = drawing.draw()

    assert (row_width(rows[0]), len(rows)) == cells
    assert len(drawing.placeholder) == len(rows)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_type_is_told_by_the_data_and_the_size_by_its_header(kind: str) -> None:
    data = encoded(Image.new("RGB", (31, 17), RED), kind)

    assert image_size(data) == ImageSize(31, 17)
    assert row_width(drawn(data)[0]) == 31


def test_the_size_of_every_kind_of_webp_is_read() -> None:
    opaque = Image.new("RGB", (301, 17), RED)

    assert image_size(encoded(opaque, "WEBP", lossless=True)) == ImageSize(301, 17)
    assert image_size(encoded(Image.new("RGBA", (301, 17), (255, 0, 0, 9)), "WEBP")) == ImageSize(301, 17)


def test_the_size_of_a_jpeg_is_found_behind_its_metadata() -> None:
    data = encoded(Image.new("RGB", (31, 17)), "JPEG")
    metadata = b"\xff\xe1" + struct.pack(">H", 60_002) + bytes(60_000)

    assert image_size(data[:2] + metadata * 2 + data[2:]) == ImageSize(31, 17)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_mode_of_pixels_is_drawn_white_where_it_is_white(mode: str) -> None:
    white = Image.new("L", (4, 4), 255)
    image = Image.frombytes("I;16", (4, 4), b"\xff\xff" * 16) if mode == "I;16" else white.convert(mode)

    assert {span.style.bg for row in drawn(encoded(image)) for span in row} == {WHITE}


@pytest.mark.parametrize(
    ("ink", "theme", "behind"),
    [
        (WHITE, Ground.DARK, None),
        (BLACK, Ground.LIGHT, None),
        (BLACK, Ground.DARK, LIGHT_GROUND),
        (WHITE, Ground.LIGHT, DARK_GROUND),
    ],
)
def test_behind_a_picture_is_the_ground_of_the_theme_where_it_can_be_read_on_that_and_else_the_other(
    ink: Rgb, theme: Ground, behind: Rgb | None
) -> None:
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    image.paste((*ink, 255), (0, 0, 4, 8))

    assert [(span.style.bg, span.width) for span in drawn(encoded(image), ground=theme)[1]] == [
        (ink, 4),
        (behind, 4),
    ]


def test_dark_labels_around_a_white_plot_stay_readable() -> None:
    image = Image.new("RGBA", (640, 480), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (80, 40, 600, 420))
    for y in range(60, 420, 40):
        image.paste((0, 0, 0, 255), (40, y, 70, y + 3))

    assert drawn(encoded(image))[0][0].style.bg == LIGHT_GROUND


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(50_000, 50_000), "50,000 x 50,000 pixels are too many to draw"),
        (png(2**31 - 1, 2**31 - 1), "2,147,483,647 x 2,147,483,647 pixels are too many to draw"),
        (png(0, 0), "a picture without pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG, JPEG, GIF or WebP picture"),
        (b"", "not a PNG, JPEG, GIF or WebP picture"),
        (b"\xff\xd8" + b"\xff" * 300, "not a PNG, JPEG, GIF or WebP picture"),
    ],
)
def test_what_cannot_be_drawn_is_told_from_the_header(data: bytes, reason: str) -> None:
    with pytest.raises(CannotDrawError) as raised:
        pending(data)

    assert str(raised.value) == reason


@pytest.mark.parametrize(
    "data",
    [
        png(2, 2, header_is_valid=False),
        png(2, 2, b"not compressed"),
        encoded(Image.effect_noise((50, 50), 50))[:1000],
        encoded(Image.effect_noise((50, 50), 50), "JPEG")[:700],
        encoded(Image.new("RGB", (50, 50)), "GIF")[:20],
    ],
    ids=["checksum", "compression", "half a PNG", "half a JPEG", "half a GIF"],
)
def test_a_broken_picture_says_so_once_it_is_drawn(data: bytes) -> None:
    with pytest.raises(CannotDrawError):
        pending(data).draw()


def test_a_picture_that_unpacks_to_more_than_it_shows_is_not_unpacked() -> None:
    rows = drawn(png(2, 2, zlib.compress(bytes(50_000_000))))

    assert [plain(row) for row in rows] == ["  "]


def test_what_is_not_base64_is_said() -> None:
    with pytest.raises(CannotDrawError, match="its data is not base64"):
        draw_image(Content("image/png", "!!!not base64!!!"), Canvas(72))
