"""Picture files to draw."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image


def encoded(image: Image.Image, kind: str = "PNG", **options: bool) -> bytes:
    """The image as a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def noise(width: int, height: int) -> Image.Image:
    """Pixels of all colours, always the same."""
    return Image.frombytes("RGB", (width, height), random.Random(0).randbytes(width * height * 3))


def png(width: int, height: int, data: bytes = b"", *, header_is_valid: bool = True) -> bytes:
    """A PNG that says to be so large, and holds these compressed pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(name + body) if header_is_valid else 0
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
