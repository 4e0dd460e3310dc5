"""How many cells a picture takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.canvas import Canvas, CellSize, Pictures
from tui.render.picture.fit import fitted
from tui.render.picture.imagesize import ImageSize
from tui.terminal.graphics.gallery import Gallery

KITTY = Canvas(100, pictures=Pictures.KITTY, gallery=Gallery())


def canvas(
    cell: tuple[int, int], pictures: Pictures = Pictures.KITTY, width: int = 100, rows: int = 40
) -> Canvas:
    return Canvas(width, pictures=pictures, cell=CellSize(*cell), picture_rows=rows, gallery=Gallery())


@pytest.mark.parametrize(
    ("size", "cell", "fit"),
    [
        ((640, 480), (8, 16), (80, 30, 640, 480)),
        ((640, 480), (8, 17), (80, 29, 640, 480)),
        ((641, 481), (8, 16), (81, 31, 641, 481)),
        ((16, 16), (8, 16), (2, 1, 16, 16)),
        ((1600, 400), (8, 16), (100, 13, 800, 200)),
        ((100, 6400), (8, 16), (2, 40, 10, 640)),
        ((320, 240), (16, 34), (40, 15, 640, 480)),
    ],
    ids=["in whole cells", "rows of 17", "a little more", "an icon", "too wide", "too high", "a fine screen"],
)
def test_pixels_are_shown_one_to_one_where_they_fit(
    size: tuple[int, int], cell: tuple[int, int], fit: tuple[int, int, int, int]
) -> None:
    assert fitted(ImageSize(*size), canvas(cell), {}) == fit


@pytest.mark.parametrize(
    ("metadata", "pixels"),
    [
        ({"width": 320, "height": 240}, (320, 240)),
        ({"width": 320}, (320, 240)),
        ({"height": 120}, (160, 120)),
        ({"width": "320px"}, (320, 240)),
        ({"width": 400, "height": 100}, (400, 100)),
        ({"width": -3, "height": "x"}, (640, 480)),
        ({"width": True, "height": None}, (640, 480)),
        ({"width": 1e300}, (640, 480)),
    ],
)
def test_the_metadata_may_ask_for_another_size(metadata: dict[str, object], pixels: tuple[int, int]) -> None:
    assert fitted(ImageSize(640, 480), canvas((8, 16)), metadata)[2:] == pixels  # type: ignore[arg-type]


def test_symbols_are_larger_than_pixels_so_that_labels_can_be_read() -> None:
    assert fitted(ImageSize(480, 320), canvas((8, 16), Pictures.SYMBOLS, 120), {})[:2] == (105, 35)
    assert fitted(ImageSize(480, 320), canvas((8, 16), Pictures.SYMBOLS, 60), {})[:2] == (60, 20)
    assert fitted(ImageSize(28, 28), canvas((8, 16), Pictures.SYMBOLS), {})[:2] == (28, 14)


def test_sixels_are_no_wider_than_xterm_takes_them() -> None:
    assert fitted(ImageSize(3000, 300), canvas((8, 16), Pictures.SIXEL, 200), {})[:3] == (125, 7, 1000)


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(list(Pictures)),
    st.integers(1, 300),
    st.integers(1, 60),
    st.integers(2, 40),
    st.integers(2, 80),
)
def test_it_always_fits(
    width: int, height: int, pictures: Pictures, columns: int, rows: int, cell_width: int, cell_height: int
) -> None:
    fit = fitted(ImageSize(width, height), canvas((cell_width, cell_height), pictures, columns, rows), {})

    assert 1 <= fit.columns <= columns
    assert 1 <= fit.rows <= rows
    assert 1 <= fit.width <= fit.columns * cell_width
    assert 1 <= fit.height <= fit.rows * cell_height
