"""How many cells a picture takes, and how many pixels of theirs."""

from __future__ import annotations

from math import ceil
from typing import Final, NamedTuple

from kernelbridge.outputs import JsonObject
from tui.render.canvas import Canvas, Pictures
from tui.render.picture.imagesize import ImageSize
from tui.terminal.graphics.placeholders import MOST

_WIDEST_SIXELS: Final = 1000
"""Pixels; xterm cuts off what is wider (`maxGraphicSize`)."""
_ENOUGH_COLUMNS: Final = 32
"""Of symbols, which are coarse: smaller pictures are enlarged to this, or to half a cell for each pixel."""
_LABELS: Final = 1.75
"""How much larger symbols are than pixels, so that the numbers at the axes of a plot can be read."""
_USUAL_CELL: Final = 18
"""Pixels high. Cells twice as high are those of a screen that shows two pixels for one of CSS."""
_LARGEST: Final = 100_000
"""Pixels a side that metadata may ask for."""


class Fit(NamedTuple):
    """The room that a picture takes."""

    columns: int
    rows: int
    width: int
    """Of the picture in pixels, at most those of its cells."""
    height: int


def fitted(size: ImageSize, canvas: Canvas, metadata: JsonObject) -> Fit:
    """As large as it is, or as its metadata asks, but no larger than the canvas allows; in proportion."""
    cell = canvas.cell
    natural = _asked(size, metadata)
    zoom = max(1, round(cell.height / _USUAL_CELL))
    width, height = natural.width * zoom, natural.height * zoom
    is_of_pixels = canvas.pictures in (Pictures.KITTY, Pictures.SIXEL) and canvas.gallery is not None
    if not is_of_pixels:
        enough = min(size.width, _ENOUGH_COLUMNS) * cell.width
        larger = max(enough / width, _LABELS if enough < width else 1.0)
        width, height = width * larger, height * larger
    columns, rows = min(canvas.width, MOST), min(canvas.picture_rows, MOST)
    widest = columns * cell.width
    if canvas.pictures is Pictures.SIXEL and is_of_pixels:
        widest = min(widest, _WIDEST_SIXELS)
    scale = min(1.0, widest / width, rows * cell.height / height)
    fit_width, fit_height = max(1, round(width * scale)), max(1, round(height * scale))
    if is_of_pixels:
        return Fit(ceil(fit_width / cell.width), ceil(fit_height / cell.height), fit_width, fit_height)
    taken = max(1, round(fit_width / cell.width)), max(1, round(fit_height / cell.height))
    return Fit(*taken, taken[0] * cell.width, taken[1] * cell.height)


def _asked(size: ImageSize, metadata: JsonObject) -> ImageSize:
    """The size in CSS pixels that the metadata gives; of one side alone, the other follows."""
    width, height = _pixels(metadata.get("width")), _pixels(metadata.get("height"))
    if width is None and height is None:
        return size
    if width is None or height is None:
        ratio = size.width / size.height
        width, height = width or round((height or 0) * ratio), height or round((width or 0) / ratio)
    return ImageSize(max(1, width), max(1, height))


def _pixels(value: object) -> int | None:
    """A side in pixels; as text, too, which some kernels send."""
    if isinstance(value, str) and value.removesuffix("px").isdecimal() and len(value) < 10:
        value = int(value.removesuffix("px"))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if 1 <= value <= _LARGEST else None
