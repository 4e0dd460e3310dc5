"""An image as what was asked for: symbols, pixels or sixels."""

from __future__ import annotations

import zlib
from typing import Final

from PIL import Image, ImageFilter
from PIL.Image import Resampling

from tui.render.picture.job import Form, Head, Job
from tui.render.picture.worker.grounds import laid_on_ground
from tui.render.picture.worker.sixels import sixel_rows
from tui.render.picture.worker.symbols import half_blocks, is_photograph, sextants

_COLORS_OF_DRAWINGS: Final = 128
"""Of sixels: twice as many take twice as long to make and to send, and are not seen."""
_SHARPEN: Final = ImageFilter.UnsharpMask(radius=1.2, percent=120, threshold=0)
_BLURS: Final = 1.5
"""How many times smaller a picture must be made to lose its thin lines."""
_FAST: Final = 1
"""Of zlib's levels: tnb waits for it, and the line is mostly not the slow part."""


def shaped(image: Image.Image, job: Job) -> tuple[Head, bytes]:
    """The answer to a job: its head and what follows it."""
    match job.form:
        case Form.PIXELS:
            pixels = _on_cells(image, job)
            return {"width": pixels.width, "height": pixels.height}, zlib.compress(pixels.tobytes(), _FAST)
        case Form.SIXELS:
            colors = job.colors if is_photograph(image) else min(job.colors, _COLORS_OF_DRAWINGS)
            rows = sixel_rows(_on_cells(image, job), job.cell_height, colors)
            return {"lengths": [len(row) for row in rows]}, b"".join(rows)
        case Form.SYMBOLS:
            form = (
                Form.HALF_BLOCKS
                if _is_exact_in_half_blocks(image, job) or is_photograph(image)
                else Form.SEXTANTS
            )
        case Form.SEXTANTS | Form.HALF_BLOCKS:
            form = job.form
    if form is Form.HALF_BLOCKS:
        cells = half_blocks(_ground(_scaled(image, job.columns, job.rows * 2), job))
    else:
        small = _ground(_scaled(image, job.columns * 2, job.rows * 3), job)
        cells = sextants(_sharp(small) if image.width > _BLURS * small.width else small)
    return {"form": form.value}, cells.patterns + cells.foregrounds + cells.backgrounds


def _is_exact_in_half_blocks(image: Image.Image, job: Job) -> bool:
    return image.width <= job.columns and image.height <= job.rows * 2


def _on_cells(image: Image.Image, job: Job) -> Image.Image:
    """The picture at the upper left of exactly the pixels that its cells have; nothing around it."""
    pixels = _ground(_scaled(image, job.width, job.height), job)
    size = (job.columns * job.cell_width, job.rows * job.cell_height)
    if pixels.size == size:
        return pixels
    whole = Image.new("RGBA", size)
    whole.paste(pixels, (0, 0))
    return whole


def _ground(pixels: Image.Image, job: Job) -> Image.Image:
    return laid_on_ground(pixels, is_dark=job.is_dark)


def _sharp(pixels: Image.Image) -> Image.Image:
    """With thin lines and labels as strong as they were before they were made small."""
    sharp = pixels.convert("RGB").filter(_SHARPEN)
    sharp.putalpha(pixels.getchannel("A"))
    return sharp


def _scaled(image: Image.Image, width: int, height: int) -> Image.Image:
    if image.size == (width, height):
        return image
    # Averaging is as good where many pixels become one, and many times faster.
    method = Resampling.BOX if image.width > 6 * width else Resampling.LANCZOS
    # Pillow's signature names numpy's types, which need not be installed.
    return image.resize((width, height), method)  # pyright: ignore[reportUnknownMemberType]
