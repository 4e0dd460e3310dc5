"""Cutting, padding and wrapping of rows, by terminal cells."""

from __future__ import annotations

from itertools import pairwise

from tui.render.rows import Row, Span, Style
from tui.render.width import cell_width, graphemes, is_single_cells

_PLAIN = Style()
NARROWEST = 2
"""Cells that the widest grapheme takes, so the narrowest column that text can be wrapped to."""


def plain(row: Row) -> str:
    """The row's text without its styles."""
    return "".join(span.text for span in row)


def row_width(row: Row) -> int:
    """The row's width in cells."""
    return sum(span.width for span in row)


def text_row(text: str, style: Style = _PLAIN) -> Row:
    """A row of one style. The text must be sanitized already."""
    return (Span(text, style, cell_width(text)),) if text else ()


def pad(row: Row, width: int, style: Style = _PLAIN) -> Row:
    """The row with blanks of that style behind it up to `width` cells; a wider one as it is."""
    missing = width - row_width(row)
    return (*row, Span(" " * missing, style, missing)) if missing > 0 else row


def marked(row: Row, width: int) -> Row:
    """The row up to `width` cells in reverse, as what is chosen of a list: in one colour, not in patches."""
    return tuple(
        span._replace(style=Style(bold=span.style.bold, reverse=True))
        for span in pad(crop(row, 0, width), width)
    )


def crop(row: Row, start: int, end: int) -> Row:
    """The cells from `start` up to `end`; of a wide character cut in two, blanks remain."""
    cropped: list[Span] = []
    at = 0
    for span in row:
        if at >= end:
            break
        if start <= at and at + span.width <= end:
            cropped.append(span)
        elif at + span.width > start:
            cropped.append(_crop_span(span, max(start - at, 0), min(end - at, span.width)))
        at += span.width
    return tuple(span for span in cropped if span.text)


def wrap(row: Row, width: int) -> list[Row]:
    """The row cut into rows of at most `width` cells, between graphemes; one row, empty, if it is empty.

    Fewer than two cells count as two, which is what one wide character needs.
    """
    width = max(width, NARROWEST)
    if row_width(row) <= width:
        return [row]
    rows: list[Row] = []
    line: list[Span] = []
    free = width
    for span in row:
        for piece in _pieces(span, free, width):
            if piece.width > free:
                rows.append(tuple(line))
                line, free = [], width
            line.append(piece)
            free -= piece.width
    rows.append(tuple(line))
    return rows


def _crop_span(span: Span, start: int, end: int) -> Span:
    if is_single_cells(span.text):
        return Span(span.text[start:end], span.style, end - start)
    text = ""
    at = 0
    for grapheme in graphemes(span.text):
        behind = at + grapheme.width
        if start <= at and behind <= end:
            text += span.text[grapheme.start : grapheme.end]
        else:
            text += " " * (min(behind, end) - max(at, start))
        at = behind
    return Span(text, span.style, end - start)


def _pieces(span: Span, free: int, width: int) -> list[Span]:
    """The span in pieces of at most `width` cells, the first of at most `free` if a grapheme fits there."""
    if span.width <= free:
        return [span]
    if is_single_cells(span.text):
        cuts = (
            [0, *range(free, span.width, width), span.width]
            if free
            else [*range(0, span.width, width), span.width]
        )
        return [Span(span.text[start:end], span.style, end - start) for start, end in pairwise(cuts)]
    pieces: list[Span] = []
    start = taken = 0
    for grapheme in graphemes(span.text):
        if taken + grapheme.width > free:
            if grapheme.start > start:
                pieces.append(Span(span.text[start : grapheme.start], span.style, taken))
            start, taken, free = grapheme.start, 0, width
        taken += grapheme.width
    pieces.append(Span(span.text[start:], span.style, taken))
    return pieces
