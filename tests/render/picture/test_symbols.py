"""Pictures of characters: sextants for drawings, half-blocks for photographs."""

from __future__ import annotations

import base64

import pytest
from PIL import Image, ImageDraw

from render.picture.files import encoded, noise
from tui.render.canvas import Canvas, Pictures
from tui.render.content import Content
from tui.render.drawing import Pending
from tui.render.picture.cells import SEXTANTS
from tui.render.picture.draw import draw_image
from tui.render.rowops import plain
from tui.render.rows import Row

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
CELLS = Canvas(200, pictures=Pictures.SEXTANTS)


def drawn(image: Image.Image, canvas: Canvas = CELLS, **metadata: int) -> list[Row]:
    content = Content("image/png", base64.b64encode(encoded(image)).decode(), {**metadata})
    drawing = draw_image(content, canvas)
    assert isinstance(drawing, Pending)
    return list(drawing.draw())


def test_each_pattern_is_the_character_that_unicode_names_so() -> None:
    import unicodedata

    for pattern, symbol in enumerate(SEXTANTS):
        digits = "".join(str(bit + 1) for bit in range(6) if pattern >> bit & 1)
        names = {"": "SPACE", "135": "LEFT HALF BLOCK", "246": "RIGHT HALF BLOCK", "123456": "FULL BLOCK"}
        assert unicodedata.name(symbol) == names.get(digits, f"BLOCK SEXTANT-{digits}")


def test_a_cell_of_sextants_shows_two_by_three_pixels_in_two_colours() -> None:
    image = Image.new("RGB", (4, 3), RED)
    image.paste(BLUE, (0, 0, 1, 1))
    image.paste(BLUE, (2, 0, 4, 3))

    ((left, right),) = drawn(image, Canvas(2, pictures=Pictures.SEXTANTS))
    colors = {left.style.fg: SEXTANTS.index(left.text), left.style.bg: 63 - SEXTANTS.index(left.text)}
    assert colors == {BLUE: 0b1, RED: 0b111110}
    assert (right.text, right.style.bg) == (" ", BLUE)


def plot() -> Image.Image:
    image = Image.new("RGB", (640, 480), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 30, 600, 440), outline=BLACK)
    draw.line([(60, 400), (300, 100), (600, 300)], fill=(31, 119, 180), width=2)
    return image


@pytest.mark.parametrize(
    ("image", "is_of_half_blocks"),
    [
        (plot(), False),
        (noise(300, 200), True),
        (Image.merge("RGB", [Image.radial_gradient("L")] * 3), True),
        (noise(20, 20), True),
        (Image.new("RGB", (20, 20), WHITE), True),
    ],
    ids=["plot", "photograph", "shades", "small photograph", "each pixel has half a cell"],
)
def test_a_drawing_is_of_sextants_and_a_photograph_of_half_blocks(
    image: Image.Image, is_of_half_blocks: bool
) -> None:
    text = "".join(map(plain, drawn(image, Canvas(100))))

    assert (set(text) <= {" ", "▀"}) is is_of_half_blocks


@pytest.mark.parametrize(("way", "symbols"), [(Pictures.HALF_BLOCKS, " ▀"), (Pictures.SEXTANTS, SEXTANTS)])
def test_the_symbols_can_be_chosen(way: Pictures, symbols: str) -> None:
    for image in (plot(), noise(300, 200)):
        assert set("".join(map(plain, drawn(image, Canvas(100, pictures=way))))) <= set(symbols)


def test_without_pictures_a_line_says_what_there_is() -> None:
    content = Content("image/png", base64.b64encode(encoded(plot())).decode())
    rows = draw_image(content, Canvas(60, pictures=Pictures.OFF))

    assert not isinstance(rows, Pending)
    assert [plain(row) for row in rows] == ["image/png · 640 x 480"]
