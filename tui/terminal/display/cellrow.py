"""One line of a screen as cells: what each shows, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes

from tui.terminal.display.look import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.terminal.display.look import Look

CONTINUED = ""
"""The text of the second cell of a wide character."""
PLACEHOLDER = "\U0010eeee"
"""What the text of a cell begins with that stands for a piece of a picture (graphics/placeholders.py)."""


@dataclass(slots=True)
class CellRow:
    """Cells from the left edge to the right, not changed once they are shown."""

    texts: list[str]
    """A character with its marks; `CONTINUED` behind one that takes two cells."""
    looks: list[Look]

    @property
    def has_picture(self) -> bool:
        """Whether a cell stands for a piece of a picture."""
        return PLACEHOLDER in "".join(self.texts)

    @property
    def is_simple(self) -> bool:
        """Whether every cell holds one character of its own."""
        return CONTINUED not in self.texts and len("".join(self.texts)) == len(self.texts)


def blank_row(width: int, look: Look = PLAIN) -> CellRow:
    """A row of blanks."""
    return CellRow([" "] * width, [look] * width)


def cells_of(pieces: Iterable[tuple[str, Look]], width: int) -> CellRow:
    """The cells of text in pieces of one look each, cut or filled up to the width."""
    texts: list[str] = []
    looks: list[Look] = []
    last = PLAIN
    for text, look in pieces:
        before = len(texts)
        if text.isascii():
            texts += text
        else:
            _add_graphemes(texts, text)
        looks += [look] * (len(texts) - before)
        last = look
    excess = len(texts) - width
    if excess > 0:
        del texts[width:], looks[width:]
        if texts and cell_len(texts[-1]) > 1:
            texts[-1] = " "
    elif excess < 0:
        texts += [" "] * -excess
        looks += [last] * -excess
    return CellRow(texts, looks)


def replaced(row: CellRow, start: int, cells: CellRow) -> CellRow:
    """The row with cells put in from `start` on; characters of which half is covered become blanks."""
    end = min(start + len(cells.texts), len(row.texts))
    texts = [*row.texts[:start], *cells.texts[: end - start], *row.texts[end:]]
    looks = [*row.looks[:start], *cells.looks[: end - start], *row.looks[end:]]
    if start and texts[start - 1 : start + 1] and row.texts[start] == CONTINUED:
        texts[start - 1] = " "
    if end < len(texts) and texts[end] == CONTINUED:
        texts[end] = " "
    return CellRow(texts, looks)


def _add_graphemes(texts: list[str], text: str) -> None:
    spans, _ = split_graphemes(text)
    for start, end, width in spans:
        grapheme = text[start:end]
        if width and not _ends_flag(texts, grapheme):
            texts.append(grapheme)
            texts += [CONTINUED] * (width - 1)
        elif width:
            texts[-1] += grapheme
            texts.append(CONTINUED)
        elif texts:
            last = -2 if texts[-1] == CONTINUED and len(texts) > 1 else -1
            texts[last] += grapheme


def _ends_flag(texts: list[str], grapheme: str) -> bool:
    """Whether it is the second letter of a flag, which a terminal draws together with the first."""
    return bool(texts) and _is_flag_letter(grapheme) and _is_flag_letter(texts[-1])


def _is_flag_letter(text: str) -> bool:
    return len(text) == 1 and "\U0001f1e6" <= text <= "\U0001f1ff"
