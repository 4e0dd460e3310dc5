"""What a terminal pastes, understood: paths of files that were dropped on it, or text."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_LONGEST: Final = 4096


def dropped_path(text: str) -> Path | None:
    """The file that was dropped on the terminal: one absolute path, as terminals quote it, or file://.

    Whether there is such a file is not looked at.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST or "\n" in text or "\0" in text:
        return None
    if text.startswith("file://"):
        parts = urlsplit(text)
        return Path(unquote(parts.path)) if parts.netloc in ("", "localhost") and parts.path else None
    if text.startswith("/") and "\\" not in text and "'" not in text:
        return Path(text)
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    return Path(words[0]) if len(words) == 1 and words[0].startswith("/") else None
