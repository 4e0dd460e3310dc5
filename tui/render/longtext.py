"""Text as rows; of a very long one at first the beginning only, as laying it out may take seconds."""

from __future__ import annotations

from kernelbridge.streamtext import StreamText
from tui.render.drawing import Drawing, Pending
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Style
from tui.render.stream import StreamRows
from tui.render.unrendered import size_text

_LONG = 1_000_000
"""Code points, which are laid out in a few hundredths of a second."""
_SHOWN = 2_000
"""Code points, and rows at most, that are shown until all is laid out."""
_SHOWN_ROWS = 10


def text_rows(text: StreamText, width: int, role: Role = Role.TEXT) -> Drawing:
    """The rows of a text, hard-wrapped, with its colours."""
    if len(text) <= _LONG:
        return StreamRows(text, width, role)
    beginning = StreamRows(StreamText.of(text.beginning(_SHOWN)), width, role)
    note = text_row(f"… {size_text(len(text))} of text, being laid out", Style(Role.MUTED, italic=True))
    return Pending([*beginning[:_SHOWN_ROWS], crop(note, 0, width)], lambda: StreamRows(text, width, role))
