"""Text in MIME bundles: plain text with its colours, markdown, LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kernelbridge.outputs import JsonValue
from kernelbridge.streamtext import StreamText
from tui.render.canvas import Canvas
from tui.render.content import Content, text_of
from tui.render.drawing import Drawing, Pending
from tui.render.longtext import text_rows
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.sanitize import clean

_STAND_IN = re.compile(r"<IPython\.core\.display\.\w+ object>")
_LONG_LATEX = 4_000  # characters, which are set in a tenth of a second
_LONG_MARKDOWN = 20_000  # characters, which are drawn in a few hundredths of a second


def is_stand_in(data: JsonValue) -> bool:
    """Whether a `text/plain` only names an object of IPython's display classes: other types say more."""
    return isinstance(data, str) and _STAND_IN.fullmatch(data) is not None


def draw_text(content: Content, canvas: Canvas) -> Drawing:
    """Plain text, coloured where it asks for it. Raises CannotDrawError when the data is not text."""
    return text_rows(StreamText.of(text_of(content.data)), canvas.text_width)


def is_typeset(data: JsonValue) -> bool:
    """Whether a `text/latex` is one that is shown as mathematics; a long one is taken to be."""
    from tui.render.latex import can_be_typeset  # brings tables of symbols

    return isinstance(data, str) and (len(data) > _LONG_LATEX or can_be_typeset(data))


def draw_latex(content: Content, canvas: Canvas) -> Drawing:
    """Mathematics in two dimensions; the source, below the reason, where it is not set; a long one later.

    Raises CannotDrawError when the data is not text.
    """
    text = text_of(content.data)
    if len(text) <= _LONG_LATEX:
        return _latex_rows(text, canvas.width)
    placeholder = StreamRows(StreamText.of(text), canvas.width, Role.CODE)
    return Pending(placeholder, lambda: _latex_rows(text, canvas.width))


def _latex_rows(text: str, width: int) -> Sequence[Row]:
    from tui.render.latex import NotTypeset, typeset_latex

    rows = typeset_latex(text, width)
    if not isinstance(rows, NotTypeset):
        return rows
    note = text_row(clean(f"Shown as its source: {rows.reason}."), Style(Role.MUTED, italic=True))
    return [*wrap(note, width), *StreamRows(StreamText.of(text), width, Role.CODE)]


def draw_markdown_text(content: Content, canvas: Canvas) -> Drawing:
    """Markdown; a long one is drawn later. Raises CannotDrawError when the data is not text."""
    from tui.render.markdown import draw_markdown  # brings a parser

    text = text_of(content.data)
    if len(text) <= _LONG_MARKDOWN:
        return draw_markdown(text, canvas)

    def draw() -> Sequence[Row]:
        drawing = draw_markdown(text, canvas)
        return drawing.draw() if isinstance(drawing, Pending) else drawing

    return Pending(StreamRows(StreamText.of(text), canvas.width, Role.MUTED), draw)
