"""Cells that hold numbers: told from text, so that a column of them can be aligned as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = re.compile(
    r"[-+−±]?[$€£¥]? ?(?:\d[\d,_ '’]{0,40})?(?:\.\d{0,40})?(?:[eE][-+]?\d{1,5})?(?:[-+]\d[\d.]{0,40}j)?[ ]?%?"
)
_LONGEST: Final = 60
_NONE: Final = frozenset(
    ("nan", "NaN", "NA", "<NA>", "None", "NaT", "null", "inf", "-inf", "∞", "-∞", "-", "—", "…", "...", "")
)
"""What stands for a number that is not there."""


def is_number(text: str) -> bool:
    """Whether the text is a number as programs and people write them."""
    if not text or len(text) > _LONGEST:
        return False
    return _NUMBER.fullmatch(text) is not None and any(character.isdecimal() for character in text)


def stands_for_none(text: str) -> bool:
    """Whether the text is what a column of numbers has where there is none."""
    return text in _NONE


def is_numeric(texts: Sequence[str]) -> bool:
    """Whether a column of these texts is one of numbers: none of them is something else."""
    found = False
    for text in texts:
        if is_number(text):
            found = True
        elif not stands_for_none(text):
            return False
    return found


def behind_point(text: str) -> int:
    """How many characters of a number stand behind its integer part."""
    _, point, fraction = text.partition(".")
    return len(point) + len(fraction)


def is_plain(text: str) -> bool:
    """Whether it can be aligned with others at the point: it has no exponent, unit or imaginary part."""
    return not text.endswith(("%", "j")) and "e" not in text and "E" not in text
