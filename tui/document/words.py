"""The words of a notebook's code, the nearest first: what can be offered where no kernel is to be asked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.document.notebook import Notebook

_WORD: Final = re.compile(r"(?<!\w)[^\W\d]\w{2,79}")
_FARTHEST: Final = 200_000
"""Code points of sources that are looked through, so that it costs no more in a long notebook."""


def words_near(notebook: Notebook, index: int, prefix: str, offset: int) -> list[str]:
    """The words of code cells that go on from `prefix`, in any case, those of the nearest cells first.

    What `prefix` is typed into, at an offset of the cell at `index`, is no word for that: it would go on from
    itself with each letter.
    """
    wanted, looked = prefix.lower(), 0
    found: dict[str, None] = {}
    for at in _outwards(index, len(notebook.cells)):
        cell = notebook.cells[at]
        looked += len(cell.source)
        if looked > _FARTHEST:
            break
        if cell.kind is CellKind.CODE and (wanted in cell.source.lower() or not wanted.isascii()):
            words = _words_of(_without_word(cell.source, offset)) if at == index else _words(cell.source)
            found.update(dict.fromkeys(word for word in words if word.lower().startswith(wanted)))
    found.pop(prefix, None)
    return list(found)


def _outwards(index: int, count: int) -> Iterator[int]:
    """The indices of all cells, from one on by their distance from it."""
    for distance in range(count):
        for at in {index - distance, index + distance}:
            if 0 <= at < count:
                yield at


def _without_word(source: str, offset: int) -> str:
    """The source less the word that an offset is in, or at the end of."""
    start, end = offset, offset
    while start and _is_of_word(source[start - 1]):
        start -= 1
    while end < len(source) and _is_of_word(source[end]):
        end += 1
    return f"{source[:start]} {source[end:]}"


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@lru_cache(maxsize=2048)  # as many cells as are looked through in a notebook of usual cells
def _words(source: str) -> tuple[str, ...]:
    """Of a cell that is not typed in, which would be kept as it was after each letter."""
    return _words_of(source)


def _words_of(source: str) -> tuple[str, ...]:
    return tuple(sorted(set(_WORD.findall(source[:_FARTHEST]))))
