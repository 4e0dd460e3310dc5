"""Collects a bracketed paste, however many reads it comes in, in time linear in its length."""

from __future__ import annotations

import re
from typing import Final

PASTE_START: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"

_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]+")
"""Controls that have no place in source text; tab, line feed and form feed have."""


def clean(text: str) -> str:
    """Pasted text as it enters a document: CR and CRLF become LF, other controls are dropped."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class PasteCollector:
    """The text of one paste, from behind its start mark on."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._held = ""

    def feed(self, text: str) -> str | None:
        """Take in what was read: None while the end mark has not come, then what follows it.

        A mark inside the pasted text, put there to make the rest pass for typing, is known by a second one
        after it in the same read; it is dropped and the paste goes on.
        """
        text = self._held + text
        self._held = ""
        end = text.find(PASTE_END)
        if end < 0:
            keep = _partial_mark(text)
            self._held = text[len(text) - keep :]
            self._pieces.append(text[: len(text) - keep])
            return None
        next_start = text.find(PASTE_START, end)
        last = text.rfind(PASTE_END, end, next_start if next_start >= 0 else len(text))
        self._pieces.append(text[:last].replace(PASTE_END, ""))
        return text[last + len(PASTE_END) :]

    def take(self) -> str:
        """What has come so far, cleaned; it is not told again."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return clean(text)


def _partial_mark(text: str) -> int:
    """How many characters at the end of `text` may be the beginning of an end mark."""
    return next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n])), 0)
