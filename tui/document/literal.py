"""Where in a text a literal may begin, whatever its case, faster than a regular expression finds it.

One that ignores case looks at each character by itself: 100 MB of output take it more than a second. Whether
a letter is there at all is found out a hundred times as fast, and a literal ten times in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

_RAREST: Final = "qzjxkvbywgpfmucdlhrsnioate"
"""Letters, as English and code have them; what is none of them is looked for first."""
_OTHERS: Final = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""Letters that `re.IGNORECASE` takes for others beyond ASCII: i with and without dot, Kelvin, the long s."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_LONG: Final = 40
"""Characters: what a person looks for is shorter."""
_MOST: Final = 1_000
"""Places in one text, above which a regular expression is as good."""

Places: TypeAlias = Callable[[str], Sequence[int] | None]
"""The offsets in a text where a match may begin, in order, none left out; None where it may be anywhere."""


def places_of(literal: str, *, match_case: bool) -> Places:
    """What tells of a text where `re` may find the literal."""
    if match_case:
        return lambda text: _everywhere(text, literal)
    piece = max(_ASCII.finditer(literal), key=lambda found: len(found[0]), default=None)
    if piece is None:
        return lambda _text: None
    before, part = piece.start(), piece[0].lower()
    letters = [(letter, letter.upper()) for letter in sorted(set(part), key=_RAREST.find)]
    sure = [(small, large) for small, large in letters if small not in _OTHERS]
    cased = [(small, large) for small, large in letters if small != large]
    others = "".join(_OTHERS.get(small, "") for small, _ in letters)

    def places(text: str) -> Sequence[int] | None:
        is_ascii = text.isascii()
        for small, large in letters if is_ascii else sure:
            if small not in text and large not in text:
                return ()
        if not is_ascii and any(other in text for other in others):
            return None
        written_large = [(small, large) for small, large in cased if large in text]
        if written_large and is_ascii:
            text = text.lower()
        elif written_large:
            # `str.lower` is slow beyond ASCII, and may change the length; that of bytes is neither.
            if part.encode() not in text.encode("utf-8", "surrogatepass").lower():
                return ()
            for small, large in written_large:
                text = text.replace(large, small)
        return _everywhere(text, part, before)

    return places


def _everywhere(text: str, part: str, before: int = 0) -> Sequence[int] | None:
    """Where so many characters before a part is; from the back, as that takes Python half of the time.

    Not for a long one: from the back that may take as many steps as both have characters, multiplied.
    """
    if len(part) > _LONG:
        return None if part in text else ()
    found: list[int] = []
    at = text.rfind(part)
    while at >= before:
        if len(found) == _MOST:
            return None
        found.append(at - before)
        at = text.rfind(part, 0, at + len(part) - 1)
    return found[::-1]
