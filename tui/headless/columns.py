"""Text cut to columns of a terminal, by the standard library; where widths differ, the wider counts."""

from __future__ import annotations

import unicodedata


def cut_to_columns(text: str, columns: int) -> str:
    """The beginning of the text that surely fits."""
    if text.isascii():
        return text[: max(0, columns)]
    taken = 0
    for index, character in enumerate(text):
        taken += _width(character)
        if taken > columns:
            return text[:index]
    return text


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" or character > "\u2fff" else 1
