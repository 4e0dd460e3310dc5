"""What terminals send for the keys that the tests press."""

from __future__ import annotations

ENTER, ESCAPE, TAB, BACKSPACE = "\r", "\x1b", "\t", "\x7f"
UP, DOWN, END, HOME = "\x1b[A", "\x1b[B", "\x1b[F", "\x1b[H"
RIGHT, CTRL_UP, SHIFT_TAB = "\x1b[C", "\x1b[1;5A", "\x1b[Z"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
CTRL_L, CTRL_U = "\x0c", "\x15"
CTRL_E, CTRL_J, CTRL_P, CTRL_Q, CTRL_R, CTRL_S = "\x05", "\n", "\x10", "\x11", "\x12", "\x13"
ALT_ENTER = "\x1b\r"
"""As every terminal sends it: escape, then enter."""

KITTY_SHIFT_ENTER, KITTY_CTRL_ENTER, KITTY_ALT_ENTER = "\x1b[13;2u", "\x1b[13;5u", "\x1b[13;3u"
XTERM_SHIFT_ENTER, XTERM_CTRL_ENTER, XTERM_ALT_ENTER = "\x1b[27;2;13~", "\x1b[27;5;13~", "\x1b[27;3;13~"
"""The forms of modifyOtherKeys."""


def paste(text: str) -> str:
    """A bracketed paste."""
    return f"\x1b[200~{text}\x1b[201~"
