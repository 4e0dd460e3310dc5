"""The last that is done to text before a terminal gets it, by all who paint rows."""

from __future__ import annotations

from tui.render.rows import Span
from tui.render.width import without_piles
from tui.sanitize import visible
from tui.terminal.graphics.placeholders import is_row_of_picture


def sent_text(span: Span) -> str:
    """What is sent of a span: as wide, without marks piled up by the thousand.

    Rows are of sanitized text, which passes as it is. What was forgotten to be sanitized is printable here.
    Cells that stand for a picture, which no text may hold, come from who draws pictures.
    """
    if is_row_of_picture(span.text):
        return span.text
    return without_piles(visible(span.text), span.width)
