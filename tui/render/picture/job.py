"""What tnb asks of the process that decodes pictures, and what that answers: the language between the two.

A message is two lengths (`LENGTHS`), a head of JSON, and bytes. The decoding side is not trusted.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from enum import Enum
from typing import BinaryIO, Final, NamedTuple, TypeAlias, cast

LENGTHS: Final = struct.Struct(">II")
"""Of the head and of the bytes behind it."""

MOST_PIXELS: Final = 25_000_000
"""Of a picture that is decoded."""

Head: TypeAlias = Mapping[str, object]


class Source(Enum):
    """What kind of file a picture is."""

    RASTER = "raster"
    """PNG, JPEG, GIF or WebP."""
    VECTOR = "vector"
    """SVG."""


class Form(Enum):
    """What is made of a picture."""

    SYMBOLS = "symbols"
    """Sextants of a drawing, half-blocks of a photograph."""
    SEXTANTS = "sextants"
    """Two by three pixels a cell, in two colours."""
    HALF_BLOCKS = "half-blocks"
    """Two pixels a cell, one above the other."""
    PIXELS = "pixels"
    """Red, green, blue and opacity of each pixel, deflated (RFC 1950)."""
    SIXELS = "sixels"
    """A sixel sequence for each row of cells."""


class Job(NamedTuple):
    """A picture to be made of a file."""

    source: Source
    form: Form
    columns: int
    """Of cells that it fills."""
    rows: int
    cell_width: int
    """In pixels."""
    cell_height: int
    width: int
    """Of the picture in pixels, at most what the cells have; it is at their upper left."""
    height: int
    is_dark: bool
    """Whether the theme's ground is."""
    colors: int
    """How many the terminal keeps for a sixel sequence."""


class Cells(NamedTuple):
    """A picture of symbols, row by row."""

    form: Form
    """SEXTANTS or HALF_BLOCKS."""
    patterns: bytes
    """Which pixels of each cell are of the foreground: the first is the lowest bit; `NOTHING` is blank."""
    foregrounds: bytes
    """Red, green, blue of each."""
    backgrounds: bytes


NOTHING: Final = 255
"""The pattern of a cell through which the theme's ground is seen."""


def write_message(stream: BinaryIO, head: Head, body: bytes = b"") -> None:
    """Send a message. Raises OSError where nobody reads it."""
    text = json.dumps(head).encode()
    stream.write(LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO, longest: int) -> tuple[Head, bytes] | None:
    """The next message; None at the end. Raises ValueError for one that is none, or longer than `longest`."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_length, body_length = LENGTHS.unpack(lengths)
    if head_length + body_length > longest:
        raise ValueError("a message too long to be one")
    text, body = stream.read(head_length), stream.read(body_length)
    if len(text) < head_length or len(body) < body_length:
        return None
    head = json.loads(text)
    if not isinstance(head, dict):
        raise ValueError("a message without a head")
    return cast("Head", head), body
