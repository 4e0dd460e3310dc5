"""What was looked for, where it shows: in the rows in sight, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.rowops import plain
from tui.render.width import cell_width
from tui.sanitize import visible
from tui.view.cursor import CURRENT, UNDERLINE, columns_of
from tui.view.gutter import CONTENT_COLUMN
from tui.view.strips import highlighted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tui.document.found import Found
    from tui.document.notebook import CellKey
    from tui.render.rows import Row
    from tui.view.cellblock import CellBlock

_MOST_TEXTS: Final = 200
"""Different texts that are looked for in drawn rows."""
_LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True)
class Highlights:
    """The matches of the last search."""

    spans: Mapping[CellKey, Sequence[tuple[int, int]]]
    """Those in sources, in order."""
    outputs: frozenset[CellKey]
    """The cells with matches in their outputs."""
    texts: re.Pattern[str] | None
    """What matched, literally: for drawn prose and outputs, whose rows are not the text that was searched."""
    current: Found | None = None
    """The one that a person is at."""
    drawn_at: tuple[int, int] | None = None
    """Where that is drawn, if not in a source: the row of its cell, and how many are before it in the row."""

    def ranges(self, block: CellBlock, key: CellKey, index: int, row: Row) -> list[tuple[int, int, Style]]:
        """The columns of a row, from the view's first, that are to be marked, and how beyond the colour."""
        if block.source is not None and index < block.source_height:
            return self._in_source(block, key, index)
        searched = self.spans if block.source is None else self.outputs
        if self.texts is None or key not in searched or block.is_blank(index) or not block.is_content(index):
            return []
        text = plain(row)
        is_here = self.current is not None and self.current.cell == key
        return [
            (
                1 + cell_width(text[: match.start()]),
                1 + cell_width(text[: match.end()]),
                CURRENT if is_here and (index, nth) == self.drawn_at else UNDERLINE,
            )
            for nth, match in enumerate(self.texts.finditer(text, CONTENT_COLUMN - 1))
        ]

    def _in_source(self, block: CellBlock, key: CellKey, index: int) -> list[tuple[int, int, Style]]:
        spans = self.spans.get(key, ())
        if block.source is None or not spans:
            return []
        column = block.text_column
        return [
            (column + left, column + right, CURRENT if self._is_current(key, *span) else UNDERLINE)
            for left, right, span in columns_of(spans, index, block.source.layout)
        ]

    def _is_current(self, key: CellKey, start: int, end: int) -> bool:
        at = self.current
        return at is not None and at.output is None and (at.cell, at.start, at.end) == (key, start, end)


def with_ranges(strip: Strip, ranges: Iterable[tuple[int, int, Style]], color: Style) -> Strip:
    """The strip with the ranges marked."""
    for start, end, style in ranges:
        strip = highlighted(strip, start, end, color + style)
    return strip


def highlights_of(found: Sequence[Found], current: Found | None) -> Highlights:
    """What to mark of these matches, which are in order."""
    spans: dict[CellKey, list[tuple[int, int]]] = {}
    outputs: set[CellKey] = set()
    texts: dict[str, None] = {}
    for match in found:
        if match.output is None:
            spans.setdefault(match.cell, []).append((match.start, match.end))
        else:
            outputs.add(match.cell)
        if len(texts) < _MOST_TEXTS and "\n" not in match.text and match.end - match.start <= _LONGEST_TEXT:
            texts[visible(match.text)] = None
    longest_first = sorted(texts, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
    return Highlights(spans, frozenset(outputs), pattern, current)
