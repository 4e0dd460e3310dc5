"""Pixels as cells of two colours each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

from tui.render.picture.job import NOTHING, Cells, Form

_LOOKED_AT: Final = 160
"""Pixels a side of which a picture's kind is told."""
_FLAT_SHARE: Final = 0.25
_FEW_SHARE: Final = 0.9
_FEW: Final = 8
_NO_DIFFERENCE: Final = 6
"""Between the levels of a cell's pixels, which is not seen."""


def is_photograph(image: Image.Image) -> bool:
    """Whether it has neither a plain ground nor few colours, as drawings and plots have."""
    small = image.convert("RGB")
    if max(small.size) > _LOOKED_AT:
        size = (min(small.width, _LOOKED_AT), min(small.height, _LOOKED_AT))
        small = small.resize(size, Image.Resampling.NEAREST)  # pyright: ignore[reportUnknownMemberType] - as in shapes
    coarse = small.point([level & 0xF8 for level in range(256)] * 3)
    counts = sorted((count for count, _ in coarse.getcolors(small.width * small.height) or ()), reverse=True)
    total = small.width * small.height
    return counts[0] < total * _FLAT_SHARE and sum(counts[:_FEW]) < total * _FEW_SHARE


def half_blocks(pixels: Image.Image) -> Cells:
    """Cells of one by two pixels: the upper in the foreground, the lower in the background."""
    rows = [_row(pixels, y) for y in range(pixels.height)]
    patterns = bytearray()
    foregrounds, backgrounds = bytearray(), bytearray()
    for (upper, upper_seen), (lower, lower_seen) in zip(rows[::2], rows[1::2], strict=True):
        patterns += bytes(
            1 if above or below else NOTHING for above, below in zip(upper_seen, lower_seen, strict=True)
        )
        foregrounds += upper
        backgrounds += lower
    return Cells(Form.HALF_BLOCKS, bytes(patterns), bytes(foregrounds), bytes(backgrounds))


def _row(pixels: Image.Image, y: int) -> tuple[bytes, bytes]:
    """A row of pixels: their colours, and which of them are of the picture."""
    row = pixels.crop((0, y, pixels.width, y + 1))
    return row.convert("RGB").tobytes(), row.getchannel("A").tobytes()


def sextants(pixels: Image.Image) -> Cells:
    """Cells of two by three pixels, each in the lighter or the darker of two colours."""
    columns = pixels.width // 2
    data = pixels.tobytes()
    stride = pixels.width * 4
    patterns, foregrounds, backgrounds = bytearray(), bytearray(), bytearray()
    known: dict[tuple[bytes, bytes, bytes], tuple[int, bytes, bytes]] = {}
    for start in range(0, len(data), stride * 3):
        rows = [data[at : at + stride] for at in range(start, start + stride * 3, stride)]
        for at in range(0, columns * 8, 8):
            cell = (rows[0][at : at + 8], rows[1][at : at + 8], rows[2][at : at + 8])
            found = known.get(cell)
            if found is None:
                found = known[cell] = _cell(b"".join(cell))
            patterns.append(found[0])
            foregrounds += found[1]
            backgrounds += found[2]
    return Cells(Form.SEXTANTS, bytes(patterns), bytes(foregrounds), bytes(backgrounds))


def _cell(six: bytes) -> tuple[int, bytes, bytes]:
    """Which of six RGBA pixels are of the foreground, and the two colours.

    The channel in which they differ most is cut at its middle.
    """
    if not any(six[3::4]):
        return NOTHING, b"\0\0\0", b"\0\0\0"
    channels = (six[0::4], six[1::4], six[2::4])
    if all(len(set(channel)) == 1 for channel in channels):
        color = six[:3]
        return 0, color, color
    widest = max(channels, key=lambda channel: max(channel) - min(channel))
    low, high = min(widest), max(widest)
    if high - low < _NO_DIFFERENCE:
        color = bytes(sum(channel) // 6 for channel in channels)
        return 0, color, color
    middle = (low + high) // 2
    inside = [level > middle for level in widest]
    pattern = sum(1 << at for at, is_inside in enumerate(inside) if is_inside)
    return pattern, _mean(channels, inside), _mean(channels, [not one for one in inside])


def _mean(channels: Sequence[bytes], taken: Sequence[bool]) -> bytes:
    count = sum(taken)
    return bytes(
        sum(level for level, is_taken in zip(channel, taken, strict=True) if is_taken) // count
        for channel in channels
    )
