"""Code in markdown: a fence in the colours of its language, set in by a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.highlight import Highlighter
from tui.render.languages import PLAIN, Language, language_named
from tui.render.rowops import text_row, wrap
from tui.render.rows import Row, Span
from tui.render.width import cell_width
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.highlight import Run

_MARGIN: Final = text_row("  ")
_MARGIN_WIDTH: Final = 2
_NARROWEST: Final = 8


def draw_code(code: str, info: str, width: int) -> list[Row]:
    """The rows of a fence or an indented block; `info` is what stands behind the fence, empty without one."""
    named = info.strip("{}. \n").partition(" ")[0].partition(",")[0]
    return _draw(code, language_named(named) if named else PLAIN, width)


def draw_literal(text: str, width: int) -> list[Row]:
    """The rows of a text that is shown as it is, line by line."""
    return _draw(text, PLAIN, width)


def _draw(code: str, language: Language, width: int) -> list[Row]:
    margin = _MARGIN if width >= _NARROWEST else ()
    text = code.removesuffix("\n")
    highlighter = Highlighter(language)
    highlighter.set_text(text)
    return [
        (*margin, *row)
        for number, line in enumerate(text.split("\n"))
        for row in wrap(_coloured(line, highlighter.runs(number)), width - len(margin) * _MARGIN_WIDTH)
    ]


def _coloured(line: str, runs: Sequence[Run]) -> Row:
    spans: list[Span] = []
    start = 0
    for run in runs:
        text = clean(line[start : start + run.length])
        start += run.length
        if text:
            spans.append(Span(text, run.style, cell_width(text)))
    return tuple(spans)
