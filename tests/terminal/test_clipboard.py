"""What is copied reaches the terminal's clipboard by OSC 52, whatever it is."""

from __future__ import annotations

import base64

from hypothesis import example, given
from hypothesis import strategies as st

from tui.terminal.clipboard import LIMIT, copy_sequence, fits


@given(st.text())
@example("\x07\x1b\\\x1b]0;title\x07")
def test_the_text_is_in_the_sequence_whole_and_cannot_end_it(text: str):
    sequence = copy_sequence(text)
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1], validate=True).decode() == text


def test_lone_surrogates_do_no_harm():
    assert copy_sequence("a\ud800b") == copy_sequence("a?b")


def test_what_fits_is_a_sequence_that_tmux_takes():
    assert fits("é" * (LIMIT // 2))
    assert not fits("é" * (LIMIT // 2 + 1))
    assert not fits("a" * (LIMIT + 1))
    assert len(copy_sequence("é" * (LIMIT // 2))) < 1 << 20
