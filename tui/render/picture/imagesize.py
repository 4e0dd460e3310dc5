"""How large a picture is, read from the first bytes of its file, so that nothing of it is decoded to know.

The type is told by the file's signature; what a MIME type claims does not count.
"""

from __future__ import annotations

from typing import NamedTuple

_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {
    0xC4,
    0xC8,
    0xCC,
}  # ISO/IEC 10918-1, table B.1: SOF0 to SOF15
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
_SCAN = 0xDA


class ImageSize(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


def image_size(head: bytes) -> ImageSize | None:
    """The size of the PNG, JPEG, GIF or WebP file that begins with these bytes; None for anything else."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and len(head) >= 24:
        return ImageSize(int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
    if head.startswith((b"GIF87a", b"GIF89a")) and len(head) >= 10:
        return ImageSize(int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
    if head.startswith(b"\xff\xd8"):
        return _jpeg_size(head)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP" and len(head) >= 30:
        return _webp_size(head)
    return None


def _jpeg_size(head: bytes) -> ImageSize | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif marker in _FRAME_HEADERS:
            return ImageSize(
                int.from_bytes(head[at + 7 : at + 9], "big"), int.from_bytes(head[at + 5 : at + 7], "big")
            )
        elif marker == _SCAN:
            return None
        else:
            at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return None


def _webp_size(head: bytes) -> ImageSize | None:
    """The size in the first chunk: RFC 9649 2.5 (lossy), 2.6 (lossless), 2.7 (extended)."""
    match head[12:16]:
        case b"VP8 ":
            width, height = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
            return ImageSize(width & 0x3FFF, height & 0x3FFF)
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return ImageSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8X":
            return ImageSize(
                int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
            )
        case _:
            return None
