"""Decodes the sequence of one key, in every form that terminals use. Pure, and total: nothing here raises.

Sources: xterm's ctlseqs (PC-style function keys, modifyOtherKeys), the kitty keyboard protocol, and what rxvt
and the Linux console send.
"""

from __future__ import annotations

import re
from typing import Final

from tui.terminal.inputs import KeyPress
from tui.terminal.keynames import (
    APPLICATION_KEYPAD,
    CONTROL_KEYS,
    FUNCTIONAL_KEYS,
    KEYPAD_TEXT,
    LETTER_KEYS,
    LINUX_CONSOLE_KEYS,
    NO_MODIFIER,
    PRIVATE_KEYS,
    RXVT_FINALS,
    RXVT_LETTER_KEYS,
    SAME_AS_CONTROL,
    SHIFTED_SYMBOLS,
    TILDE_KEYS,
    Modifier,
    character_name,
    is_text,
    modifiers_of,
    with_modifiers,
)

_KEY_PARAMETERS: Final = re.compile(r"[0-9:;]*")
_RELEASE: Final = 3
_MODIFY_OTHER_KEYS: Final = 27
_LONGEST: Final = 128
"""Characters in the parameters of a key; kitty's longest carry a few code points of text."""


def plain_key(character: str) -> KeyPress | None:
    """The key that sends one character on its own; None for a control that no key sends."""
    if is_text(character):
        return KeyPress(character_name(character), character)
    name = CONTROL_KEYS.get(character)
    return None if name is None else KeyPress(name)


def alt_key(character: str) -> KeyPress | None:
    """The key that sends ESC and then `character`, taken as alt held down: "alt+b", "alt+shift+b"."""
    if character.isalpha() and character.isupper() and len(character.lower()) == 1:
        return KeyPress(f"alt+shift+{character.lower()}")
    plain = plain_key(character)
    return None if plain is None else KeyPress(f"alt+{plain.name}")


def linux_console_key(final: str) -> KeyPress:
    """The function key of `CSI [ final`, with `final` from A to E."""
    return KeyPress(LINUX_CONSOLE_KEYS[final])


def ss3_keys(modifier: str, final: str) -> tuple[KeyPress, ...]:
    """The key of `ESC O [modifier] final`; empty when no key sends that."""
    modifiers = modifiers_of(int(modifier)) if modifier else NO_MODIFIER
    if name := LETTER_KEYS.get(final):
        return (KeyPress(with_modifiers(name, modifiers)),)
    if name := RXVT_LETTER_KEYS.get(final):
        return (KeyPress(with_modifiers(name, Modifier.CTRL)),)
    if final == "M":
        return (KeyPress(with_modifiers("enter", modifiers)),)
    if text := APPLICATION_KEYPAD.get(final):
        return _printing(ord(text), modifiers)
    return ()


def csi_keys(parameters: str, final: str) -> tuple[KeyPress, ...] | None:
    """The keys of `CSI parameters final`.

    Empty for a key to be ignored: let go, a modifier alone, out of range. Several where one press types
    several characters. None when it is no key's sequence at all.
    """
    if len(parameters) > _LONGEST or not _KEY_PARAMETERS.fullmatch(parameters):
        return None
    fields = [[int(number or 0) for number in field.split(":")] for field in parameters.split(";")]
    first = fields[0]
    state = fields[1] if len(fields) > 1 else [1]
    modifiers = modifiers_of(state[0])
    match final:
        case "u":
            keys = _coded(first, modifiers, fields[2] if len(fields) > 2 else [])
        case "~" if first[0] == _MODIFY_OTHER_KEYS and len(fields) > 2:
            return _coded(fields[2][:1], modifiers, [])
        case "~":
            keys = _named(TILDE_KEYS.get(first[0]), modifiers)
        case "^" | "@":
            return _named(TILDE_KEYS.get(first[0]), RXVT_FINALS[final])
        case "Z":
            return _named("tab", modifiers | Modifier.SHIFT)
        case _ if final in LETTER_KEYS:
            if first[0] > 1:  # a cursor position report ends in R, as F3 does
                return None
            keys = _named(LETTER_KEYS[final], modifiers)
        case _ if final in RXVT_LETTER_KEYS and not parameters:
            return _named(RXVT_LETTER_KEYS[final], Modifier.SHIFT)
        case _:
            return None
    return () if len(state) > 1 and state[1] == _RELEASE else keys


def rxvt_shifted_key(number: str) -> tuple[KeyPress, ...]:
    """The key of `CSI number $`, which rxvt sends with shift; empty when it is not known."""
    return _named(TILDE_KEYS.get(int(number)), RXVT_FINALS["$"])


def _named(name: str | None, modifiers: Modifier) -> tuple[KeyPress, ...]:
    return () if name is None else (KeyPress(with_modifiers(name, modifiers)),)


def _coded(codes: list[int], modifiers: Modifier, text: list[int]) -> tuple[KeyPress, ...]:
    """The keys of a code point with its alternates (shifted, base layout) and the text that it types."""
    code = codes[0]
    if name := FUNCTIONAL_KEYS.get(code):
        return _named(name, modifiers)
    typed = _as_text(text)
    holds = modifiers & ~Modifier.SHIFT
    if typed and (not holds or (holds == Modifier.ALT and not _spells(code, typed))):
        return tuple(_text_key(character, modifiers) for character in typed)
    if code in KEYPAD_TEXT:
        return _printing(ord(KEYPAD_TEXT[code]), modifiers)
    if code in PRIVATE_KEYS or not _as_text([code]):
        return ()
    if holds and code > 127 and len(codes) > 2 and _as_text([codes[2]]):
        code = codes[2]  # a shortcut is meant by the key's place where its letter is not Latin
    if modifiers == Modifier.SHIFT and len(codes) > 1 and _as_text([codes[1]]):
        return (_text_key(chr(codes[1]), modifiers),)
    return _printing(code, modifiers)


def _printing(code: int, modifiers: Modifier) -> tuple[KeyPress, ...]:
    """The key of a code point that types, of which no text is told."""
    character = chr(code)
    if character in SHIFTED_SYMBOLS:
        modifiers &= ~Modifier.SHIFT
    if not modifiers & ~Modifier.SHIFT:
        if not modifiers or character == " ":
            return (_text_key(character, modifiers),)
        if len(character.upper()) == 1 and character.upper() != character.lower():
            return (_text_key(character.upper(), modifiers),)
    elif len(character.lower()) == 1 and character.lower() != character:
        character, modifiers = character.lower(), modifiers | Modifier.SHIFT
    name = with_modifiers(character_name(character), modifiers)
    return (KeyPress(SAME_AS_CONTROL.get(name, name)),)


def _text_key(character: str, modifiers: Modifier) -> KeyPress:
    """A key that types; shift is told only with the space bar, elsewhere the character says it."""
    shift = modifiers & Modifier.SHIFT if character == " " else NO_MODIFIER
    return KeyPress(with_modifiers(character_name(character), shift), character)


def _as_text(codes: list[int]) -> str:
    """The characters of those code points that are text."""
    return "".join(chr(code) for code in codes if code < 0x110000 and is_text(chr(code)))


def _spells(code: int, typed: str) -> bool:
    """Whether the text is only the key's own letter: alt was held for a shortcut and not to compose."""
    return code < 0x110000 and typed.lower() == chr(code).lower()
