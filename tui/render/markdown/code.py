"""Code in markdown, set in by a margin: a fence has the colours of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.highlight import Highlighter
from tui.render.languages import PLAIN, language_named
from tui.render.rowops import row_width, text_row, wrap
from tui.render.rows import Row, Span
from tui.render.width import cell_width
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.highlight import Run

_MARGIN: Final = text_row("  ")
_NARROWEST: Final = 8


def draw_code(code: str, info: str, width: int) -> list[Row]:
    """The rows of a fence or an indented block; `info` is what stands behind the fence, empty without one."""
    named = info.strip("{}. \n").partition(" ")[0].partition(",")[0]
    margin, inner = _margin(width)
    text = code.removesuffix("\n")
    highlighter = Highlighter(language_named(named) if named else PLAIN)
    highlighter.set_text(text)
    lines = (_coloured(line, highlighter.runs(number)) for number, line in enumerate(text.split("\n")))
    return [(*margin, *row) for line in lines for row in wrap(line, inner)]


def _margin(width: int) -> tuple[Row, int]:
    """The margin, if there is room for one, and the cells beside it."""
    return (_MARGIN, width - row_width(_MARGIN)) if width >= _NARROWEST else ((), width)


def _coloured(line: str, runs: Sequence[Run]) -> Row:
    spans: list[Span] = []
    start = 0
    for run in runs:
        text = clean(line[start : start + run.length])
        start += run.length
        if text:
            spans.append(Span(text, run.style, cell_width(text)))
    return tuple(spans)
