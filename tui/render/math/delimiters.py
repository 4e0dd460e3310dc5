r"""What stands around mathematics in LaTeX: `$`, `$$`, `\(`, `\[`."""

from __future__ import annotations

from typing import Final

_PAIRS: Final = (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)"))


def without_delimiters(source: str) -> str:
    """The source without what stands around it."""
    text = source.strip()
    for start, end in _PAIRS:
        if len(text) >= len(start) + len(end) and text.startswith(start) and text.endswith(end):
            return text[len(start) : -len(end)]
    return text
