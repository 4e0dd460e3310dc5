"""Copies to the clipboard of the terminal, wherever that runs, and keeps what was copied for pasting here.

The terminal's clipboard is only written: terminals rightly refuse to have it read, so text comes from it by
bracketed paste.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

EVERYWHERE_BYTES: Final = 74_994
"""UTF-8 bytes that any terminal with OSC 52 takes: hterm, the strictest, stops at 100,000 in base64."""


def copy_sequence(text: str) -> str:
    """The sequence that puts `text` on the terminal's clipboard (xterm's OSC 52)."""
    return f"\x1b]52;c;{b64encode(_utf8(text)).decode('ascii')}\x07"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


class Clipboard:
    """What was copied last in tnb, handed to the terminal as well."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """`write` sends control sequences to the terminal."""
        self._write = write
        self._text = ""

    @property
    def text(self) -> str:
        """What was copied last; empty if nothing was."""
        return self._text

    def copy(self, text: str) -> bool:
        """Keep `text` and send it to the terminal.

        Returns whether it is short enough for every terminal; longer text is sent too, since most take it,
        but no terminal says whether it did.
        """
        self._text = text
        self._write(copy_sequence(text))
        return len(_utf8(text)) <= EVERYWHERE_BYTES
