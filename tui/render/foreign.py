"""What only a browser or a player can show, as one row: what it is, how much, and which key leads there."""

from __future__ import annotations

import re
from typing import Final

from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import Drawing
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Style
from tui.render.unrendered import size_of
from tui.sanitize import clean

OPENING: Final = "e opens or saves it"
"""The hint that ends such a row; the key is that of the action `output.elsewhere`."""

_NAMES: Final = (
    (re.compile(r"application/vnd\.bokehjs_exec\.v0\+json"), "Bokeh chart"),
    (re.compile(r"application/vnd\.bokehjs_load\.v0\+json"), "Bokeh's library, for browsers"),
    (re.compile(r"application/vnd\.holoviews_exec\.v0\+json"), "HoloViews chart"),
    (re.compile(r"application/vnd\.holoviews_load\.v0\+json"), "HoloViews' library, for browsers"),
    (re.compile(r"(application|text)/(x-)?javascript"), "JavaScript"),
    (re.compile(r"application/pdf"), "PDF document"),
    (re.compile(r"audio/.*", re.DOTALL), "sound"),
    (re.compile(r"video/.*", re.DOTALL), "video"),
)
_TYPED: Final = ("sound", "video")


def draw_foreign(content: Content, canvas: Canvas) -> Drawing:
    """The row for a type of the table."""
    name = next(name for pattern, name in _NAMES if pattern.fullmatch(content.mime))
    if name in _TYPED:
        name += f" ({clean(content.mime.partition('/')[2][:40])})"
    size = size_of(content.mime, content.data) if content.data else ""
    note = " · ".join(part for part in (name, size, OPENING) if part)
    return wrap(text_row(note, Style(Role.MUTED)), canvas.width)
