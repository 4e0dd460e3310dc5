"""A picture file as an image: decoded by Pillow, which raises what it likes at broken ones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from tui.render.picture.job import MOST_PIXELS, Job

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_BROKEN: Final = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    OverflowError,
    TypeError,
    struct.error,
    zlib.error,
)
"""Each is what some decoder of Pillow raises."""


class BrokenPictureError(Exception):
    """The data is no picture that can be drawn; the message says why, for a person."""


def prepare() -> None:
    """Load the decoders, and what they load when they first decode, while files may be opened."""
    Image.init()
    for kind in _FORMATS:
        file = BytesIO()
        Image.new("RGB", (1, 1)).save(file, kind)
        with Image.open(file) as image:
            image.convert("RGBA")


@contextmanager
def decoded(data: bytes, job: Job) -> Generator[Image.Image]:
    """The image: RGB, or RGBA where something shows through. Raises BrokenPictureError."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BrokenPictureError("more pixels than its header says")
            # Of a JPEG, this decodes no more than is needed.
            image.draft("RGB", (job.columns * job.cell_width * 2, job.rows * job.cell_height * 2))
            yield _in_common_mode(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BrokenPictureError("not a picture") from error
    except _BROKEN as error:
        raise BrokenPictureError("a broken picture") from error


def _in_common_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a channel, which converting would cut off rather than scale
        return image.convert("I").point(lambda level: level / 256).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
