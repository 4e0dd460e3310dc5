"""Keys as the text of a register, and back: so macros can be put into the text, and text be played."""

from __future__ import annotations

import re
from typing import Final

_TEXTS: Final = {"escape": "\x1b", "enter": "\n", "tab": "\t", "backspace": "\x08", "space": " "}
_KEYS: Final = {**{text: key for key, text in _TEXTS.items()}, "\r": "enter", "\x7f": "backspace"}
_NAMED: Final = "\x80"
"""Stands on both sides of the name of a key that types no character."""
_TOKEN: Final = re.compile(f"{_NAMED}([^{_NAMED}]+){_NAMED}|(.)", re.DOTALL)


def text_of(keys: tuple[str, ...]) -> str:
    """The keys as text."""
    return "".join(map(_text_of, keys))


def _text_of(key: str) -> str:
    if len(key) == 1:
        return key
    if key in _TEXTS:
        return _TEXTS[key]
    letter = key.removeprefix("ctrl+")
    if len(letter) == 1 and letter.isalpha() and letter.isascii() and letter not in "hijm":
        return chr(ord(letter) - ord("a") + 1)
    return f"{_NAMED}{key}{_NAMED}"


def keys_of(text: str) -> tuple[str, ...]:
    """The keys that a text is of."""
    return tuple(found[1] or _key_of(found[2]) for found in _TOKEN.finditer(text))


def _key_of(character: str) -> str:
    if character in _KEYS:
        return _KEYS[character]
    code = ord(character)
    return f"ctrl+{chr(code + ord('a') - 1)}" if 1 <= code <= 26 else character
