"""The rows of a stream from its first to its last, none kept: what is printed is not looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from kernelbridge.streamtext import StreamText
from tui.render.linecount import line_rows
from tui.render.rowops import wrap
from tui.render.rows import Role, Row
from tui.render.sgr import NO_SGR
from tui.render.terminalline import is_plain, shows_nothing, terminal_row, trimmed


def stream_rows(text: StreamText, width: int) -> Iterator[Row]:
    """The same rows as those of `StreamRows`, of at most `width` cells (at least 2)."""
    sgr = NO_SGR
    for line in _lines(str(text.shown)):
        if is_plain(line):
            yield from line_rows(line, sgr, width, Role.TEXT)
        else:
            row, sgr = terminal_row(line, sgr, Role.TEXT)
            yield from wrap(trimmed(row, width), width)


def _lines(text: str) -> Iterator[str]:
    """The lines one by one, without line feeds."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    if not shows_nothing(text[start:]):
        yield text[start:]
