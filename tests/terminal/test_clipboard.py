"""What is copied reaches the terminal's clipboard by OSC 52 and stays at hand here."""

from __future__ import annotations

import base64

from tui.terminal.clipboard import EVERYWHERE_BYTES, Clipboard


def decoded(sequence: str) -> str:
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    return base64.b64decode(sequence[7:-1], validate=True).decode()


def test_a_copy_is_sent_to_the_terminal_and_kept():
    sent: list[str] = []
    clipboard = Clipboard(sent.append)
    assert clipboard.text == ""
    assert clipboard.copy("naïve = '数'\n")
    assert [decoded(one) for one in sent] == ["naïve = '数'\n"]
    assert clipboard.text == "naïve = '数'\n"


def test_nothing_of_the_text_can_end_the_sequence():
    sent: list[str] = []
    Clipboard(sent.append).copy("\x07\x1b\\\x1b]0;title\x07")
    assert sent[0].count("\x1b") == 1
    assert sent[0].count("\x07") == 1


def test_lone_surrogates_do_no_harm():
    sent: list[str] = []
    Clipboard(sent.append).copy("a\ud800b")
    assert decoded(sent[0]) == "a?b"


def test_text_too_long_for_some_terminals_is_sent_and_said_to_be():
    sent: list[str] = []
    clipboard = Clipboard(sent.append)
    assert clipboard.copy("x" * EVERYWHERE_BYTES)
    assert len(sent[0]) < 100_000
    assert not clipboard.copy("x" * (EVERYWHERE_BYTES + 1))
    assert decoded(sent[1]) == "x" * (EVERYWHERE_BYTES + 1)
