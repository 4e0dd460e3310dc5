"""Looks as SGR and OSC 8 say them."""

from __future__ import annotations

import pytest

from tui.terminal.display.look import PLAIN, Look, change_of_look, look_of

RED = look_of("31")
LINK = look_of("31", "id=1;https://example.org")


def test_parameters_are_read_as_a_terminal_reads_them() -> None:
    assert look_of("1;0;4;31;38;5;200;48;2;1;2;3;49") == look_of("4;38;5;200")
    assert look_of("") == look_of("0") == PLAIN


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        (RED, RED, ""),
        (PLAIN, RED, "\x1b[31m"),
        (RED, PLAIN, "\x1b[m"),
        (look_of("1;31"), RED, "\x1b[22m"),
        (look_of("1;2;31"), look_of("2;31"), "\x1b[22;2m"),
        (RED, look_of("7;31"), "\x1b[7m"),
        (look_of("7;38;2;200;200;200;48;2;20;20;20"), look_of("4"), "\x1b[0;4m"),
        (RED, LINK, "\x1b]8;id=1;https://example.org\x1b\\"),
        (LINK, RED, "\x1b]8;;\x1b\\"),
        (LINK, PLAIN, "\x1b]8;;\x1b\\\x1b[m"),
    ],
)
def test_the_change_from_one_look_to_another_is_short(old: Look, new: Look, sent: str) -> None:
    assert change_of_look(old, new) == sent
