"""Errors: the traceback with the colours it came with, fitted to the width."""

from __future__ import annotations

import re
from typing import Final

from kernelbridge.outputs import ErrorOutput
from kernelbridge.streamtext import StreamText
from tui.render.canvas import Canvas
from tui.render.drawing import Drawing
from tui.render.longtext import text_rows
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Style
from tui.sanitize import clean_lines

# IPython lays both out for 75 columns (ultratb.py), the second with the error's name at its left edge.
_RULE: Final = re.compile(r"^((?:\x1b\[[0-9;]*m)*)(-{20,})((?:\x1b\[[0-9;]*m)*)$")
_HEADING: Final = re.compile(r" {2,}(?=Traceback \(most recent call last\)$)")
_HEADING_WIDTH: Final = 75


def draw_traceback(error: ErrorOutput, canvas: Canvas) -> Drawing:
    """The rows of an error; of one without a traceback, its name and what it says."""
    width = canvas.width
    text = "\n".join(error.traceback)
    if text.strip():
        return text_rows(StreamText.of(_fitted(text, width)), width)
    summary = f"{error.ename}: {error.evalue}" if error.evalue else error.ename or "an error without a name"
    style = Style(Role.ERROR)
    return [row for line in clean_lines(summary) for row in wrap(text_row(line, style), width)]


def _fitted(text: str, width: int) -> str:
    """The text with IPython's rule and heading no wider than the rows, so that neither is wrapped."""
    excess = _HEADING_WIDTH - width
    if excess <= 0:
        return text
    head, newline, rest = text.partition("\n")
    head = _RULE.sub(lambda match: match[1] + match[2][:width] + match[3], head)
    heading, second_newline, tail = rest.partition("\n")
    heading = _HEADING.sub(lambda match: match.group()[excess:] or "  ", heading)
    return head + newline + heading + second_newline + tail
