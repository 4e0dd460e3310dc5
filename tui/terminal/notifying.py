"""Tells a person who looks elsewhere: the bell, and a notification where the terminal is known to show one.

Sources: iTerm2's OSC 9, urxvt's OSC 777, kitty's desktop notifications (OSC 99).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from tui.sanitize import clean

_BELL: Final = "\x07"
_LONGEST: Final = 200
"""Characters of a notification."""


class _Way(Enum):
    """How a terminal is told."""

    BELL = "bell"
    OSC_9 = "9"
    OSC_777 = "777"
    OSC_99 = "99"


_BY_NAME: Final = {
    "kitty": _Way.OSC_99,
    "foot": _Way.OSC_777,
    "rxvt": _Way.OSC_777,
    "contour": _Way.OSC_777,
    "wezterm": _Way.OSC_9,
    "ghostty": _Way.OSC_9,
    "iterm2": _Way.OSC_9,
}
"""By the beginning of what terminals call themselves, in lower case. Others may draw what they do not know:
they get the bell."""
_VARIABLES: Final = ("TERM_PROGRAM", "LC_TERMINAL", "TERM")
"""What may tell the terminal's name where it does not; the last as `xterm-kitty`, `rxvt-unicode`, `foot`."""


def notification(title: str, text: str, name: str, environment: Mapping[str, str], *, in_tmux: bool) -> str:
    """What is written to a terminal that calls itself `name`; `in_tmux` where that is beyond tmux.

    Beyond tmux only where the name is that of the terminal around it, to which sequences may pass.
    """
    way = _way(name, {} if in_tmux else environment)
    body, head = _plain(text), _plain(title)
    match way:
        case _Way.BELL:
            return _BELL
        case _Way.OSC_9:
            sequence = f"\x1b]9;{head}: {body}\x1b\\"
        case _Way.OSC_777:
            sequence = f"\x1b]777;notify;{head};{body}\x1b\\"
        case _Way.OSC_99:
            sequence = f"\x1b]99;i=tnb:d=0;{head}\x1b\\\x1b]99;i=tnb:p=body;{body}\x1b\\"
    return _BELL + (_through_tmux(sequence) if in_tmux else sequence)


def _way(name: str, environment: Mapping[str, str]) -> _Way:
    names = [name, *(environment.get(variable, "") for variable in _VARIABLES)]
    for each in names:
        lower = each.lower().removeprefix("xterm-").removesuffix(".app")
        for known, way in _BY_NAME.items():
            if lower.startswith(known):
                return way
    return _Way.BELL


def _plain(text: str) -> str:
    """In one line, without what ends or divides a sequence."""
    return " ".join(clean(text).replace(";", ",").split())[:_LONGEST]


def _through_tmux(sequence: str) -> str:
    return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
