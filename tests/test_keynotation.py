"""How keys are written, by people, in tables, and on the screen."""

from __future__ import annotations

import re

import pytest

from tui.keynotation import canonical, label, name_of, types_text, works_everywhere
from tui.terminal.decoder import Decoder
from tui.terminal.inputs import AltOrEscape, KeyPress


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("j", "j"),
        ("G", "G"),
        ("shift+g", "G"),
        ("?", "?"),
        ("question_mark", "?"),
        ("Enter", "enter"),
        ("Return", "enter"),
        ("Shift+Enter", "shift+enter"),
        ("ctrl+R", "ctrl+shift+r"),
        ("ctrl+r", "ctrl+r"),
        ("shift+ctrl+z", "ctrl+shift+z"),
        ("ctrl+/", "ctrl+slash"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+_", "ctrl+underscore"),
        ("ctrl+shift+_", "ctrl+underscore"),
        ("ctrl+shift+minus", "ctrl+shift+minus"),
        ("option+;", "alt+semicolon"),
        ("ctrl+m", "enter"),
        ("ctrl+[", "escape"),
        ("esc", "escape"),
        ("PgUp", "pageup"),
        ("F12", "f12"),
        ("d  d", "d d"),
        ("ctrl+x Ctrl+s", "ctrl+x ctrl+s"),
        ("é", "é"),
        ("+", "+"),
        ("space", "space"),
    ],
)
def test_keys_as_people_write_them_have_one_form(written: str, key: str):
    assert canonical(written) == key
    assert canonical(key) == key


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no key is given"),
        ("enterr", "there is no key 'enterr'"),
        ("strg+x", "there is no modifier 'strg' in 'strg+x'"),
        ("shift+1", "for 'shift+1', write the character that it types"),
        ("\x01", "there is no key '\\x01'"),
        ("[red]", "there is no key '[red]'"),
    ],
)
def test_what_is_no_key_is_said_to_be_none(written: str, reason: str):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        canonical(written)


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        (b"G", "G"),
        (b"?", "?"),
        (b" ", "space"),
        (b"\x1b[32;2;32u", "shift+space"),
        (b"\x1b[13;2u", "shift+enter"),
        (b"\x1f", "ctrl+underscore"),
        (b"\x1b[45;6u", "ctrl+shift+minus"),
        (b"\x1b[27;6;95~", "ctrl+underscore"),
        (b"\x1b[27;6;90~", "ctrl+shift+z"),
        (b"\x1b[122;6u", "ctrl+shift+z"),
        (b"\x1b[47;5u", "ctrl+slash"),
        (b"\x1b[57413u", "+"),
        ("é".encode(), "é"),
    ],
)
def test_what_a_terminal_sends_has_the_same_form(sent: bytes, key: str):
    (given,) = Decoder().feed(sent)
    (press,) = given.with_alt if isinstance(given, AltOrEscape) else (given,)
    assert isinstance(press, KeyPress)
    assert name_of(press.name, press.character) == key
    assert canonical(key) == key


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("ctrl+r", "^R"),
        ("shift+enter", "Shift+Enter"),
        ("ctrl+enter", "Ctrl+Enter"),
        ("ctrl+shift+z", "Ctrl+Shift+Z"),
        ("alt+b", "Alt+B"),
        ("alt+slash", "Alt+/"),
        ("ctrl+underscore", "^_"),
        ("d d", "dd"),
        ("0 0", "00"),
        ("G", "G"),
        ("ctrl+x ctrl+s", "^X ^S"),
        ("space s", "Space s"),
        ("pagedown", "PgDn"),
        ("escape", "Esc"),
        ("f1", "F1"),
    ],
)
def test_people_see_keys_as_they_are_on_a_keyboard(keys: str, shown: str):
    assert label(keys) == shown


@pytest.mark.parametrize("keys", ["a", "?", "space", "shift+space", "g g"])
def test_some_keys_type_text(keys: str):
    assert types_text(keys)


@pytest.mark.parametrize("keys", ["enter", "ctrl+a", "f1", "ctrl+x s"])
def test_the_other_keys_do_not(keys: str):
    assert not types_text(keys)


@pytest.mark.parametrize(
    "keys", ["a", "ctrl+r", "ctrl+j", "alt+enter", "shift+tab", "d d", "ctrl+left", "alt+semicolon"]
)
def test_some_keys_are_known_in_any_terminal(keys: str):
    assert works_everywhere(keys)


@pytest.mark.parametrize(
    "keys", ["shift+enter", "ctrl+enter", "ctrl+shift+z", "ctrl+slash", "ctrl+h", "super+a", "ctrl+backspace"]
)
def test_some_keys_are_merged_with_others_in_old_terminals(keys: str):
    assert not works_everywhere(keys)
