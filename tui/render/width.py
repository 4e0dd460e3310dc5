"""Widths in terminal cells, measured as Textual's compositor measures them (`rich.cells`)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rich.cells import cell_len, split_graphemes

_HIGHEST_PILE: Final = 32
"""Code points that are drawn in one place; UAX #15 allows 30 marks on a letter ("Stream-Safe Text")."""
_REPLACEMENT: Final = "\ufffd"
_ZERO_WIDTH_JOINER: Final = "\u200d"
# Latin, Greek, Cyrillic, control pictures, lines, blocks, shapes, Braille, U+FFFD: what long lines are of.
_SINGLE: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2400-\u2421\u2500-\u25fc\u2800-\u28ff\ufffd]*"
)


class Grapheme(NamedTuple):
    """What a person takes for one character: `text[start:end]`, `width` cells wide."""

    start: int
    end: int
    width: int


def is_single_cells(text: str) -> bool:
    """Whether each character takes one cell, as far as can be told fast: cells are then cut as characters."""
    return _SINGLE.fullmatch(text) is not None


def cell_width(text: str) -> int:
    """How many cells the text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return cell_len(text)


def graphemes(text: str) -> list[Grapheme]:
    """The text cut into graphemes, without gaps; their widths add up to `cell_width(text)`.

    Each is at least one cell wide unless the whole text has no width: characters without width belong to the
    one before, at the beginning to the one behind. The two letters of a flag are one.
    """
    if is_single_cells(text):
        return [Grapheme(index, index + 1, 1) for index in range(len(text))]
    skipped = _joined_at_start(text)
    spans, _ = split_graphemes(text[skipped:])
    found = [Grapheme(0, skipped, 0)] if skipped else []
    for start, end, width in spans:
        grapheme = Grapheme(start + skipped, end + skipped, width)
        if found and (found[-1].width == 0 or _is_flag(text, found[-1], grapheme)):
            before = found.pop()
            grapheme = Grapheme(before.start, grapheme.end, before.width + width)
        found.append(grapheme)
    return found


def without_piles(text: str, width: int) -> str:
    """The text, `width` cells wide, to be sent to a terminal: marks piled up by the thousand are left out.

    It stays as wide, and is no longer than some multiple of that.
    """
    if len(text) <= _HIGHEST_PILE * width:
        return text
    return "".join(_lowered(text[start:end], cells) for start, end, cells in graphemes(text))


def _lowered(grapheme: str, width: int) -> str:
    lower = grapheme[:_HIGHEST_PILE]
    return lower if cell_width(lower) == width else _REPLACEMENT * width


def _joined_at_start(text: str) -> int:
    """How long a beginning is whose joiners swallow what follows them: `cell_len` gives it no width."""
    end = 0
    while text.startswith(_ZERO_WIDTH_JOINER, end):
        end += 2
    return min(end, len(text))


def _is_flag(text: str, first: Grapheme, second: Grapheme) -> bool:
    """Whether the two are regional indicators that no other character stands between."""
    return (
        first.end - first.start == 1
        and "\U0001f1e6" <= text[first.start] <= "\U0001f1ff"
        and "\U0001f1e6" <= text[second.start] <= "\U0001f1ff"
    )
