"""A quick look whether a text may hold another, whatever its case: most texts of a search are passed over.

A regular expression that ignores case looks at each character by itself, 100 MB of output take it more than a
second. Whether a letter is there at all is found out a hundred times as fast, and a text that has all of them
is read several times as fast once it is in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_RAREST: Final = "qzjxkvbywgpfmucdlhrsnioate"
"""Letters, as English and code have them; what is none of them is looked for first."""
_OTHERS: Final = {"i": b"\xc4", "k": b"\xaa", "s": b"\xc5"}
"""Letters that `re.IGNORECASE` takes for others beyond ASCII, too, each with a byte of these: i with and
without dot (C4 B0 and C4 B1 in UTF-8), the Kelvin sign (E2 84 AA) and the long s (C5 BF)."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")


def may_hold(literal: str, *, match_case: bool) -> Callable[[str], bool]:
    """What tells of a text whether it may hold the literal as `re` finds it; never False where it does."""
    if match_case:
        return lambda text: literal in text
    part = max(_ASCII.findall(literal.lower()), key=len, default="")
    letters = [(letter, letter.upper()) for letter in sorted(set(part), key=_RAREST.find)]
    sure = [(small, large) for small, large in letters if small not in _OTHERS]
    spelled = part.encode()
    others = [byte for letter, byte in _OTHERS.items() if letter in part]

    def may(text: str) -> bool:
        is_ascii = text.isascii()
        for small, large in letters if is_ascii else sure:
            if small not in text and large not in text:
                return False
        if is_ascii:
            return part in text.lower()
        data = text.encode("utf-8", "surrogatepass").lower()  # leaves what is not ASCII as it is
        return spelled in data or any(byte in data for byte in others)

    return may
