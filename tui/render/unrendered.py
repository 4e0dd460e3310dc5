"""What no renderer draws yet, as one row: its type and size."""

from __future__ import annotations

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Style
from tui.sanitize import clean

_TEXTUAL = ("text/", "application/javascript", "application/x-javascript", "application/xml", "image/svg")
_LONGEST_TYPE = 100


def draw_unrendered(content: Content, canvas: Canvas) -> Drawing:
    """The type and, of text and base64, how much it is."""
    size = size_of(content.mime, content.data)
    note = clean(content.mime[:_LONGEST_TYPE]) + (f" · {size}" if size else "")
    return wrap(text_row(note, Style(Role.MUTED)), canvas.width)


def refuse_image(content: Content, _canvas: Canvas) -> Drawing:
    """Nothing: raises CannotDrawError with the size, so that the rest of the bundle is shown below."""
    raise CannotDrawError(f"{size_of(content.mime, content.data) or 'a picture'}, not drawn yet")


def size_of(mime: str, data: JsonValue) -> str:
    """How much data it is; empty when it is neither text nor base64."""
    if not isinstance(data, str):
        return ""
    return size_text(len(data.encode(errors="replace")) if mime.startswith(_TEXTUAL) else len(data) * 3 // 4)


def size_text(size: int) -> str:
    """A number of bytes for a person, in decimal units: `999 B`, `14 kB`, `2.5 MB`."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f} MB"
