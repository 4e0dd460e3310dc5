"""Rows as lines of text: painted for a terminal, or without any sequence for whatever else reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.render.rows import Row
from tui.view.ink import Ink
from tui.view.lastgate import sent_text


def painted_lines(rows: Iterable[Row], ink: Ink) -> Iterator[str]:
    """A line for each row; no attribute stays set behind one."""
    return map(ink.painted, rows)


def plain_lines(rows: Iterable[Row]) -> Iterator[str]:
    """A line for each row, without blanks at its end."""
    return ("".join(sent_text(span) for span in row).rstrip() for row in rows)
