"""Brackets as high as what they hold, of the pieces that Unicode has for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.math.boxes import NOTHING, Box, beside, text_box
from tui.render.rowops import text_row

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Pieces(NamedTuple):
    top: str
    middle: str
    bottom: str
    center: str = ""
    """Where it differs from the rest of the middle."""


_PIECES: Final = {
    "(": _Pieces("⎛", "⎜", "⎝"),
    ")": _Pieces("⎞", "⎟", "⎠"),
    "[": _Pieces("⎡", "⎢", "⎣"),
    "]": _Pieces("⎤", "⎥", "⎦"),
    "{": _Pieces("⎧", "⎪", "⎩", "⎨"),
    "}": _Pieces("⎫", "⎪", "⎭", "⎬"),
    "|": _Pieces("│", "│", "│"),
    "‖": _Pieces("║", "║", "║"),
    "⌊": _Pieces("⎢", "⎢", "⎣"),
    "⌋": _Pieces("⎥", "⎥", "⎦"),
    "⌈": _Pieces("⎡", "⎢", "⎢"),
    "⌉": _Pieces("⎤", "⎥", "⎥"),
    "⟦": _Pieces("⟦", "⟦", "⟦"),
    "⟧": _Pieces("⟧", "⟧", "⟧"),
    "↑": _Pieces("↑", "│", "│"),
    "↓": _Pieces("│", "│", "↓"),
}
_SLANTED: Final = {"⟨": "╱╲", "⟩": "╲╱"}


def bracket(text: str, height: int, baseline: int) -> Box:
    """The bracket so high; one without pieces stands in the row of the baseline."""
    if not text:
        return NOTHING
    if height == 1:
        return text_box(text)
    if text in _SLANTED:
        return _angle(text, height, baseline)
    if text in ("/", "\\"):
        return _slash(text, height, baseline)
    if (pieces := _PIECES.get(text)) is None:
        return text_box(text)
    column = [pieces.top, *[pieces.middle] * (height - 2), pieces.bottom]
    if pieces.center and height > 2:
        column[min(max(baseline, 1), height - 2)] = pieces.center
    return Box(tuple(text_row(piece) for piece in column), 1, baseline)


def fenced(opening: str, parts: Sequence[Box], middles: Sequence[str], closing: str) -> Box:
    """The parts between brackets as high as the highest of them."""
    inner = beside(parts)
    height, baseline = inner.height, inner.baseline
    boxes = [bracket(opening, height, baseline)]
    for number, part in enumerate(parts):
        if number:
            boxes.append(bracket(middles[number - 1], height, baseline))
        boxes.append(part)
    return beside([*boxes, bracket(closing, height, baseline)])


def _angle(text: str, height: int, baseline: int) -> Box:
    """Of slanted lines, as wide as half its height."""
    half = (height + 1) // 2
    upper, lower = _SLANTED[text]
    columns = [half - 1 - row if row < half else row - (height - half) for row in range(height)]
    if text == "⟩":
        columns = [half - 1 - column for column in columns]
    rows = [
        f"{' ' * column}{upper if row < height / 2 else lower}".ljust(half)
        for row, column in enumerate(columns)
    ]
    if height % 2:
        rows[height // 2] = text.ljust(half) if text == "⟨" else text.rjust(half)
    return Box(tuple(text_row(row) for row in rows), half, baseline)


def _slash(text: str, height: int, baseline: int) -> Box:
    rows = [
        ("╱" if text == "/" else "╲").rjust(height - row if text == "/" else row + 1).ljust(height)
        for row in range(height)
    ]
    return Box(tuple(text_row(row) for row in rows), height, baseline)
