"""Text in MIME bundles: plain text with its colours, markdown, and LaTeX as its source."""

from __future__ import annotations

import re

from kernelbridge.outputs import JsonValue
from kernelbridge.streamtext import StreamText
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.longtext import text_rows
from tui.render.rows import Role
from tui.render.stream import StreamRows

_STAND_IN = re.compile(r"<IPython\.core\.display\.\w+ object>")
_LONG_MARKDOWN = 20_000  # characters, which are drawn in a few hundredths of a second


def is_stand_in(data: JsonValue) -> bool:
    """Whether a `text/plain` only names an object of IPython's display classes: other types say more."""
    return isinstance(data, str) and _STAND_IN.fullmatch(data) is not None


def draw_text(content: Content, canvas: Canvas) -> Drawing:
    """Plain text, coloured where it asks for it. Raises CannotDrawError when the data is not text."""
    return text_rows(StreamText.of(text_of(content.data)), canvas.width)


def draw_latex(content: Content, canvas: Canvas) -> Drawing:
    """The source. Raises CannotDrawError when the data is not text."""
    return text_rows(StreamText.of(text_of(content.data)), canvas.width, Role.CODE)


def draw_markdown_text(content: Content, canvas: Canvas) -> Drawing:
    """Markdown; a long one is drawn later. Raises CannotDrawError when the data is not text."""
    from tui.render.markdown import draw_markdown  # brings a parser

    text = text_of(content.data)
    if len(text) <= _LONG_MARKDOWN:
        return draw_markdown(text, canvas)
    placeholder = StreamRows(StreamText.of(text), canvas.width, Role.MUTED)
    return Pending(placeholder, lambda: draw_markdown(text, canvas))


def text_of(data: JsonValue) -> str:
    """The data of a type that holds text. Raises CannotDrawError when it is something else."""
    if isinstance(data, str):
        return data
    raise CannotDrawError("its data is not text")
