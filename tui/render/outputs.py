"""Outputs as rows: each kind by its own renderer, a bundle by the richest of its types that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonValue,
    MimeBundle,
    Output,
    Stream,
    UnknownOutput,
)
from tui.faults import reported
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending, Shortened, Whole
from tui.render.faultrows import fault_rows
from tui.render.longtext import text_rows
from tui.render.registry import Candidate, candidates
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.sanitize import clean

_CONTENT_ERRORS = (CannotDrawError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What renderers, and the libraries behind them, raise at content that they do not expect."""
_LONGEST_TYPE = 100


def draw_output(output: Output, canvas: Canvas, turn: int = 0, previous: Drawing | None = None) -> Drawing:
    """The rows of an output, none wider than the canvas (at least 2 cells) unless lines are left whole.

    `turn` counts how often a person asked for the next of an output's types: behind the last comes the whole
    bundle as JSON, and then the first again. `previous` is what this gave for an earlier value of the same
    output: a stream that grew goes on from it.
    Never raises: what cannot be drawn costs a row that says so.
    """
    try:
        return _drawn(output, canvas, turn, previous)
    except Exception as error:  # noqa: BLE001 - a bug costs this output, not the session
        return fault_rows(error, "drawing an output", canvas.width)


def _drawn(output: Output, canvas: Canvas, turn: int, previous: Drawing | None) -> Drawing:
    match output:
        case Stream(text=text):
            if isinstance(previous, StreamRows) and previous.width == canvas.text_width:
                return previous.extended(text.shown)
            return text_rows(text.shown, canvas.text_width)
        case ErrorOutput():
            from tui.render.traceback import draw_traceback

            return draw_traceback(output, canvas)
        case DisplayData(data=data, metadata=metadata) | ExecuteResult(data=data, metadata=metadata):
            found = candidates(data, metadata)
            return _richest(found, canvas) if turn == 0 or not found else _turned(data, found, canvas, turn)
        case UnknownOutput(raw=raw):
            return wrap(_note(f"unknown output type {_type_of(raw)}"), canvas.width)


def is_first_way(output: Output, turn: int) -> bool:
    """Whether a person turned the output's types until the first way to draw it came again."""
    if turn == 0 or not isinstance(output, DisplayData | ExecuteResult):
        return turn == 0
    return turn % (len(candidates(output.data, output.metadata)) + 1) == 0


def _turned(bundle: MimeBundle, found: Sequence[Candidate], canvas: Canvas, turn: int) -> Drawing:
    """One of the ways to draw a bundle, below a row that says which."""
    from tui.render.jsontree.draw import draw_json

    ways = [*found, Candidate(Content("as it is in the file", dict(bundle)), draw_json)]
    at = turn % len(ways)
    note = wrap(_note(f"{_short(ways[at].content.mime)} · {at + 1} of {len(ways)}"), canvas.width)
    return _below(note, _richest(ways[at : at + 1], canvas))


def _richest(found: Sequence[Candidate], canvas: Canvas) -> Drawing:
    """The first candidate, and in the place of one that fails a row with the reason and those behind it."""
    if not found:
        return ()
    first, rest = found[0], found[1:]
    try:
        drawing = first.draw(canvas)
    except Exception as error:  # noqa: BLE001 - the rest of the bundle can be drawn all the same
        return _instead(first.content.mime, error, rest, canvas)
    if isinstance(drawing, Pending):
        return Pending(drawing.placeholder, partial(_finished, drawing, first.content.mime, rest, canvas))
    return drawing


def _finished(pending: Pending, mime: str, rest: Sequence[Candidate], canvas: Canvas) -> Sequence[Row]:
    try:
        return pending.draw()
    except Exception as error:  # noqa: BLE001 - as above
        drawing = _instead(mime, error, rest, canvas)
        return drawing.draw() if isinstance(drawing, Pending) else drawing


def _instead(mime: str, error: Exception, rest: Sequence[Candidate], canvas: Canvas) -> Drawing:
    above = wrap(_note(f"{_short(mime)} · {_reason(error)}"), canvas.width)
    return _below(above, _richest(rest, canvas))


def _reason(error: Exception) -> str:
    if isinstance(error, CannotDrawError):
        return str(error)
    if isinstance(error, _CONTENT_ERRORS):
        return f"could not be drawn ({type(error).__name__})"
    return reported(error, "drawing an output")


def _below(above: Sequence[Row], drawing: Drawing) -> Drawing:
    """A drawing with rows above it."""
    if isinstance(drawing, Pending):
        return Pending(_rows_below(above, drawing.placeholder), lambda: _rows_below(above, drawing.draw()))
    return _rows_below(above, drawing)


def _rows_below(above: Sequence[Row], rows: Sequence[Row]) -> Sequence[Row]:
    """Rows below others, of the same kind as they were."""
    match rows:
        case Shortened():
            return Shortened([*above, *rows])
        case Whole():
            return Whole([*above, *rows])
        case _:
            return [*above, *rows]


def _short(mime: str) -> str:
    return mime[:_LONGEST_TYPE]


def _note(text: str) -> Row:
    return text_row(clean(text), Style(Role.MUTED))


def _type_of(raw: JsonValue) -> str:
    """What an unreadable output calls itself."""
    kind = raw.get("output_type") if isinstance(raw, dict) else None
    return repr(kind[:_LONGEST_TYPE]) if isinstance(kind, str) else "(it names none)"
