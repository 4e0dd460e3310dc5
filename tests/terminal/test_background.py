"""What a terminal answers to which colour its background is."""

from __future__ import annotations

import pytest

from tui.terminal.background import is_light, is_worth_asking


@pytest.mark.parametrize(
    ("reply", "light"),
    [
        ("\x1b]11;rgb:1111/1111/1111\x1b\\", False),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07", True),
        ("\x1b]11;rgb:f/f/e", True),
        ("\x1b]11;rgba:0000/2b2b/3636/ffff", False),
        ("\x1b]10;rgb:ffff/ffff/ffff", None),
        ("\x1b[?62;22c", None),
    ],
)
def test_it_is_dark_or_light_by_how_bright_it_is(reply: str, light: bool | None) -> None:
    assert is_light(reply) is light


def test_what_is_known_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORFGBG", raising=False)
    assert is_worth_asking("auto")
    assert not is_worth_asking("light")
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert not is_worth_asking("auto")
    monkeypatch.delenv("COLORFGBG")
    monkeypatch.setenv("TERM", "linux")
    assert not is_worth_asking("auto")
