"""Frames for terminals that measure some sequences of characters otherwise than we do.

A family of emoji is 2 cells for some and 8 for others, a heart with a variation selector 2 or 1: tmux 3.3,
xterm 379 and kitty 0.26 all differ. So behind each such sequence the cursor is put where it belongs.
"""

from __future__ import annotations

import re
from typing import Final

from tui.render.width import cell_width, graphemes

_MAY_DIFFER: Final = re.compile(
    "[\u200d\ufe0f\u20e3"  # joiner, variation selector, keycap
    "\u0900-\u109f\u1160-\u11ff\u1780-\u17ff"  # Indic scripts, Myanmar, Hangul in parts, Khmer
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"  # flags, skin tones, tags
)
_TOKEN: Final = re.compile(
    r"\x1b\[(?P<row>[0-9]{1,5});(?P<column>[0-9]{1,5})H"
    r"|\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|(?P<break>\r\n)"
    r"|(?P<text>[^\x1b\r\n]+)"
    r"|.",
    re.DOTALL,
)


def aligned(frame: str) -> str:
    """What is sent to a terminal, with the cursor put right behind what terminals may measure otherwise."""
    if frame.isascii() or _MAY_DIFFER.search(frame) is None:
        return frame
    parts: list[str] = []
    row = column = 0  # not known before the cursor is placed
    for token in _TOKEN.finditer(frame):
        sent = token.group()
        if token["row"] is not None:
            row, column = int(token["row"]), int(token["column"])
        elif token["break"] is not None:
            row, column = row + 1 if row else 0, 1
        elif token["text"] is not None and row:
            width = cell_width(sent)
            sent = _pinned(sent, row, column) if _MAY_DIFFER.search(sent) else sent
            column += width
        parts.append(sent)
    return "".join(parts)


def _pinned(text: str, row: int, column: int) -> str:
    """The text, which begins at that place, with each doubtful grapheme on blanks of its width."""
    parts: list[str] = []
    for start, end, width in graphemes(text):
        grapheme = text[start:end]
        if len(grapheme) > 1 and sum(map(cell_width, grapheme)) != width:
            here, behind = f"\x1b[{row};{column}H", f"\x1b[{row};{column + width}H"
            grapheme = f"{' ' * width}{here}{grapheme}{behind}"
        parts.append(grapheme)
        column += width
    return "".join(parts)
