"""The names of keys: which code, sequence or character stands for which key.

The names are Textual's own, so that its widgets understand them.
"""

from __future__ import annotations

import unicodedata
from enum import IntFlag
from typing import Final


class Modifier(IntFlag):
    """The modifier bits of xterm and kitty: the number sent, less one. The bits of the locks are left out."""

    SHIFT = 1
    ALT = 2
    CTRL = 4
    SUPER = 8
    HYPER = 16
    META = 32


NO_MODIFIER: Final = Modifier(0)

_ALPHABETICAL: Final = tuple(sorted((m for m in Modifier), key=lambda m: str(m.name)))

_RENAMED: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def modifiers_of(number: int) -> Modifier:
    """The modifiers that a terminal's number stands for; 0 and 1 are none, the locks' bits are ignored."""
    return Modifier(max(number - 1, 0) & 0x3F)


def with_modifiers(name: str, modifiers: Modifier) -> str:
    """`name` under `modifiers`: "shift+enter", "ctrl+shift+z"."""
    if not modifiers:
        return name
    return "+".join([*(str(m.name).lower() for m in _ALPHABETICAL if m in modifiers), name])


def is_text(character: str) -> bool:
    """Whether a key may type this code point: any but controls and lone surrogates."""
    return unicodedata.category(character) not in ("Cc", "Cs")


def character_name(character: str) -> str:
    """The name of the key that types `character`: a letter or digit itself, else its Unicode name.

    "a" and "é" are themselves, "?" is "question_mark", " " is "space". A character without a name is itself.
    """
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


CONTROL_KEYS: Final = {
    "\x00": "ctrl+space",
    **{chr(code): f"ctrl+{chr(code + 96)}" for code in range(1, 27)},
    "\x08": "backspace",  # where Backspace does not send DEL it sends BS
    "\t": "tab",
    "\r": "enter",
    "\x1b": "escape",
    "\x1c": "ctrl+backslash",
    "\x1d": "ctrl+right_square_bracket",
    "\x1e": "ctrl+circumflex_accent",
    "\x1f": "ctrl+underscore",  # also ctrl+slash and ctrl+shift+minus in most terminals
    "\x7f": "backspace",
}
"""Single C0 characters and DEL."""

SAME_AS_CONTROL: Final = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
"""What the newer protocols tell apart, but a person who presses it means as in any other terminal."""

LETTER_KEYS: Final = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "F": "end",
    "H": "home",
    "P": "f1",
    "Q": "f2",
    "R": "f3",
    "S": "f4",
}
"""Final letters of CSI and SS3 (xterm, "PC-Style Function Keys")."""

RXVT_LETTER_KEYS: Final = {"a": "up", "b": "down", "c": "right", "d": "left"}
"""Arrows in rxvt: with shift after CSI, with control after SS3."""

TILDE_KEYS: Final = {
    1: "home",
    2: "insert",
    3: "delete",
    4: "end",
    5: "pageup",
    6: "pagedown",
    7: "home",
    8: "end",
    **dict(zip(range(11, 16), ("f1", "f2", "f3", "f4", "f5"), strict=True)),
    **dict(zip(range(17, 22), ("f6", "f7", "f8", "f9", "f10"), strict=True)),
    23: "f11",
    24: "f12",
    25: "f13",
    26: "f14",
    28: "f15",
    29: "f16",
    31: "f17",
    32: "f18",
    33: "f19",
    34: "f20",
}
"""First parameter of `CSI n ~`."""

RXVT_FINALS: Final = {
    "$": Modifier.SHIFT,
    "^": Modifier.CTRL,
    "@": Modifier.CTRL | Modifier.SHIFT,
}
"""rxvt's instead of the tilde."""

LINUX_CONSOLE_KEYS: Final = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
"""After `CSI [`."""

APPLICATION_KEYPAD: Final = {
    "X": "=",
    **{chr(ord(character) + 64): character for character in "*+,-./0123456789"},
}
"""After SS3 in application keypad mode (DEC VT100): what the key types."""

FUNCTIONAL_KEYS: Final = {
    8: "backspace",
    9: "tab",
    10: "enter",
    13: "enter",
    27: "escape",
    127: "backspace",
    57361: "print_screen",
    57362: "pause",
    57363: "menu",
    **{57376 + number - 13: f"f{number}" for number in range(13, 36)},
    57414: "enter",
    57417: "left",
    57418: "right",
    57419: "up",
    57420: "down",
    57421: "pageup",
    57422: "pagedown",
    57423: "home",
    57424: "end",
    57425: "insert",
    57426: "delete",
}
"""Code points of kitty's protocol ("Functional key definitions") that are keys to act on.

Left out, and so ignored: lock keys, media keys, and modifiers pressed alone.
"""

KEYPAD_TEXT: Final = {
    **{57399 + digit: str(digit) for digit in range(10)},
    57409: ".",
    57410: "/",
    57411: "*",
    57412: "-",
    57413: "+",
    57415: "=",
    57416: ",",
}
"""Kitty's code points for the keypad's printing keys."""

PRIVATE_KEYS: Final = range(57344, 63744)
"""Kitty's functional keys lie in this Unicode private use area; what is not in a table here is no text."""

SHIFTED_SYMBOLS: Final = frozenset('~!@#$%^&*()_+{}|:"<>?')
"""Symbols that already say that shift was held: xterm and tmux send these along with the shift bit."""
