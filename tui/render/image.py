"""Pictures as half-blocks: two pixels a cell, the upper in the foreground, the lower in the background."""

from __future__ import annotations

import binascii
import struct
import zlib
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.render.canvas import Canvas, Pictures
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.imagesize import ImageSize, image_size
from tui.render.rowops import text_row, wrap
from tui.render.rows import Rgb, Role, Row, Span, Style
from tui.render.text import text_of

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS = 25_000_000
_MOST_ROWS = 30
_HEAD = 1 << 18  # characters of base64 in which a JPEG's size is looked for, behind its metadata
_UPPER_HALF = "▀"
_LIGHT: Rgb = (255, 255, 255)
_DARK: Rgb = (24, 24, 24)
_FAINTEST, _SOLID = 16, 240  # alpha between which a pixel borders on transparent ones
_MIDDLE = 128  # luminance below which it counts as dark
_DARK_SHARE = 10  # one in so many is enough: dark labels on black are lost, a light frame on white is no loss


class _Fit(NamedTuple):
    """How many cells a picture takes."""

    columns: int
    rows: int


def draw_image(content: Content, canvas: Canvas) -> Drawing:
    """A PNG, JPEG, GIF (its first frame) or WebP given in base64, whichever of them its type names.

    Raises CannotDrawError when it is none, has no pixels or more than 25 million; its header tells.
    The drawing raises it when the picture turns out to be broken.
    """
    width = canvas.width
    text = text_of(content.data)
    size = image_size(_decoded("".join(text[:_HEAD].split())[: _HEAD // 2]))
    if size is None:
        raise CannotDrawError("not a PNG, JPEG, GIF or WebP picture")
    if not size.width * size.height:
        raise CannotDrawError("a picture without pixels")
    if size.width * size.height > _MOST_PIXELS:
        raise CannotDrawError(f"{size.width:,} x {size.height:,} pixels are too many to draw")
    note = wrap(text_row(f"{content.mime} · {size.width} x {size.height}", Style(Role.MUTED)), width)
    if canvas.pictures is Pictures.OFF:
        return note
    fit = _fitted(size, width)
    return Pending([*note, *[()] * fit.rows][: fit.rows], partial(_draw, text, fit))


def _fitted(size: ImageSize, width: int) -> _Fit:
    """As wide as the picture and the rows allow, never larger than a pixel a half cell; a cell is 1 by 2."""
    columns = min(size.width, width, max(1, _MOST_ROWS * 2 * size.width // size.height))
    return _Fit(columns, min(_MOST_ROWS, max(1, round(columns * size.height / size.width / 2))))


def _decoded(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except (binascii.Error, ValueError) as error:
        raise CannotDrawError("its data is not base64") from error


def _draw(text: str, fit: _Fit) -> Sequence[Row]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(_decoded(text)), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise CannotDrawError("more pixels than its header says")
            image.draft("RGB", (fit.columns * 2, fit.rows * 4))  # of a JPEG, decodes no more than is needed
            pixels = _pixels(image, fit)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise CannotDrawError("not a picture") from error
    except (
        OSError,
        EOFError,
        SyntaxError,
        ValueError,
        IndexError,
        MemoryError,
        struct.error,
        zlib.error,
    ) as error:
        raise CannotDrawError("a broken picture") from error  # each is what some decoder of Pillow raises
    return _half_blocks(pixels, fit)


def _pixels(image: Image.Image, fit: _Fit) -> bytes:
    """The picture scaled to its cells, as RGB."""
    if image.mode.startswith("I"):  # 16 bits a channel, which converting would cut off rather than scale
        grey = memoryview(_scaled(image.convert("I"), fit).tobytes()).cast("i")
        return bytes(level for value in grey for level in (min(max(value >> 8, 0), 255),) * 3)
    if image.has_transparency_data:
        return _on_ground(_scaled(image.convert("RGBA"), fit).tobytes())
    return _scaled(image.convert("RGB"), fit).tobytes()


def _scaled(image: Image.Image, fit: _Fit) -> Image.Image:
    from PIL.Image import Resampling

    # Averaging is as good where many pixels become one, and many times faster.
    method = Resampling.BOX if image.width > 3 * fit.columns else Resampling.LANCZOS
    # Pillow's signature names numpy's types, which need not be installed.
    return image.resize((fit.columns, fit.rows * 2), method)  # pyright: ignore[reportUnknownMemberType]


def _on_ground(pixels: bytes) -> bytes:
    """RGBA pixels as RGB, laid over white if what borders on the transparent is dark, else over near-black.

    What borders on it has become half transparent by scaling: the labels of a plot, say, whatever is in it.
    """
    channels = [pixels[channel::4] for channel in range(4)]
    alpha = channels[3]
    pixel_luminance = [
        red * 0.299 + green * 0.587 + blue * 0.114  # ITU-R BT.601
        for red, green, blue in zip(*channels[:3], strict=True)
    ]
    lit = list(zip(pixel_luminance, alpha, strict=True))
    seen = [luminance for luminance, opacity in lit if _FAINTEST < opacity < _SOLID]
    seen = seen or [luminance for luminance, opacity in lit if opacity >= _SOLID]
    dark = sum(luminance < _MIDDLE for luminance in seen)
    ground = _LIGHT if dark * _DARK_SHARE >= len(seen) else _DARK
    mixed = bytearray(len(alpha) * 3)
    for channel, level in enumerate(ground):
        mixed[channel::3] = bytes(
            (value * opacity + level * (255 - opacity)) // 255
            for value, opacity in zip(channels[channel], alpha, strict=True)
        )
    return bytes(mixed)


def _half_blocks(pixels: bytes, fit: _Fit) -> list[Row]:
    """Rows of cells out of RGB bytes, two lines of pixels a row; equal cells side by side share a span."""
    stride = fit.columns * 3
    rows: list[Row] = []
    for start in range(0, stride * fit.rows * 2, stride * 2):
        cells = [(_rgb(pixels, at), _rgb(pixels, at + stride)) for at in range(start, start + stride, 3)]
        rows.append(tuple(_span(upper, lower, len(list(same))) for (upper, lower), same in groupby(cells)))
    return rows


def _rgb(pixels: bytes, at: int) -> Rgb:
    return pixels[at], pixels[at + 1], pixels[at + 2]


def _span(upper: Rgb, lower: Rgb, cells: int) -> Span:
    if upper == lower:
        return Span(" " * cells, Style(bg=lower), cells)
    return Span(_UPPER_HALF * cells, Style(fg=upper, bg=lower), cells)
