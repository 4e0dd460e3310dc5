"""The last that is done to text before a terminal gets it, by all who paint rows."""

from __future__ import annotations

from tui.render.rows import Span
from tui.render.width import without_piles
from tui.sanitize import visible


def sent_text(span: Span) -> str:
    """What is sent of a span: as wide, without marks piled up by the thousand.

    Rows are of sanitized text, which passes as it is. What was forgotten to be sanitized is printable here.
    """
    return without_piles(visible(span.text), span.width)
