"""Who looks elsewhere is told by the bell, and by what the terminal is known to take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.attention import Attention
from tui.terminal.notifying import notification


@pytest.mark.parametrize(
    ("name", "environment", "sequence"),
    [
        ("kitty(0.36.1)", {}, "\x1b]99;i=tnb:d=0;a.ipynb\x1b\\\x1b]99;i=tnb:p=body;done\x1b\\"),
        ("foot(1.16)", {}, "\x1b]777;notify;a.ipynb;done\x1b\\"),
        ("", {"TERM": "rxvt-unicode-256color"}, "\x1b]777;notify;a.ipynb;done\x1b\\"),
        ("WezTerm 2024", {}, "\x1b]9;a.ipynb: done\x1b\\"),
        ("", {"TERM_PROGRAM": "iTerm.app", "LC_TERMINAL": "iTerm2"}, "\x1b]9;a.ipynb: done\x1b\\"),
        ("XTerm(379)", {"TERM": "xterm-256color"}, ""),
        ("", {"TERM": "linux"}, ""),
    ],
)
def test_each_terminal_is_told_as_it_can_be(name: str, environment: dict[str, str], sequence: str) -> None:
    assert notification("a.ipynb", "done", name, environment, in_tmux=False) == "\x07" + sequence


def test_it_passes_through_tmux_only_to_a_terminal_that_is_known_to_be_around_it() -> None:
    told = notification("a", "b", "foot(1.16)", {}, in_tmux=True)
    assert told == "\x07\x1bPtmux;\x1b\x1b]777;notify;a;b\x1b\x1b\\\x1b\\"
    assert notification("a", "b", "", {"TERM_PROGRAM": "WezTerm"}, in_tmux=True) == "\x07"


@given(st.text(), st.text(), st.sampled_from(["kitty", "foot", "ghostty"]))
def test_no_text_ends_the_sequence_or_divides_it(title: str, text: str, name: str) -> None:
    told = notification(title, text, name, {}, in_tmux=False)
    plain = notification("t", "b", name, {}, in_tmux=False)
    for sign in ("\x1b", "\x07", ";", "\x9c"):
        assert told.count(sign) == plain.count(sign)


def test_the_focus_tells_and_without_it_the_keys() -> None:
    now = 0.0
    attention = Attention(lambda: now)
    assert not attention.is_elsewhere
    now = 100.0
    assert attention.is_elsewhere
    attention.key()
    assert not attention.is_elsewhere
    attention.focus(has_focus=False)
    assert attention.is_elsewhere
    attention.key()
    assert attention.is_elsewhere
    attention.focus(has_focus=True)
    now = 1000.0
    assert not attention.is_elsewhere
