"""What a sixel sequence may hold, so that one that another process made harms nothing."""

from __future__ import annotations

import re
from typing import Final

_SIXEL: Final = re.compile(r"\x1bP0;1q[?-~0-9;#!$\"-]*\x1b\\")
"""DEC STD 070, chapter 9: data, repeats, colours, raster attributes, returns and new lines."""


def is_sixel(sequence: str) -> bool:
    """Whether it is one whole sequence of sixels, and nothing else."""
    return _SIXEL.fullmatch(sequence) is not None
