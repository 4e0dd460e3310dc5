"""The list of completions: what fits what is typed, one below the other, each with what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.rowops import crop, marked, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.view.popup.layer import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kernelbridge.replies import Completion
    from tui.view.editor.completions import Offer

_MOST_ROWS: Final = 10
_WIDEST_TEXT: Final = 44
_WIDEST_KIND: Final = 12
_TEXT: Final = Style(Role.TEXT)
_KIND: Final = Style(Role.MUTED)
_THUMB: Final = text_row("▐", Style(Role.MUTED))


class Widths(NamedTuple):
    """Of the columns that all candidates have room in."""

    text: int
    kind: int


@dataclass(frozen=True, slots=True)
class CompletionList:
    """The candidates of an offer, and which row of them is the first in sight.

    It has the same width and stands on the same side of the line while the offer narrows down.
    """

    offer: Offer
    widths: Widths
    top: int = 0

    @property
    def offset(self) -> int:
        """It stands where the completions begin."""
        return self.offer.start

    @property
    def prefers_above(self) -> bool:
        """It hangs below."""
        return False

    def wanted(self, most: Size) -> Size:
        """As many rows as there are candidates, up to ten, and as wide as the widest of all."""
        width = min(most.width, self.widths.text + self.widths.kind + 3)
        return Size(width, min(len(self.offer.fitting), _MOST_ROWS))

    def tallest(self, most: Size) -> int:
        """As many rows as there were candidates when it came up, up to ten."""
        return min(most.height, len(self.offer.candidates), _MOST_ROWS)

    def rows(self, size: Size) -> Sequence[Row]:
        """The candidates around the chosen one."""
        shown = self.offer.fitting
        top = max(0, min(self.first_row(size.height), len(shown) - size.height))
        text_width = min(self.widths.text, size.width - 2)
        thumb = _thumb(top, size.height, len(shown))
        rows: list[Row] = []
        for line, candidate in enumerate(shown[top : top + size.height]):
            is_chosen = top + line == self.offer.chosen
            row = _candidate_row(candidate, text_width, size.width - 1, is_chosen=is_chosen)
            rows.append((*row, *(_THUMB if line in thumb else text_row(" "))))
        return rows

    def first_row(self, height: int) -> int:
        """The first candidate in sight, so that the chosen one is."""
        chosen = self.offer.chosen
        if chosen is None:
            return 0
        return max(chosen - height + 1, min(self.top, chosen))

    def scrolled(self, height: int) -> CompletionList:
        """Scrolled as little as brings the chosen one into sight."""
        return replace(self, top=self.first_row(height))


def completion_list(offer: Offer) -> CompletionList:
    """The list of an offer from a kernel."""
    texts = max((row_width(text_row(clean(each.text))) for each in offer.candidates), default=0)
    kinds = max((row_width(text_row(clean(each.kind))) for each in offer.candidates), default=0)
    widths = Widths(min(texts, _WIDEST_TEXT), min(kinds + 1 if kinds else 0, _WIDEST_KIND + 1))
    return CompletionList(offer, widths)


def _candidate_row(candidate: Completion, text_width: int, width: int, *, is_chosen: bool) -> Row:
    text = _cut(text_row(clean(candidate.text), _TEXT), text_width)
    kind = crop(text_row(clean(candidate.kind), _KIND), 0, _WIDEST_KIND)
    row: Row = (*text_row(" "), *pad(text, text_width))
    if kind:
        row = (*pad(row, max(text_width + 2, width - row_width(kind) - 1)), *kind)
    return marked(row, width) if is_chosen else crop(pad(row, width), 0, width)


def _cut(row: Row, width: int) -> Row:
    """The row, with a sign where more of it is than there is room for."""
    return row if row_width(row) <= width else (*crop(row, 0, max(0, width - 1)), *text_row("…", _KIND))


def _thumb(top: int, height: int, count: int) -> range:
    """The rows that stand for what is in sight of the whole list."""
    if count <= height:
        return range(0)
    size = max(1, height * height // count)
    start = (height - size) * top // (count - height)
    return range(start, start + size)
