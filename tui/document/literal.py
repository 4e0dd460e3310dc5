"""A quick look whether a text may hold another, whatever its case: most texts of a search are passed over.

A regular expression that ignores case looks at each character by itself, 100 MB of output take it more than a
second. Python finds a text as it is written many times as fast, so a part of it with few letters, written in
all ways, says as much.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Final

_RAREST: Final = "qzjxkvbywgpfmucdlhrsnioate"
"""Letters, as English and code have them."""
_ALSO_OTHERS: Final = "iks"
"""Letters that `re.IGNORECASE` takes for others beyond ASCII, too: dotless i, the Kelvin sign, long s."""
_MOST_LETTERS: Final = 2
_SHORTEST: Final = 2


def may_hold(literal: str, *, match_case: bool) -> Callable[[str], bool]:
    """What tells of a text whether it may hold the literal as `re` finds it; never False where it does."""
    if match_case:
        return lambda text: literal in text
    if len(literal) < _SHORTEST or not literal.isascii():
        return _always
    small = literal.lower()
    ways = _written(_telling_part(small, without=""))
    sure = _written(_telling_part(small, without=_ALSO_OTHERS))

    def may(text: str) -> bool:
        if not text.isascii():
            return any(way in text for way in sure)
        if len(ways) > _SHORTEST:
            return small in text.lower()
        return any(way in text for way in ways)

    return may


def _always(_text: str) -> bool:
    return True


def _telling_part(literal: str, *, without: str) -> str:
    """The longest part with few letters, of those the one with the rarest; none of them one of `without`."""
    parts = (
        literal[start:end]
        for start in range(len(literal))
        for end in range(start + 1, len(literal) + 1)
        if sum(map(str.isalpha, literal[start:end])) <= _MOST_LETTERS
        and not any(letter in literal[start:end] for letter in without)
    )
    return min(
        parts, key=lambda part: (-len(part), sum(1 + _RAREST.find(letter) for letter in part)), default=""
    )


def _written(part: str) -> tuple[str, ...]:
    """All ways to write a part in large and small letters; an empty one is everywhere."""
    return tuple({"".join(letters) for letters in product(*((each, each.upper()) for each in part))})
