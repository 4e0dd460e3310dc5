"""Which bytes are which keys, in every form that terminals send them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tui.terminal.decoder import ESCAPE_DELAY, SEQUENCE_DELAY, Decoder
from tui.terminal.inputs import (
    AltOrEscape,
    DecodedInput,
    FocusReport,
    KeyPress,
    MouseReport,
    Pasted,
    Reply,
    TerminalInput,
)
from tui.terminal.keynames import CONTROL_KEYS

CLAIMED = {"alt+enter", "alt+b", "alt+up", "alt+backspace", "alt+semicolon", "alt+shift+d"}


class Reading:
    """A decoder for a program that has claimed some keys with alt."""

    def __init__(self) -> None:
        self._decoder = Decoder()

    def feed(self, data: bytes) -> list[TerminalInput]:
        return read(self._decoder.feed(data))

    def expire(self) -> list[TerminalInput]:
        return read(self._decoder.expire())

    @property
    def patience(self) -> float | None:
        return self._decoder.patience


def read(decoded: list[DecodedInput]) -> list[TerminalInput]:
    return [
        key
        for given in decoded
        for key in (given.read(CLAIMED.__contains__) if isinstance(given, AltOrEscape) else (given,))
    ]


def decoder() -> Reading:
    return Reading()


def decode(*reads: bytes) -> list[TerminalInput]:
    one = decoder()
    return [found for read in reads for found in one.feed(read)]


def names(*reads: bytes) -> list[str]:
    return [one.name if isinstance(one, KeyPress) else repr(one) for one in decode(*reads)]


LEGACY = {
    b"a": "a",
    b"A": "A",
    b"?": "question_mark",
    b"-": "minus",
    b" ": "space",
    b"\r": "enter",
    b"\n": "ctrl+j",
    b"\t": "tab",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\x00": "ctrl+space",
    b"\x05": "ctrl+e",
    b"\x12": "ctrl+r",
    b"\x1f": "ctrl+underscore",
    b"\x1c": "ctrl+backslash",
    b"\x1b\r": "alt+enter",
    b"\x1b\x7f": "alt+backspace",
    b"\x1bb": "alt+b",
    b"\x1b;": "alt+semicolon",
    b"\x1bD": "alt+shift+d",
    b"\x1b\t": "shift+tab",
    b"\x1b[Z": "shift+tab",
    b"\x1b[A": "up",
    b"\x1bOA": "up",
    b"\x1b[1;2B": "shift+down",
    b"\x1b[1;3A": "alt+up",
    b"\x1b\x1b[A": "alt+up",
    b"\x1b[1;5C": "ctrl+right",
    b"\x1b[1;6D": "ctrl+shift+left",
    b"\x1b[H": "home",
    b"\x1bOF": "end",
    b"\x1b[1~": "home",
    b"\x1b[7~": "home",
    b"\x1b[3~": "delete",
    b"\x1b[3;5~": "ctrl+delete",
    b"\x1b[5~": "pageup",
    b"\x1b[6;2~": "shift+pagedown",
    b"\x1bOP": "f1",
    b"\x1b[11~": "f1",
    b"\x1b[[A": "f1",
    b"\x1b[1;2P": "shift+f1",
    b"\x1b[1;5R": "ctrl+f3",
    b"\x1b[24~": "f12",
    b"\x1bOM": "enter",
    b"\x1bOj": "asterisk",
    b"\x1bOy": "9",
    b"\x1bOa": "ctrl+up",
    b"\x1b[a": "shift+up",
    b"\x1b[3$": "shift+delete",
    b"\x1b[3^": "ctrl+delete",
    b"\x1b[7@": "ctrl+shift+home",
}

MODIFY_OTHER_KEYS = {
    b"\x1b[27;2;13~": "shift+enter",
    b"\x1b[27;5;13~": "ctrl+enter",
    b"\x1b[27;3;13~": "alt+enter",
    b"\x1b[27;2;9~": "shift+tab",
    b"\x1b[27;5;105~": "tab",
    b"\x1b[27;6;90~": "ctrl+shift+z",
    b"\x1b[27;6;95~": "ctrl+underscore",
    b"\x1b[27;5;47~": "ctrl+slash",
    b"\x1b[27;2;65~": "A",
    b"\x1b[27;2;33~": "exclamation_mark",
    b"\x1b[27;5;127~": "ctrl+backspace",
}

KITTY = {
    b"\x1b[13;2u": "shift+enter",
    b"\x1b[13;5u": "ctrl+enter",
    b"\x1b[13;3u": "alt+enter",
    b"\x1b[13;2:2u": "shift+enter",
    b"\x1b[13;66u": "shift+enter",  # Caps Lock on
    b"\x1b[13;130u": "shift+enter",  # Num Lock on
    b"\x1b[13;129u": "enter",
    b"\x1b[27u": "escape",
    b"\x1b[9;2u": "shift+tab",
    b"\x1b[127;5u": "ctrl+backspace",
    b"\x1b[97u": "a",
    b"\x1b[97;;97u": "a",
    b"\x1b[97;129;97u": "a",
    b"\x1b[97;2;65u": "A",
    b"\x1b[97:65;2;65u": "A",
    b"\x1b[97:65;2u": "A",
    b"\x1b[97;2u": "A",
    b"\x1b[49:33;2u": "exclamation_mark",
    b"\x1b[49;2;33u": "exclamation_mark",
    b"\x1b[32;2;32u": "shift+space",
    b"\x1b[32;;32u": "space",
    b"\x1b[122;6u": "ctrl+shift+z",
    b"\x1b[45;6u": "ctrl+shift+minus",
    b"\x1b[47;5u": "ctrl+slash",
    b"\x1b[98;3u": "alt+b",
    b"\x1b[98;3;98u": "alt+b",
    b"\x1b[97;3;229u": "å",  # Option composes on a Mac
    b"\x1b[91;5u": "escape",
    b"\x1b[109;5u": "enter",
    b"\x1b[106;5u": "ctrl+j",
    b"\x1b[1092::97;5u": "ctrl+a",  # the key of Latin a in a Cyrillic layout
    b"\x1b[57414u": "enter",
    b"\x1b[57414;2u": "shift+enter",
    b"\x1b[57399;129;48u": "0",
    b"\x1b[57413;;43u": "plus",
    b"\x1b[57413u": "plus",
    b"\x1b[57419u": "up",
    b"\x1b[57376u": "f13",
    b"\x1b[1;1:1A": "up",
    b"\x1b[1;2:2B": "shift+down",
    b"\x1b[3;5:1~": "ctrl+delete",
    b"\x1b[13~": "f3",
    b"\x1b[97;9u": "super+a",
    b"\x1b[97;13u": "ctrl+super+a",
}

IGNORED = [
    b"\x1b[13;1:3u",
    b"\x1b[97;2:3;65u",
    b"\x1b[1;1:3A",
    b"\x1b[5;1:3~",
    b"\x1b[57441;2u",  # shift alone
    b"\x1b[57358u",  # Caps Lock
    b"\x1b[57428u",  # a media key
    b"\x1b[1114112u",
    b"\x1b[55296u",
    b"\x1b[0u",
    b"\x1b[99999999999999999999;2u",
    b"\x1b[M !!",
    b"\x1b[<0;-1;5M",
    b"\x1b[201~",
    b"\xc2\x9b",
]


@pytest.mark.parametrize(("sent", "key"), [*LEGACY.items(), *MODIFY_OTHER_KEYS.items(), *KITTY.items()])
def test_a_key_of_any_protocol_is_known(sent: bytes, key: str):
    assert names(sent) == [key]


@pytest.mark.parametrize("sent", IGNORED)
def test_what_is_no_press_of_a_key_types_nothing(sent: bytes):
    assert [key for key in names(sent) if "Reply" not in key] == []


@pytest.mark.parametrize(
    ("sent", "character"),
    [(b"a", "a"), (b"\x1b[97;2;65u", "A"), (b"\x1b[32;2;32u", " "), (b"\x1bOk", "+"), ("é".encode(), "é")],
)
def test_a_key_that_types_says_what(sent: bytes, character: str):
    assert [key.character for key in decode(sent) if isinstance(key, KeyPress)] == [character]


@pytest.mark.parametrize("sent", [b"\r", b"\x01", b"\x1bb", b"\x1b[13;2u", b"\x1b[98;3u", b"\x1b[A"])
def test_a_key_that_types_nothing_has_no_character(sent: bytes):
    assert [key.character for key in decode(sent) if isinstance(key, KeyPress)] == [None]


def test_one_press_may_type_several_characters():
    assert names(b"\x1b[0;;12354:12356u") == ["あ", "い"]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"\x1bj", ["escape", "j"]),
        (b"\x1bdd", ["escape", "d", "d"]),
        (b"\x1b\x1b[B", ["escape", "down"]),
        (b"\x1b\x1bOP", ["escape", "f1"]),
        (b"\x1b\x12", ["escape", "ctrl+r"]),
        ("\x1bé".encode(), ["escape", "é"]),
        (b"\x1bOx\x1bOz", ["8", "escape", "O", "z"]),
        (b"\x1b\x1b\x1b[13;2u", ["escape", "escape", "shift+enter"]),
    ],
)
def test_escape_and_a_key_that_no_alt_binding_claims_are_two_keys(sent: bytes, keys: list[str]):
    assert names(sent) == keys


@pytest.mark.parametrize(
    ("begun", "wait", "keys"),
    [
        (b"\x1b", ESCAPE_DELAY, ["escape"]),
        (b"\x1b\x1b", ESCAPE_DELAY, ["escape", "escape"]),
        (b"\x1b[", SEQUENCE_DELAY, ["escape", "left_square_bracket"]),
        (b"\x1bO", SEQUENCE_DELAY, ["escape", "O"]),
        (b"\x1b]", SEQUENCE_DELAY, ["escape", "right_square_bracket"]),
        (b"\x1b[1;5", SEQUENCE_DELAY, []),
        (b"\x1b]11;rgb:", SEQUENCE_DELAY, []),
    ],
)
def test_what_stays_unfinished_is_settled_when_the_time_is_up(begun: bytes, wait: float, keys: list[str]):
    one = decoder()
    assert one.feed(begun) == []
    assert one.patience == wait
    assert [key.name for key in one.expire() if isinstance(key, KeyPress)] == keys
    assert one.patience is None
    assert one.feed(b"x") == [KeyPress("x", "x")]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"\x1b[<0;5;6M", MouseReport(0, 4, 5, pressed=True)),
        (b"\x1b[<0;5;6m", MouseReport(0, 4, 5, pressed=False)),
        (b"\x1b[<65;300;80M", MouseReport(65, 299, 79, pressed=True)),
        (b"\x1b[I", FocusReport(gained=True)),
        (b"\x1b[O", FocusReport(gained=False)),
        (b"\x1b[?2026;2$y", Reply("\x1b[?2026;2$y")),
        (b"\x1b[?62;22c", Reply("\x1b[?62;22c")),
        (b"\x1b[12;40R", Reply("\x1b[12;40R")),
        (b"\x1b]11;rgb:0/0/0\x1b\\", Reply("\x1b]11;rgb:0/0/0\x1b\\")),
        (b"\x1b]11;rgb:0/0/0\x07", Reply("\x1b]11;rgb:0/0/0\x07")),
        (b"\x1bP>|kitty(0.40)\x1b\\", Reply("\x1bP>|kitty(0.40)\x1b\\")),
        (b"\x1b_Gi=31;OK\x1b\\", Reply("\x1b_Gi=31;OK\x1b\\")),
    ],
)
def test_reports_and_replies_are_no_keys(sent: bytes, found: TerminalInput):
    assert decode(sent) == [found]
    assert decode(*(bytes([byte]) for byte in sent)) == [found]
    assert decode(b"\x1b" + sent) == [KeyPress("escape"), found]


def test_a_sequence_that_never_ends_is_given_up_and_typing_goes_on():
    one = decoder()
    one.feed(b"\x1b[" + b"1" * 100_000)
    assert one.patience is None
    assert one.feed(b"x") == [KeyPress("x", "x")]


ENCODED_KEYS = st.sampled_from([*LEGACY, *MODIFY_OTHER_KEYS, *KITTY])
TYPED = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\r\t"))

PATIENT = settings(suppress_health_check=[HealthCheck.too_slow])
"""The first text drawn makes Hypothesis read the whole of Unicode, which takes a busy machine long."""


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@PATIENT
@given(st.lists(st.binary(max_size=40) | ENCODED_KEYS, max_size=20), st.booleans())
def test_no_bytes_whatever_raise_and_typing_goes_on_after_them(reads: list[bytes], expires: bool):
    one = decoder()
    for read in reads:
        one.feed(read)
        if expires:
            one.expire()
    one.feed(b"\x1b[201~")
    one.expire()
    assert one.feed(b"x")[-1] == KeyPress("x", "x")


@PATIENT
@given(TYPED, st.lists(st.integers(min_value=0), max_size=8))
def test_typed_text_comes_out_whole_and_in_order_in_any_split(text: str, cuts: list[int]):
    controls = {"enter": "\r", "tab": "\t"}
    keys = decode(*split(text.encode(), cuts))
    assert all(isinstance(key, KeyPress) for key in keys)
    assert "".join(key.character or controls[key.name] for key in keys if isinstance(key, KeyPress)) == text


@PATIENT
@given(
    st.lists(ENCODED_KEYS | TYPED.map(str.encode), max_size=10),
    st.lists(st.integers(min_value=0), max_size=8),
)
def test_how_keys_are_split_over_reads_makes_no_difference(sent: list[bytes], cuts: list[int]):
    data = b"".join(sent)
    assert decode(*split(data, cuts)) == decode(data)


@PATIENT
@given(TYPED, TYPED, TYPED, st.lists(st.integers(min_value=0), max_size=8))
@example("a", "x\ty", "b", [3])
def test_a_paste_is_one_input_between_the_keys_before_and_after(
    before: str, pasted: str, after: str, cuts: list[int]
):
    data = f"{before}\x1b[200~{pasted}\x1b[201~{after}".encode()
    found = [Pasted(pasted.replace("\r", "\n"))] if pasted else []
    assert decode(*split(data, cuts)) == [*decode(before.encode()), *found, *decode(after.encode())]


@pytest.mark.parametrize("character", sorted(CONTROL_KEYS))
def test_every_control_is_a_key_or_begins_one(character: str):
    one = decoder()
    assert one.feed(character.encode()) or one.expire()
