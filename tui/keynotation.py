"""How keys are written: canonically, in configuration and tables, and for people.

A key that types a character is that character ("G"), any other has Textual's name ("enter", "ctrl+slash").
Spaces separate the keys of a sequence ("d d").
"""

from __future__ import annotations

from typing import Final

from tui.terminal.keynames import (
    FUNCTIONAL_KEYS,
    SAME_AS_CONTROL,
    SHIFTED_SYMBOLS,
    TILDE_KEYS,
    character_name,
    is_text,
)

_MODIFIERS: Final = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_ALIASES: Final = {
    "esc": "escape",
    "return": "enter",
    "cr": "enter",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
}
_NAMED: Final = frozenset((*FUNCTIONAL_KEYS.values(), *TILDE_KEYS.values(), "space"))
_PUNCTUATION: Final = {
    character_name(chr(code)): chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()
}
_LABELS: Final = {
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "insert": "Ins",
    "print_screen": "PrtSc",
}


def name_of(key: str, character: str | None) -> str:
    """The canonical name of a key event of Textual's, of which these are the fields."""
    if character is None or len(character) != 1 or "+" in key or not is_text(character):
        return key
    return "space" if character == " " else character


def canonical(keys: str) -> str:
    """The canonical form of keys as a person writes them: "Ctrl+/" is "ctrl+slash", "shift+g" is "G".

    Raises:
        ValueError: no key has that name; the message says which.
    """
    written = keys.split()
    if not written:
        raise ValueError("no key is given")
    return " ".join(_canonical_key(key) for key in written)


def _canonical_key(key: str) -> str:
    head, plus, base = key.rpartition("+")
    if plus and not base:  # "ctrl++"
        head, base = head.removesuffix("+"), "+"
    modifiers = {_ALIASES.get(part, part) for part in head.lower().split("+") if part}
    if unknown := modifiers.difference(_MODIFIERS):
        raise ValueError(f"there is no modifier {min(unknown)!r} in {key!r}")
    if len(base) == 1 and is_text(base):
        return _with_character(base, modifiers)
    name = _ALIASES.get(base.lower(), base.lower())
    if name in _PUNCTUATION:
        return _with_character(_PUNCTUATION[name], modifiers)
    if name not in _NAMED:
        raise ValueError(f"there is no key {base!r}")
    return "+".join([*sorted(modifiers), name])


def _with_character(character: str, modifiers: set[str]) -> str:
    if character in SHIFTED_SYMBOLS:
        modifiers = modifiers - {"shift"}
    if modifiers == {"shift"}:
        if len(character.upper()) != 1 or character.upper() == character.lower():
            raise ValueError(f"for 'shift+{character}', write the character that it types")
        return character.upper()
    if not modifiers:
        return character
    if character.isupper():
        character, modifiers = character.lower(), {*modifiers, "shift"}
    key = "+".join([*sorted(modifiers), character_name(character)])
    return SAME_AS_CONTROL.get(key, key)


def label(keys: str) -> str:
    """Canonical keys as people see them: "^R", "Shift+Enter", "dd", "Alt+/"."""
    parts = keys.split(" ")
    return ("" if all(len(part) == 1 for part in parts) else " ").join(_key_label(part) for part in parts)


def _key_label(key: str) -> str:
    if len(key) == 1:
        return key
    *modifiers, base = key.split("+")
    base = _PUNCTUATION.get(base, base)
    base = base.upper() if len(base) == 1 else _LABELS.get(base, base.capitalize())
    if modifiers == ["ctrl"] and len(base) == 1:
        return f"^{base}"
    return "+".join([*(modifier.capitalize() for modifier in modifiers), base])


def types_text(keys: str) -> bool:
    """Whether the first of these keys types a character, and so is no command while text is edited."""
    first = keys.split(" ", maxsplit=1)[0]
    return len(first) == 1 or first in ("space", "shift+space")


def works_everywhere(keys: str) -> bool:
    """Whether any terminal tells these keys from all others, those without an extended protocol too."""
    return all(_works_everywhere(key) for key in keys.split(" "))


def _works_everywhere(key: str) -> bool:
    *modifiers, base = key.split("+")
    if not modifiers or key in ("shift+tab", "alt+enter", "alt+backspace", "ctrl+underscore"):
        return True
    if base in ("enter", "tab", "backspace", "escape", "space"):
        return False
    if len(base) == 1 or base in _PUNCTUATION:
        return modifiers == ["alt"] or (
            modifiers == ["ctrl"] and base.isalpha() and base != "h" and len(base) == 1
        )
    return not {"super", "hyper", "meta"}.intersection(modifiers)
