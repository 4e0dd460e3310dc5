"""HTML as text on the page: parsed by lexbor, drawn by rows of our own. Nothing is run or loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.render.content import text_of
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.html.scan import shows_something, too_costly
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.unrendered import size_text

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonValue
    from tui.render.canvas import Canvas
    from tui.render.content import Content

_LONGEST: Final = 1_000_000
"""Characters that are drawn of a longer text, pictures not counted."""
_QUICK: Final = 8_000
"""Characters that are drawn in a few thousandths of a second."""
_MOST_PLACES: Final = 2_000
_NARROWEST: Final = 2
_MUTED: Final = Style(Role.MUTED)


def draw_html(text: str, canvas: Canvas) -> Drawing:
    """The rows of a text, none wider than the canvas; a long one, or one with pictures, is drawn later.

    Raises CannotDrawError when it is nested too deeply, or written to be costly; so does the drawing.
    """
    canvas = canvas.of_width(max(canvas.width, _NARROWEST))
    if len(text) <= _QUICK:
        return _drawn_at_once(text, canvas)
    note = wrap(text_row(f"… {size_text(len(text))} of HTML, being laid out", _MUTED), canvas.width)
    lines = min(text.count("<tr"), _MOST_PLACES)
    return Pending([*note, *[()] * max(0, lines - len(note))], lambda: _drawn(text, canvas))


def draw_html_output(content: Content, canvas: Canvas) -> Drawing:
    """An output's HTML; of one that is all scripts and styles, a row that says so.

    Raises CannotDrawError as `draw_html` does, and when the data is not text.
    """
    text = text_of(content.data)
    drawing = draw_html(text, canvas) if shows_something(text) else ()
    if isinstance(drawing, Pending) or drawing:
        return drawing
    note = (
        f"{content.mime} · {size_text(len(text.encode(errors='replace')))}, nothing to show without a browser"
    )
    return wrap(text_row(note, _MUTED), canvas.width)


def is_worth_drawing(data: JsonValue) -> bool:
    """Whether an output's HTML shows more than its plain text: not if it is for scripts to fill."""
    return not isinstance(data, str) or shows_something(data)


def _drawn_at_once(text: str, canvas: Canvas) -> Drawing:
    rows, pending = _layout(text, canvas, is_final=False)
    return Pending(rows, lambda: _drawn(text, canvas)) if pending else rows


def _drawn(text: str, canvas: Canvas) -> Sequence[Row]:
    rows, _ = _layout(text, canvas, is_final=True)
    return rows


def _layout(text: str, canvas: Canvas, *, is_final: bool) -> tuple[Sequence[Row], int]:
    """The rows, and how many pictures in them are placeholders yet."""
    from tui.render.html.blocks import Cut, Page
    from tui.render.html.css import stylesheet
    from tui.render.html.looks import Looks
    from tui.render.html.pictures import Lifted, PictureDrawer
    from tui.render.html.tree import last_table, parse

    lifted = Lifted(text)
    shown, missing = _shortened(lifted.text)
    reason = too_costly(shown)
    if reason is not None:
        raise CannotDrawError(f"{size_text(len(text))}, {reason}")
    document = parse(shown)
    drawer = PictureDrawer(lifted, canvas, is_final=is_final)
    table = last_table(document.root) if missing else None
    cut = Cut(table, missing) if table is not None else None
    page = Page(Looks(stylesheet(document.styles), canvas.ground), drawer, canvas.table_key, cut)
    rows = page.rows(document.root, canvas.width)
    if len(shown) < len(lifted.text) and cut is None:
        note = f"… the rest of {size_text(len(lifted.text))} is not drawn"
        rows += wrap(text_row(note, _MUTED), canvas.width)
    return rows, drawer.pending


def _shortened(text: str) -> tuple[str, int]:
    """The text; a too long one cut behind a line of a table, and how many lines of that are missing then."""
    if len(text) <= _LONGEST:
        return text, 0
    cut = text.rfind("</tr>", 0, _LONGEST)
    if cut < _LONGEST // 2:
        return text[:_LONGEST], 0
    cut += len("</tr>")
    return text[:cut], text.count("<tr", cut)
