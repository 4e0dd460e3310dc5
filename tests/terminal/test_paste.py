"""Bracketed pastes: one input each, clean, quick, and not to be broken out of."""

from __future__ import annotations

import time

from tui.terminal.decoder import PASTE_DELAY, Decoder
from tui.terminal.inputs import KeyPress, Pasted

START, END = b"\x1b[200~", b"\x1b[201~"


def decoder() -> Decoder:
    return Decoder()


def test_lines_end_in_lf_however_the_terminal_sends_them():
    assert decoder().feed(START + b"a\rb\r\nc\nd" + END) == [Pasted("a\nb\nc\nd")]


def test_controls_are_dropped_but_tabs_and_form_feeds_are_kept():
    assert decoder().feed(START + b"a\tb\x0cc\x00\x1b[31md\x7f\xc2\x9b" + END) == [Pasted("a\tb\x0cc[31md")]


def test_an_end_mark_inside_the_text_does_not_make_the_rest_pass_for_typing():
    assert decoder().feed(START + b"a" + END + b"\x05dd" + END + b"k") == [Pasted("add"), KeyPress("k", "k")]


def test_two_pastes_stay_two():
    sent = START + b"a" + END + START + b"b" + END
    assert decoder().feed(sent) == [Pasted("a"), Pasted("b")]


def test_an_empty_paste_is_nothing():
    assert decoder().feed(START + END) == []


def test_keys_inside_a_paste_are_text():
    assert decoder().feed(START + b"dd\x1b[13;2ujj" + END) == [Pasted("dd[13;2ujj")]


def test_a_paste_that_stalls_is_shown_and_goes_on_when_the_rest_comes():
    one = decoder()
    one.feed(START + b"first")
    assert one.patience == PASTE_DELAY
    assert one.expire() == [Pasted("first")]
    assert one.patience is None
    assert one.feed(b"second" + END + b"k") == [Pasted("second"), KeyPress("k", "k")]


def test_a_control_key_gets_out_of_a_paste_whose_end_got_lost():
    one = decoder()
    one.feed(START + b"first")
    one.expire()
    assert one.feed(b"\x11") == [KeyPress("ctrl+q")]
    assert one.feed(b"j") == [KeyPress("j", "j")]


def test_an_end_that_comes_late_and_in_pieces_types_nothing():
    one = decoder()
    one.feed(START + b"first" + END[:2])
    one.expire()
    assert one.feed(END[2:]) == []
    one.feed(START + b"first")
    one.expire()
    assert one.feed(END[:1]) == []
    assert one.feed(END[1:] + b"k") == [KeyPress("k", "k")]


def test_time_grows_with_the_length_of_a_paste_and_no_faster():
    def seconds(size: int) -> float:
        one = decoder()
        data = START + b"0123456789abcde\r" * (size // 16) + END
        started = time.perf_counter()
        for position in range(0, len(data), 64):
            one.feed(data[position : position + 64])
        return time.perf_counter() - started

    seconds(1 << 14)
    small = min(seconds(1 << 17) for _ in range(3))
    assert min(seconds(1 << 20) for _ in range(2)) < 8 * small * 4
