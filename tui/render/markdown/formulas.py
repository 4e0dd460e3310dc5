"""Formulas in markdown: displayed ones set in by a margin, those in a line of text in one row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tui.render.markdown.flow import flow
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Span, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARGIN: Final = text_row("    ")
_SOURCE: Final = Style(Role.CODE)
_NARROWEST: Final = 16


def draw_formula(source: str, width: int) -> list[Row]:
    """The rows of a displayed formula; of one that is not set its source, broken at its blanks."""
    from tui.render.math.typesetting import NotTypeset, typeset_display  # tables of symbols

    margin, inner = (_MARGIN, width - row_width(_MARGIN)) if width >= _NARROWEST else ((), width)
    formula = typeset_display(source, inner)
    if isinstance(formula, NotTypeset):
        lines = (text_row(clean(line), _SOURCE) for line in source.split("\n"))
        return [(*margin, *row) for line in lines for row in flow(line, inner)]
    return [(*margin, *row) for row in formula.rows]


def inline_formula(source: str, style: Style) -> Sequence[Span]:
    """A formula in a line of text of that style; of one that does not fit into one row its source."""
    from tui.render.math.typesetting import NotTypeset, typeset_inline

    row = typeset_inline(source)
    if isinstance(row, NotTypeset):
        return text_row(clean(source), replace(style, role=Role.CODE))
    return [span._replace(style=_within(style, span.style)) for span in row]


def _within(text: Style, formula: Style) -> Style:
    return replace(text, bold=text.bold or formula.bold, italic=text.italic or formula.italic)
