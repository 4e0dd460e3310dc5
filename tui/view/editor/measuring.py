"""The graphemes of a line and the columns that they begin at, as fast as the script of the text allows."""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import Final

from tui.render.width import graphemes
from tui.sanitize import visible

TAB_STOP: Final = 4
"""Cells from one tab stop to the next."""

_NARROW: Final = " -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2500-\u25fc\u2800-\u28ff"
"""One cell each: Latin, Greek, Cyrillic, box drawing, braille."""
_WIDE: Final = "\u3001-\u3003\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
"""Two cells each: kana, Han, Hangul syllables, full-width forms."""
_OTHER: Final = f"[^{_NARROW}{_WIDE}\t]"
"""What may join its neighbours, so that these are certain to be graphemes only away from it."""

is_narrow: Final = re.compile(f"[{_NARROW}]*").fullmatch
"""Whether each character of a text is for certain a grapheme of one cell."""


@cache
def _simple_run() -> re.Pattern[str]:
    """Made with the first line that needs it: it takes 5 ms."""
    return re.compile(f"\t|(?<!{_OTHER})(?:(?P<narrow>[{_NARROW}]+)|(?P<wide>[{_WIDE}]+))(?!{_OTHER})")


def measured(line: str, column: int = 0) -> tuple[array[int], array[int]]:
    r"""Where the graphemes of a line, which holds no "\n", begin: their indices and their columns in cells.

    The first of them is at `column`. Both end with one more entry, for the end of the line. Each grapheme has
    at least one cell.
    """
    borders, edges = array("I"), array("I")
    index = 0
    for run in _simple_run().finditer(line):
        start, end = run.span()
        column = _add_graphemes(line[index:start], index, column, borders, edges)
        length = end - start
        borders.extend(range(start, end))
        if run.lastgroup == "narrow":
            edges.extend(range(column, column + length))
            column += length
        elif run.lastgroup == "wide":
            edges.extend(range(column, column + 2 * length, 2))
            column += 2 * length
        else:
            edges.append(column)
            column += TAB_STOP - column % TAB_STOP
        index = end
    column = _add_graphemes(line[index:], index, column, borders, edges)
    borders.append(len(line))
    edges.append(column)
    return borders, edges


def _add_graphemes(text: str, index: int, column: int, borders: array[int], edges: array[int]) -> int:
    """Adds the graphemes of any text, which begins at an index and a column; the column that it ends at."""
    if text:
        for start, _, width in graphemes(visible(text)):
            borders.append(index + start)
            edges.append(column)
            column += max(width, 1)
    return column
