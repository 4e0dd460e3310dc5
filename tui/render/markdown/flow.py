"""Breaks text of several styles into rows at its words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from tui.render.rowops import row_width, wrap
from tui.render.rows import Row, Span
from tui.render.width import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE: Final = "\u1100-\u115f\u2e80-\u303f\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60"
_OPENING: Final = "「『（〈《【〔［｛"
_CLOSING: Final = "」』）〉》】〕］｝、。，．！？：；…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ\u3099\u309a"

_ASCII_PIECE: Final = re.compile("(?P<blank>[ ]+)|(?P<word>[^ ]+)")


@cache
def _piece() -> re.Pattern[str]:
    """Made with the first text that needs it: it takes 4 ms."""
    return re.compile(
        rf"(?P<blank>[ ]+)"
        rf"|(?P<wide>[{_OPENING}]*[{_WIDE}](?:[{_CLOSING}])*)"  # a row may end behind it, and before it
        rf"|(?P<word>[^ {_WIDE}]+)"
    )


def flow(row: Row, width: int) -> list[Row]:
    """The text in rows of at most `width` cells, broken at blanks, between Chinese, Japanese and Korean
    characters, and within a word only where it is wider than a row. One empty row, if there is no text.
    """
    if row_width(row) <= width:
        return [row]
    rows: list[Row] = []
    line: list[Span] = []
    used = 0
    blanks: list[Span] = []
    for word in _words(row):
        if word[0].text[0] == " ":
            blanks = word
            continue
        gap, needed = row_width(tuple(blanks)), row_width(tuple(word))
        if used + gap + needed <= width:
            line += blanks
            used += gap
        elif line:
            rows.append(tuple(line))
            line, used = [], 0
        blanks = []
        *full, rest = wrap(tuple(word), width)
        rows += full
        line += rest
        used += row_width(rest)
    return [*rows, tuple(line)] if line or not rows else rows


def _words(row: Row) -> Iterator[list[Span]]:
    """What may not be broken, one after the other: blanks, wide characters, words over changes of style."""
    word: list[Span] = []
    for span in row:
        pieces = _ASCII_PIECE if span.text.isascii() else _piece()
        for found in pieces.finditer(span.text):
            piece = Span(found.group(), span.style, cell_width(found.group()))
            if found.lastgroup == "word":
                word.append(piece)
                continue
            if word:
                yield word
                word = []
            yield [piece]
    if word:
        yield word
