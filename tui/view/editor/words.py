"""Words: runs of letters, digits and underscores; runs of other signs; and the space between."""

from __future__ import annotations

import unicodedata
from enum import Enum

from tui.view.editor.layout import TextLayout


class _Kind(Enum):
    SPACE = "space"
    WORD = "word"
    SIGN = "sign"


def word_start_before(layout: TextLayout, offset: int) -> int:
    """Where the word or run of signs before an offset begins, over the space between; or 0."""
    while offset and _kind(layout, layout.border_before(offset)) is _Kind.SPACE:
        offset = layout.border_before(offset)
    return _run_start(layout, offset, 0)


def word_end_after(layout: TextLayout, offset: int) -> int:
    """Where the word or run of signs after an offset ends, over the space between; or the text's end."""
    end = len(layout.text)
    while offset < end and _kind(layout, offset) is _Kind.SPACE:
        offset = layout.border_after(offset)
    return _run_end(layout, offset, end)


def word_at(layout: TextLayout, offset: int) -> tuple[int, int]:
    """The offsets `[start, end)` of the word, or run of signs or space, at an offset, within its line.

    Behind the end of a line it is the last one; on an empty line it is empty.
    """
    start, end = layout.line_span(layout.line_of_offset(offset))
    offset = layout.border_at(offset)
    if offset == end and offset > start:
        offset = layout.border_before(offset)
    if start == end:
        return start, end
    run_end = _run_end(layout, offset, end)
    return _run_start(layout, run_end, start), run_end


def _run_start(layout: TextLayout, offset: int, limit: int) -> int:
    """Where the run of one kind that ends at an offset begins, not before `limit`."""
    if offset <= limit:
        return offset
    start = layout.border_before(offset)
    kind = _kind(layout, start)
    while start > limit and _kind(layout, layout.border_before(start)) is kind:
        start = layout.border_before(start)
    return start


def _run_end(layout: TextLayout, offset: int, limit: int) -> int:
    """Where the run of one kind that begins at an offset ends, not behind `limit`."""
    if offset >= limit:
        return offset
    kind = _kind(layout, offset)
    while offset < limit and _kind(layout, offset) is kind:
        offset = layout.border_after(offset)
    return offset


def _kind(layout: TextLayout, offset: int) -> _Kind:
    """The kind of the grapheme that begins at an offset: that of its first character."""
    character = layout.text[offset]
    if character.isspace():
        return _Kind.SPACE
    if character.isalnum() or character == "_" or unicodedata.category(character).startswith("M"):
        return _Kind.WORD
    return _Kind.SIGN
