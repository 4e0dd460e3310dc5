"""Copies to the clipboard of the terminal, wherever that runs.

It is only written: terminals rightly refuse to have it read, so text comes from it by bracketed paste.
"""

from __future__ import annotations

from base64 import b64encode

LIMIT = 750_000
"""Bytes of UTF-8 beyond which nothing should be sent: tmux refuses sequences of more than 1 MiB."""


def fits(text: str) -> bool:
    """Whether a text is small enough to be sent to a clipboard."""
    return len(text) <= LIMIT and len(text.encode("utf-8", "replace")) <= LIMIT


def copy_sequence(text: str) -> str:
    """The sequence that puts `text` on the terminal's clipboard (xterm's OSC 52).

    No terminal says whether it took it. Up to 74,994 bytes of UTF-8 all of them do; some refuse sequences of
    more than 100,000 bytes. For a text that `fits`.
    """
    return f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"
