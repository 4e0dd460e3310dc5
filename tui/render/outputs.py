"""Outputs as rows: each kind by its own renderer, a bundle by the richest of its types that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonValue,
    Output,
    Stream,
    UnknownOutput,
)
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.longtext import text_rows
from tui.render.registry import Candidate, candidates
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.render.traceback import draw_traceback
from tui.sanitize import clean

_CONTENT_ERRORS = (CannotDrawError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What renderers, and the libraries behind them, raise at content that they do not expect."""
_LONGEST_TYPE = 100


def draw_output(output: Output, width: int, previous: Drawing | None = None) -> Drawing:
    """The rows of an output, none wider than `width` cells (at least 2).

    `previous` is what this gave for an earlier value of the same output: a stream that grew goes on from it.
    Never raises at any content: what cannot be drawn costs one row that says so.
    """
    match output:
        case Stream(text=text):
            if isinstance(previous, StreamRows) and previous.width == width:
                return previous.extended(text)
            return text_rows(text, width)
        case ErrorOutput():
            return draw_traceback(output, width)
        case DisplayData(data=data) | ExecuteResult(data=data):
            return _richest(candidates(data), width)
        case UnknownOutput(raw=raw):
            return wrap(_note(f"unknown output type {_type_of(raw)}"), width)


def _richest(found: Sequence[Candidate], width: int) -> Drawing:
    """The first candidate, and in the place of one that fails a row with the reason and those behind it."""
    if not found:
        return ()
    first, rest = found[0], found[1:]
    try:
        drawing = first.draw(width)
    except _CONTENT_ERRORS as error:
        return _instead(first.mime, error, rest, width)
    if isinstance(drawing, Pending):
        return Pending(drawing.placeholder, partial(_finished, drawing, first.mime, rest, width))
    return drawing


def _finished(pending: Pending, mime: str, rest: Sequence[Candidate], width: int) -> Sequence[Row]:
    try:
        return pending.draw()
    except _CONTENT_ERRORS as error:
        drawing = _instead(mime, error, rest, width)
        return drawing.draw() if isinstance(drawing, Pending) else drawing


def _instead(mime: str, error: Exception, rest: Sequence[Candidate], width: int) -> Drawing:
    reason = (
        str(error) if isinstance(error, CannotDrawError) else f"could not be drawn ({type(error).__name__})"
    )
    above = wrap(_note(f"{mime[:_LONGEST_TYPE]} · {reason}"), width)
    drawing = _richest(rest, width)
    if isinstance(drawing, Pending):
        return Pending([*above, *drawing.placeholder], lambda: [*above, *drawing.draw()])
    return [*above, *drawing]


def _note(text: str) -> Row:
    return text_row(clean(text), Style(Role.MUTED))


def _type_of(raw: JsonValue) -> str:
    """What an unreadable output calls itself."""
    kind = raw.get("output_type") if isinstance(raw, dict) else None
    return repr(kind[:_LONGEST_TYPE]) if isinstance(kind, str) else "(it names none)"
