"""Whether the terminal is dark or light: asked of the terminal, as nothing else is sure to know."""

from __future__ import annotations

import os
import re
from typing import Final

QUESTION: Final = "\x1b]11;?\x1b\\"
"""Which colour is the background? (xterm, OSC 11.)"""

_ANSWER: Final = re.compile(r"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_MUTE: Final = frozenset({"", "dumb", "linux"})
"""Terminals that do not answer, and may print what they are asked."""


def is_worth_asking(configured: str) -> bool:
    """Whether neither the person nor the environment says it already."""
    return configured == "auto" and "COLORFGBG" not in os.environ and os.environ.get("TERM", "") not in _MUTE


def is_light(reply: str) -> bool | None:
    """Whether the background in a reply is light; None where it is a reply to something else."""
    found = _ANSWER.match(reply)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5
